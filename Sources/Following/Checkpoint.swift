package import Bytes

/// Where reading stands in every file under one followed name: enough to go on after the program
/// has ended in any way, without losing a line or reading one twice.
package struct PathCheckpoint: Hashable, Sendable, Codable {
  /// The followed path, absolute.
  package var path: String
  /// Files under this name that were last written to before this were there before following began
  /// and are not read. Nanoseconds since 1970.
  package var pastModified: Int64
  /// What was read, the file that had the name last at the end.
  package var files: [FileCheckpoint]

  package init(path: String, pastModified: Int64, files: [FileCheckpoint]) {
    self.path = path
    self.pastModified = pastModified
    self.files = files
  }
}

/// Where reading stands in one file.
package struct FileCheckpoint: Hashable, Sendable, Codable {
  /// How the bytes of the file are to be taken, as its first bytes said.
  package enum Encoding: String, Hashable, Sendable, Codable {
    case bytes, utf16LittleEndian, utf16BigEndian
  }

  /// Its device and inode when it was read last; nil once another file has them.
  package var identity: FileIdentity?
  /// The text up to which it was read.
  package var trail: TextTrail
  /// Where reading has to go on so that no line is lost: the start of the begun line, in bytes of
  /// the unpacked text.
  package var resumeOffset: Int64
  /// Number of the last line handed on.
  package var lineNumber: Int
  package var encoding: Encoding
  /// The line at `resumeOffset` is the rest of one that was too long.
  package var isSkipping: Bool
  /// Last modification when it was read last, in nanoseconds since 1970.
  package var modified: Int64
  /// Bytes on disk when it was read last.
  package var size: Int64
  /// It was truncated, so that a copy of it may be shorter than what was read.
  package var wasTruncated: Bool
  /// It was open, so that late lines may still come to it.
  package var isOpen: Bool

  package init(
    identity: FileIdentity?, trail: TextTrail, resumeOffset: Int64, lineNumber: Int,
    encoding: Encoding, isSkipping: Bool, modified: Int64, size: Int64, wasTruncated: Bool,
    isOpen: Bool = false
  ) {
    self.identity = identity
    self.trail = trail
    self.resumeOffset = resumeOffset
    self.lineNumber = lineNumber
    self.encoding = encoding
    self.isSkipping = isSkipping
    self.modified = modified
    self.size = size
    self.wasTruncated = wasTruncated
    self.isOpen = isOpen
  }
}

extension FileCheckpoint {
  /// An empty file is as good as unknown; a packed one can be empty and not small, and of a copy
  /// that is passed over it is known how much.
  var isWorthKeeping: Bool { trail.offset > 0 || size > 0 || resumeOffset > 0 }
}
