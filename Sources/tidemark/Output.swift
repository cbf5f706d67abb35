import Bytes
import Reports
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output and standard error. Data goes to the first, diagnostics to the second, and a
/// reader that has gone away (`| head`) ends the program quietly.
enum Output {
  /// Writes data; returns only when all of it is out.
  static func write(_ text: String) {
    guard !send(text, to: STDOUT_FILENO) else { return }
    let error = Errno.current
    beforeExit.withLock { $0?() }
    // Nobody reads any more: that is how a pipe says "enough".
    guard error.code != EPIPE else { exit(ExitStatus.success.rawValue) }
    warn("standard output: \(error); nothing more can be reported")
    exit(ExitStatus.mistake.rawValue)
  }

  /// What has to be put away when the program ends because its output is gone.
  static let beforeExit = Mutex<(@Sendable () -> Void)?>(nil)

  /// Writes a diagnostic line; a standard error that is gone is no reason to stop.
  static func warn(_ text: String) {
    let lines = LogText.lines(Array(text.utf8)).joined(separator: "\n")
    _ = send("tidemark: \(lines)\n", to: STDERR_FILENO)
  }

  private static func send(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      // SAFETY: the buffer is valid for the length of the call and its count is the slice's.
      let written = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        return false
      }
      bytes = bytes.dropFirst(written)
    }
    return true
  }

  /// Whether colour is wanted: on a terminal, and not switched off.
  static func usesColor(_ mode: ColorMode) -> Bool {
    switch mode {
    case .always: true
    case .never: false
    case .auto:
      // SAFETY: getenv returns nil or a string that lives until the environment changes, which
      // nothing here does.
      unsafe getenv("NO_COLOR") == nil && isatty(STDOUT_FILENO) == 1
    }
  }
}
