import Glibc

/// The folder that relative paths start from.
package enum WorkingFolder {
  /// Its path as getcwd(3) says it; `.` where it does not.
  package static var path: String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let capacity = path.count
    // SAFETY: the buffer is `capacity` bytes long, and getcwd ends what it writes with a NUL.
    guard unsafe getcwd(&path, capacity) != nil else { return "." }
    return String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
