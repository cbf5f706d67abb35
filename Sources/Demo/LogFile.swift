#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is being written, some tens of kilobytes at a time. Close it with `close()`: only
/// then is everything in it and every error known.
final class LogFile {
  private let path: String
  private var descriptor: Int32
  private var waiting: [UInt8] = []

  /// Makes the file, or empties it.
  init(path: String) throws(DemoWriteError) {
    self.path = path
    // SAFETY: the path is a Swift string that lives through the call.
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw DemoWriteError(operation: "open", path: path, errno: errno) }
    waiting.reserveCapacity(Limits.writeBufferBytes)
  }

  deinit {
    if descriptor >= 0 { _ = closeDescriptor(descriptor) }
  }

  func append(_ bytes: [UInt8]) throws(DemoWriteError) {
    if waiting.count + bytes.count > Limits.writeBufferBytes { try flush() }
    waiting.append(contentsOf: bytes)
  }

  func close() throws(DemoWriteError) {
    try flush()
    let result = closeDescriptor(descriptor)
    descriptor = -1
    if result != 0 { throw DemoWriteError(operation: "close", path: path, errno: errno) }
  }

  /// Writes what waits, so that a reader sees it.
  func flush() throws(DemoWriteError) {
    var done = 0
    while done < waiting.count {
      // SAFETY: the slice's bytes stay in place for the call, and its count is its own.
      let count = unsafe waiting[done...].withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        throw DemoWriteError(operation: "write", path: path, errno: errno)
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 {
  close(descriptor)
}

/// Makes the folder and those above it.
func makeFolder(_ path: String) throws(DemoWriteError) {
  var prefix = path.hasPrefix("/") ? "/" : ""
  for part in path.split(separator: "/") {
    prefix += part
    // SAFETY: the path is a Swift string that lives through the call.
    let result = unsafe mkdir(prefix, 0o755)
    if result != 0, errno != EEXIST {
      // A folder above that is there but closed to us answers EACCES or EROFS; the next part tells.
      let isAbove = prefix.utf8.count < path.utf8.count
      if !isAbove || (errno != EACCES && errno != EROFS && errno != EPERM) {
        throw DemoWriteError(operation: "make the folder", path: prefix, errno: errno)
      }
    }
    prefix += "/"
  }
}
