package import Alerts
import CSending
import Glibc

/// What carries out the effects of sinks: the only place where a message leaves the process.
package struct SinkHands: Sendable {
  /// Writes to standard output.
  let write: @Sendable (String) -> Void
  /// Where GitHub wants the step's summary.
  let stepSummary: String?
  let tryMilliseconds: Int

  package init(
    write: @escaping @Sendable (String) -> Void, stepSummary: String?,
    tryMilliseconds: Int = Limits.tryMilliseconds
  ) {
    self.write = write
    self.stepSummary = stepSummary
    self.tryMilliseconds = tryMilliseconds
  }

  /// Does it, and waits for what comes of it. `now` is the clock's, in nanoseconds since 1970.
  package func perform(_ effect: SinkEffect, now: Int64) -> TryResult {
    switch effect {
    case .post(let requests):
      // Every peer is tried; one that failed is a reason to try all again, which does no harm.
      let results = requests.map { post($0, now: now) }
      return results.first { $0 != .delivered } ?? .delivered
    case .run(let program): return Self.run(program)
    case .append(let path, let line): return Self.append(line, to: path)
    case .annotate(let line, let summary):
      write(line + "\n")
      guard let stepSummary else { return .delivered }
      return Self.append(summary, to: stepSummary, limit: Limits.stepSummaryBytes)
    }
  }

  private func post(_ request: SinkRequest, now: Int64) -> TryResult {
    var answer = tidemark_answer()
    let headers = request.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    // A line end within would begin another header.
    guard headers.allSatisfy({ !$0.utf8.contains { $0 < 0x20 } }) else {
      return .refused(reason: "a secret holds a line end or a control character")
    }
    let length = request.body.utf8.count
    // SAFETY: the strings live for the call, which keeps none of them.
    let code = unsafe Self.withCStrings(headers) { headers in
      unsafe tidemark_post(
        request.address, headers.baseAddress, headers.count - 1, request.body, length,
        Limits.connectMilliseconds, tryMilliseconds, Limits.answerBytes, &answer)
    }
    switch code {
    case 0:
      return TryResult(
        status: answer.status, retryAfter: Self.nonEmpty(Self.text(of: answer.retry_after)),
        body: Self.text(of: answer.body), now: now)
    case 1: return .failed(reason: Self.text(of: answer.failure), retryAfter: nil)
    default:
      return .failed(
        reason: "this machine has no libcurl; install the package libcurl4", retryAfter: nil)
    }
  }

  private static func run(_ program: SinkProgram) -> TryResult {
    var ending = tidemark_ending()
    // SAFETY: both lists end with a null, and the strings live for the call.
    let code = unsafe withCStrings([program.path] + program.arguments) { arguments in
      unsafe withCStrings(program.environment) { environment in
        unsafe tidemark_run(
          program.path, arguments.baseAddress, environment.baseAddress, program.input,
          program.input.utf8.count, Limits.execMilliseconds, Limits.execGraceMilliseconds, &ending)
      }
    }
    guard code == 0 else {
      // SAFETY: strerror returns a string that lives at least until the next call of this thread.
      let reason = "cannot be started: \(unsafe String(cString: strerror(code)))"
      // Somebody writes it just now, or the machine is out of room: trying again can help.
      return [ETXTBSY, EAGAIN, ENOMEM, EMFILE, ENFILE].contains(code)
        ? .failed(reason: reason, retryAfter: nil) : .refused(reason: reason)
    }
    if ending.was_slow != 0 {
      return .failed(
        reason: "did not end within \(Limits.execMilliseconds / 1_000) s and was ended",
        retryAfter: nil)
    }
    return TryResult(exitStatus: ending.status, output: text(of: ending.output))
  }

  /// One write at the end of a file, so that several writers do not mix their lines.
  private static func append(_ line: String, to path: String, limit: Int = .max) -> TryResult {
    // SAFETY: the path lives for the call.
    let number = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
    guard number >= 0 else { return failure(errno) }
    defer { close(number) }
    let bytes = Array(line.utf8)
    guard limit == .max || lseek(number, 0, SEEK_END) + bytes.count <= limit else {
      return .refused(reason: "the step summary is full")
    }
    // SAFETY: the buffer lives for the call and its count is the array's.
    let written = unsafe bytes.withUnsafeBytes {
      unsafe Glibc.write(number, $0.baseAddress, $0.count)
    }
    guard written == bytes.count else { return failure(written < 0 ? errno : ENOSPC) }
    guard fsync(number) == 0 || errno == EINVAL else { return failure(errno) }
    return .delivered
  }

  private static func failure(_ code: Int32) -> TryResult {
    // SAFETY: strerror returns a string that lives at least until the next call of this thread.
    .failed(reason: unsafe String(cString: strerror(code)), retryAfter: nil)
  }

  private static func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }

  /// A C array of characters up to its zero.
  private static func text<Characters>(of characters: Characters) -> String {
    // SAFETY: the value is a C array of bytes without padding, and lives for the call.
    unsafe withUnsafeBytes(of: characters) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// The strings as C wants them, with a null behind the last.
  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    // SAFETY: each copy is freed below, when nobody uses it any more.
    let copies = unsafe strings.map { unsafe strdup($0) }
    defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
    let list = unsafe copies.map { unsafe UnsafePointer($0) } + [nil]
    return unsafe list.withUnsafeBufferPointer { unsafe body($0) }
  }
}
