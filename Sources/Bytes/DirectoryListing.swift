import Glibc

/// The names in one folder.
package struct DirectoryListing: Sendable {
  /// Names without the folder, without `.` and `..`, in byte order.
  package private(set) var names: [String] = []
  /// Names that are not UTF-8 and cannot be spoken of; they are left out.
  package private(set) var unspeakableNames = 0

  /// The names of a folder that a test makes up.
  package init(names: [String]) {
    self.names = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Reads the folder at `path`. Throws what opendir(3) says.
  package init(path: String) throws(Errno) {
    guard !path.utf8.contains(0) else { throw .invalidArgument }
    // SAFETY: the string's bytes end with a NUL and live for the call.
    guard let stream = unsafe opendir(path) else { throw .current }
    // SAFETY: the stream is open and closed exactly once.
    defer { _ = unsafe closedir(stream) }
    // SAFETY: an entry stays valid until the next readdir of the same stream.
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name else {
        unspeakableNames += 1
        continue
      }
      if name != ".", name != ".." { names.append(name) }
    }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
