import Bytes

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
    guard send(text, to: STDOUT_FILENO) else {
      // Nobody reads any more: that is how a pipe says "enough".
      exit(errno == EPIPE ? ExitStatus.healthy.rawValue : ExitStatus.mistake.rawValue)
    }
  }

  /// Writes a diagnostic line; a standard error that is gone is no reason to stop.
  static func warn(_ text: String) {
    _ = send("tidemark: \(text)\n", to: STDERR_FILENO)
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
