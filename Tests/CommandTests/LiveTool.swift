import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The built program while it runs: what it prints can be waited for, it can be fed and signalled.
///
/// Every wait has a deadline, so that a program that hangs fails its test instead of holding it.
/// The memory it may allocate is bounded by `ulimit -d`, which counts what malloc and mmap give.
final class LiveTool: @unchecked Sendable {
  /// How long to wait for anything; far above what a busy machine needs.
  static let deadlineSeconds = 120.0
  /// What no input may make the program allocate beyond.
  static let memoryKiB = 200 * 1024
  /// Statuses by which the shell tells of a trap, an abort, a bad access or a killed program.
  static let crashes: Set<Int32> = [132, 133, 134, 135, 136, 137, 139]

  private let process = Process()
  private let condition = NSCondition()
  private let input: FileHandle?
  private let outputHandle: FileHandle
  private var isPaused = false
  private var output = Stream()
  private var errors = Stream()
  private var status: Int32?
  private var toWrite: [Data?] = []

  /// What came of one of the program's streams.
  private struct Stream {
    private(set) var bytes = Data()
    /// Only whole lines: a begun one may still change.
    private(set) var lines: [String] = []
    var isOpen = true
    private var begun = Data()
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(_ data: Data) {
      bytes.append(data)
      var rest = data[...]
      while let end = rest.firstIndex(of: 0x0A) {
        begun.append(rest[..<end])
        lines.append(String(decoding: begun, as: UTF8.self))
        begun.removeAll(keepingCapacity: true)
        rest = rest[(end + 1)...]
      }
      begun.append(rest)
    }
  }

  /// - Parameters:
  ///   - isFed: whether standard input is a pipe that `send` writes to; else it is /dev/null.
  ///   - openFiles: how many descriptors it may have; nil leaves the limit as it is.
  ///   - launcher: a command that becomes the program in the end, such as `setpriv …`.
  ///   - redirection: what the shell adds behind the command, such as `>/dev/full`.
  init(
    _ arguments: [String], isFed: Bool = false, directory: String? = nil,
    memoryKiB: Int = LiveTool.memoryKiB, openFiles: Int? = nil, launcher: String = "",
    redirection: String = ""
  ) throws {
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let files = openFiles.map { "ulimit -n \($0); " } ?? ""
    let script =
      "ulimit -c 0; ulimit -d \(memoryKiB); \(files)"
      + "exec \(launcher) \"$0\" \"$@\" \(redirection)"
    process.arguments = ["-c", script, Tool.path] + arguments
    if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TZ": "UTC", "SWIFT_BACKTRACE": "enable=no", "TIDEMARK_STATE": Tool.noState]
    ) { $1 }
    let (outputPipe, errorPipe, inputPipe) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = outputPipe
    process.standardError = errorPipe
    outputHandle = outputPipe.fileHandleForReading
    input = isFed ? inputPipe.fileHandleForWriting : nil
    process.standardInput = isFed ? inputPipe : FileHandle.nullDevice
    process.terminationHandler = { [self] process in
      condition.withLock {
        status =
          process.terminationReason == .exit
          ? process.terminationStatus : -process.terminationStatus
        condition.broadcast()
      }
    }
    try Self.withStopSignals { try process.run() }
    collect(outputHandle, \.output, isPausable: true)
    collect(errorPipe.fileHandleForReading, \.errors)
    if isFed { startWriting() }
  }

  private func collect(
    _ handle: FileHandle, _ stream: any ReferenceWritableKeyPath<LiveTool, Stream> & Sendable,
    isPausable: Bool = false
  ) {
    Thread.detachNewThread { [self] in
      var isOpen = true
      while isOpen {
        condition.withLock {
          while isPausable, isPaused { condition.wait() }
        }
        let data = handle.availableData
        isOpen = !data.isEmpty
        condition.withLock {
          self[keyPath: stream].append(data)
          self[keyPath: stream].isOpen = isOpen
          condition.broadcast()
        }
      }
    }
  }

  /// A thread of its own writes, because a pipe that nobody reads makes its writer wait.
  private func startWriting() {
    Thread.detachNewThread { [self] in
      Self.blockBrokenPipeSignal()
      while let data = condition.withLock({ () -> Data? in
        while toWrite.isEmpty { condition.wait() }
        return toWrite.removeFirst()
      }) {
        try? input?.write(contentsOf: data)
      }
      try? input?.close()
    }
  }

  /// For this thread alone: a program that has ended must not end its test, and a program that is
  /// started later must find the signal as it was.
  private static func blockBrokenPipeSignal() {
    var signals = sigset_t()
    // SAFETY: the calls fill or read the set, which lives for the call; the old mask is not asked.
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// The threads that run tests block signals, and a program inherits what its starter blocks; a
  /// shell blocks none.
  private static func withStopSignals(_ body: () throws -> Void) rethrows {
    var signals = sigset_t()
    var before = sigset_t()
    // SAFETY: the calls fill or read the sets, which live for the calls.
    unsafe sigemptyset(&signals)
    unsafe pthread_sigmask(SIG_SETMASK, &signals, &before)
    defer {
      // SAFETY: as above.
      unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    try body()
  }

  // MARK: Feeding and ending

  func send(_ text: String) {
    condition.withLock {
      toWrite.append(Data(text.utf8))
      condition.broadcast()
    }
  }

  func endInput() {
    condition.withLock {
      toWrite.append(nil)
      condition.broadcast()
    }
  }

  func signal(_ number: Int32) {
    guard isRunning else { return }
    kill(process.processIdentifier, number)
  }

  /// Leaves standard output unread from now on, so that the program has to wait once the pipe is
  /// full; or reads on.
  func pauseReading(_ isPaused: Bool) {
    condition.withLock {
      self.isPaused = isPaused
      condition.broadcast()
    }
  }

  /// Bytes that wait in the pipe of standard output.
  var unreadBytes: Int {
    var count: Int32 = 0
    // SAFETY: the call writes one integer, which lives for the call.
    let status = unsafe ioctl(outputHandle.fileDescriptor, UInt(FIONREAD), &count)
    return status == 0 ? Int(count) : 0
  }

  var processIdentifier: Int32 { process.processIdentifier }

  /// Ends the program if it still runs; for `defer`.
  func discard() {
    endInput()
    pauseReading(false)
    signal(SIGKILL)
  }

  // MARK: Waiting

  var isRunning: Bool { condition.withLock { status == nil } }

  /// Waits for a whole line of standard output; nil when the program ends without one, or when the
  /// deadline passes.
  func line(
    within seconds: Double = LiveTool.deadlineSeconds, where isWanted: (String) -> Bool
  ) -> String? {
    found(within: seconds, in: { $0.output }, isWanted)
  }

  /// The same for standard error.
  func diagnostic(
    within seconds: Double = LiveTool.deadlineSeconds, where isWanted: (String) -> Bool
  ) -> String? {
    found(within: seconds, in: { $0.errors }, isWanted)
  }

  /// Waits for so many lines of standard output, whatever they are.
  func hasLines(_ count: Int, within seconds: Double = LiveTool.deadlineSeconds) -> Bool {
    let deadline = Date(timeIntervalSinceNow: seconds)
    return condition.withLock {
      while output.lines.count < count {
        guard output.isOpen, condition.wait(until: deadline) else { break }
      }
      return output.lines.count >= count
    }
  }

  private func found(
    within seconds: Double, in stream: (LiveTool) -> Stream, _ isWanted: (String) -> Bool
  ) -> String? {
    let deadline = Date(timeIntervalSinceNow: seconds)
    return condition.withLock {
      var seen = 0
      while true {
        let lines = stream(self).lines
        if let line = lines[seen...].first(where: isWanted) { return line }
        seen = lines.count
        guard stream(self).isOpen, condition.wait(until: deadline) else { return nil }
      }
    }
  }

  /// Waits for the end; a program that does not end is killed and has the status -9.
  func finish(within seconds: Double = LiveTool.deadlineSeconds) -> Tool.Run {
    let deadline = Date(timeIntervalSinceNow: seconds)
    let isDone = condition.withLock { () -> Bool in
      while status == nil || output.isOpen || errors.isOpen {
        guard condition.wait(until: deadline) else { return status != nil }
      }
      return true
    }
    if !isDone { signal(SIGKILL) }
    return condition.withLock {
      Tool.Run(
        status: isDone ? status ?? -SIGKILL : -SIGKILL, output: output.text, errors: errors.text)
    }
  }

  /// One run from beginning to end under the limit of memory.
  static func run(
    _ arguments: [String], input: String? = nil, directory: String? = nil,
    memoryKiB: Int = LiveTool.memoryKiB, redirection: String = ""
  ) throws -> Tool.Run {
    let tool = try LiveTool(
      arguments, isFed: input != nil, directory: directory, memoryKiB: memoryKiB,
      redirection: redirection)
    defer { tool.discard() }
    if let input { tool.send(input) }
    tool.endInput()
    return tool.finish()
  }
}

extension Tool.Run {
  /// Whether the program ended by itself, with a status that it chose.
  var isCalm: Bool { status >= 0 && !LiveTool.crashes.contains(status) }

  /// `skipped` of the verdict.
  var skipped: [String: Int] { verdict["skipped"] as? [String: Int] ?? [:] }
  /// `lines` of the verdict.
  var lines: [String: Int] { verdict["lines"] as? [String: Int] ?? [:] }
  /// All physical lines of the verdict, wherever they lie.
  var allLines: Int { lines.values.reduce(0, +) }
  /// The last row of `tidemark count`.
  var countedLines: Int? {
    output.split(separator: "\n").last.flatMap { row in
      row.hasPrefix("lines\t") ? Int(row.dropFirst(6)) : nil
    }
  }
}
