package import Bytes

/// Why a file could not be read, or not to its end.
package enum ReadError: Error, Hashable, Sendable {
  /// A system call failed.
  case unreadable(file: String, Errno)
  /// The file is packed in a way that cannot be unpacked here.
  case unsupportedCompression(file: String, Compression)
  /// The file went, or was replaced, between being found and being read.
  case vanished(file: String)
}

extension ReadError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let file, let error):
      "\(file): cannot be read: \(error); "
        + (error.isTransient ? "trying again may help" : "trying again does not help by itself")
    case .unsupportedCompression(let file, let compression):
      "\(file): unsupported compression: \(compression.rawValue); expected plain text or gzip: "
        + "unpack it first"
    case .vanished(let file):
      "\(file): gone or replaced since it was found; run again to see the files as they are now"
    }
  }
}
