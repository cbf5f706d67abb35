package import Bytes

/// Something that was asked for and cannot be read.
package struct InputProblem: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Nothing has this name.
    case missing
    /// No file matches the glob.
    case noMatch
    /// A system call failed.
    case unreadable(Errno)
    /// Packed in a way that cannot be unpacked here.
    case unsupportedCompression(Compression)
    /// A socket or a block device.
    case notReadable
    /// The folder holds names that are not UTF-8; so many were left out.
    case unspeakableNames(Int)
    /// More files than `Limits.foundFiles`; the rest was left out.
    case tooManyFiles
  }

  /// The argument, file or folder.
  package let path: String
  package let kind: Kind

  package init(path: String, kind: Kind) {
    self.path = path
    self.kind = kind
  }

  /// Whether the file may come by itself, so that following waits for it.
  package var isMissing: Bool { kind == .missing || kind == .noMatch }

  /// Adds this to the counts.
  package func count(in counts: inout SkipCounts) {
    switch kind {
    case .unsupportedCompression: counts.unsupportedCompression += 1
    case .unspeakableNames(let names): counts.unreadableFiles += names
    case .missing, .noMatch, .unreadable, .notReadable, .tooManyFiles:
      counts.unreadableFiles += 1
    }
  }
}

extension InputProblem: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .missing:
      "\(path): no such file; expected a file, a folder, a quoted glob or -; trying again helps "
        + "once it exists"
    case .noMatch:
      "\(path): no file matches; trying again helps once one exists"
    case .unreadable(let error):
      ReadError.unreadable(file: path, error).description
    case .unsupportedCompression(let compression):
      ReadError.unsupportedCompression(file: path, compression).description
    case .notReadable:
      "\(path): a socket or a block device; expected a file, a folder, a FIFO or -; trying again "
        + "does not help"
    case .unspeakableNames(let names):
      "\(path): \(names) names in this folder are not UTF-8 and were left out; rename them"
    case .tooManyFiles:
      "\(path): more than \(Limits.foundFiles) files; the rest was left out; name fewer"
    }
  }
}
