import Bytes

/// Paths taken apart, as they are written: nothing is resolved.
extension String {
  /// The folder of a path, without a slash at its end; `.` if the path has none.
  var folderPath: String {
    guard let slash = utf8.lastIndex(of: 0x2F) else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }

  /// The last part of a path.
  var lastPathPart: String {
    guard let slash = utf8.lastIndex(of: 0x2F) else { return self }
    return String(self[utf8.index(after: slash)...])
  }

  /// The path of another name in the same folder, written as this path is.
  func withLastPathPart(_ name: String) -> String {
    guard let slash = utf8.lastIndex(of: 0x2F) else { return name }
    return String(self[...slash]) + name
  }

  /// The path from the root, whatever folder the program runs in.
  var absolutePath: String {
    if utf8.first == 0x2F { return self }
    var path = self
    while path.utf8.starts(with: "./".utf8) { path.removeFirst(2) }
    return WorkingFolder.path + "/" + path
  }
}
