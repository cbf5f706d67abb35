import Glibc

/// What a system call said when it failed: one `errno` value, with its sentence.
///
/// Source: errno(3).
package struct Errno: Error, Hashable, Sendable {
  /// The number of errno(3), such as `ENOENT`.
  package let code: Int32

  package init(code: Int32) {
    self.code = code
  }

  /// The calling thread's last error. Read it at once after the failed call.
  package static var current: Errno { Errno(code: errno) }

  package static let notFound = Errno(code: ENOENT)
  package static let notPermitted = Errno(code: EACCES)
  package static let interrupted = Errno(code: EINTR)
  package static let wouldBlock = Errno(code: EAGAIN)
  package static let invalidArgument = Errno(code: EINVAL)
  package static let isDirectory = Errno(code: EISDIR)
  package static let notDirectory = Errno(code: ENOTDIR)
  package static let tooManyOpenFiles = Errno(code: EMFILE)

  /// Whether the same call may succeed later with nothing repaired by hand.
  package var isTransient: Bool {
    switch code {
    case EINTR, EAGAIN, EBUSY, EMFILE, ENFILE, ENOMEM, ENOSPC, ETIMEDOUT, ESTALE, ETXTBSY: true
    default: false
    }
  }
}

extension Errno: CustomStringConvertible {
  /// The system's own sentence and the number: `No such file or directory (errno 2)`.
  package var description: String {
    var text = [CChar](repeating: 0, count: 128)
    let capacity = text.count
    // SAFETY: the buffer is `capacity` bytes long and strerror_r ends its text with a NUL.
    let status = unsafe strerror_r(code, &text, capacity)
    guard status == 0 else { return "errno \(code)" }
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self) + " (errno \(code))"
  }
}
