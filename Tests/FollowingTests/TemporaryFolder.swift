import Glibc

/// A folder of one test, gone when the test is.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/tidemark-test-XXXXXX".utf8CString)
    // SAFETY: the template is a NUL-terminated buffer that mkdtemp writes its name into.
    guard unsafe mkdtemp(&template) != nil else { fatalError("no temporary folder") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// The path of `name` in this folder.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Writes a whole file; replaces what it held but keeps the file.
  func write(_ name: String, _ text: String) { write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) {
    put(name, bytes, O_WRONLY | O_CREAT | O_TRUNC)
  }

  func append(_ name: String, _ text: String) { append(name, Array(text.utf8)) }

  func append(_ name: String, _ bytes: [UInt8]) {
    put(name, bytes, O_WRONLY | O_CREAT | O_APPEND)
  }

  func folder(_ name: String) {
    // SAFETY: the path's bytes live for the call.
    let status = unsafe mkdir(self(name), 0o755)
    precondition(status == 0, "mkdir \(name)")
  }

  func move(_ from: String, _ to: String) {
    // SAFETY: the path's bytes live for the call.
    let status = unsafe rename(self(from), self(to))
    precondition(status == 0, "rename \(from) to \(to)")
  }

  func delete(_ name: String) {
    // SAFETY: the path's bytes live for the call.
    let status = unsafe unlink(self(name))
    precondition(status == 0, "unlink \(name)")
  }

  func link(_ name: String, to target: String) {
    // SAFETY: the path's bytes live for the call.
    let status = unsafe symlink(target, self(name))
    precondition(status == 0, "symlink \(name)")
  }

  func fifo(_ name: String) {
    // SAFETY: the path's bytes live for the call.
    let status = unsafe mkfifo(self(name), 0o600)
    precondition(status == 0, "mkfifo \(name)")
  }

  private func put(_ name: String, _ bytes: [UInt8], _ flags: Int32) {
    let writer = Writer(self(name), flags)
    writer.write(bytes)
  }

  private static func remove(_ path: String) {
    // SAFETY: opendir, readdir and closedir are used as readdir(3) says.
    if let stream = unsafe opendir(path) {
      while let entry = unsafe readdir(stream) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
          unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
        }
        if name == "." || name == ".." { continue }
        let child = path + "/" + name
        // SAFETY: the path's bytes live for the call.
        if unsafe unlink(child) != 0 { remove(child) }
      }
      _ = unsafe closedir(stream)
    }
    // SAFETY: the path's bytes live for the call.
    _ = unsafe rmdir(path)
  }
}

/// An open file of a program that writes logs; it keeps writing to it after a rename.
final class Writer {
  private let number: Int32

  init(_ path: String, _ flags: Int32 = O_WRONLY | O_CREAT | O_APPEND) {
    // SAFETY: the path's bytes live for the call.
    number = unsafe open(path, flags | O_CLOEXEC, 0o644)
    precondition(number >= 0, "open \(path): errno \(errno)")
  }

  deinit { _ = close(number) }

  func write(_ text: String) { write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      // SAFETY: the buffer lives for the call, and its own length is given.
      let count = unsafe bytes[start...].withUnsafeBytes {
        unsafe Glibc.write(number, $0.baseAddress, $0.count)
      }
      precondition(count > 0, "write: errno \(errno)")
      start += count
    }
  }
}
