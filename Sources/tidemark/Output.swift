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
  static func write(_ text: String) { write(bytes: Array(text.utf8)) }

  /// Writes data as it is; returns only when all of it is out.
  static func write(bytes: [UInt8]) {
    guard !send(bytes[...], to: STDOUT_FILENO) else { return }
    let error = Errno.current
    beforeExit.withLock { $0?() }
    // Nobody reads any more: that is how a pipe says "enough".
    guard error.code != EPIPE else { exit(ExitStatus.success.rawValue) }
    warn("standard output: \(error); nothing more can be reported")
    exit(ExitStatus.mistake.rawValue)
  }

  /// Whether whoever read standard output has gone away: a pipe tells before anything is written.
  static var isGone: Bool {
    var request = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    // SAFETY: one request, which lives for the call.
    guard unsafe poll(&request, 1, 0) > 0 else { return false }
    return Int32(request.revents) & (POLLERR | POLLHUP) != 0
  }

  /// What has to be put away when the program ends because its output is gone.
  static let beforeExit = Mutex<(@Sendable () -> Void)?>(nil)

  /// Writes a diagnostic line; a standard error that is gone is no reason to stop.
  static func warn(_ text: String) {
    let lines = LogText.lines(Array(text.utf8)).joined(separator: "\n")
    _ = send(Array("tidemark: \(lines)\n".utf8)[...], to: STDERR_FILENO)
  }

  private static func send(_ data: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
    var bytes = data
    while !bytes.isEmpty {
      // SAFETY: the buffer is valid for the length of the call and its count is the slice's.
      let written = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written < 0 {
        if errno == EINTR { continue }
        guard errno == EAGAIN else { return false }
        waitForRoom(descriptor)
        continue
      }
      bytes = bytes.dropFirst(written)
    }
    return true
  }

  /// A pipe that its other end made non-blocking may be full.
  private static func waitForRoom(_ descriptor: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    // SAFETY: one request, which lives for the call.
    _ = unsafe poll(&request, 1, -1)
  }

  /// Whether a person looks at standard output.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether colour is wanted: on a terminal, and not switched off.
  static func usesColor(_ mode: ColorMode) -> Bool {
    switch mode {
    case .always: true
    case .never: false
    case .auto:
      // SAFETY: getenv returns nil or a string that lives until the environment changes, which
      // nothing here does.
      unsafe getenv("NO_COLOR") == nil && isTerminal
    }
  }
}
