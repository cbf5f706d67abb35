/// The record that a stream's next line may still belong to.
struct PendingRecord: Sendable {
  var record = Record()
  var text: [UInt8] = []
  var isOpen = false
  /// PostgreSQL's process.
  var pid: Int?
  var severityIsOfLayer = false
  var block: Block = .none
  /// Empty lines behind the last line; they count only if the record goes on.
  var blankLines = 0
  /// Lines at the left margin in a row behind an exception's line, or in a Node block's head.
  var marginLines = 0
  /// Lines of the other stream since this one's last.
  var linesAside = 0
  /// Whether a line of the record is a frame of a stack.
  var hasFrames = false
  private var lines = 0
  private var matchIsFrozen = false

  /// What kind of block the record is in the middle of.
  enum Block: Sendable {
    case none
    /// Between `Traceback` and the exception's own line.
    case frames
    /// Behind the exception's own line.
    case exceptionText
    /// Behind “During handling of the above exception …”: another traceback follows.
    case chain
    /// Behind `/app/x.js:12`: the source line and the caret follow.
    case nodeSource
    case node
    case nodeEnd
    case goPanic
    case phpTrace
    /// Behind ` invoked oom-killer: `, up to the line that names the victim.
    case outOfMemory
    /// Behind `=ERROR REPORT====`, up to an empty line.
    case erlangReport
    /// Behind `# Time:` and `# User@Host:`, up to the next of them.
    case slowQueryHead
    case slowQuery
  }

  /// How many lines the record has so far, empty ones at its end left out.
  var lineCount: Int { record.lineCount }

  mutating func open(
    _ text: Span<UInt8>, _ parsed: ParsedLine, _ head: borrowing Record, _ place: LinePlace
  ) {
    record = copy head
    pid = parsed.pid
    severityIsOfLayer = parsed.severityIsOfLayer
    record.lineCount = place.lines
    record.firstLineNumber = place.number
    record.offset = place.offset
    record.file = place.file
    blankLines = 0
    marginLines = 0
    linesAside = 0
    hasFrames = false
    lines = 1
    matchIsFrozen = record.matchEnd < text.count
    block = .none
    isOpen = true
    self.text.removeAll(keepingCapacity: true)
    append(text)
    record.matchEnd = min(record.matchEnd, self.text.count)
    openBlock(text, parsed)
  }

  /// Adds a line that belongs to the record; `isAttachment` if no rule may look at it.
  mutating func join(_ text: Span<UInt8>, lines count: Int, isAttachment: Bool = false) {
    if isAttachment { matchIsFrozen = true }
    if record.shape == .single { record.shape = .joined }
    record.lineCount += count + blankLines
    linesAside = 0
    for _ in 0..<blankLines where lines < Limits.recordLines {
      lines += 1
      appendBreak()
    }
    blankLines = 0
    guard lines < Limits.recordLines, self.text.count < Limits.recordTextBytes else { return }
    lines += 1
    appendBreak()
    append(text)
    if !matchIsFrozen { record.matchEnd = self.text.count }
  }

  private mutating func appendBreak() {
    guard text.count < Limits.recordTextBytes else { return }
    text.append(0x0A)
  }

  private mutating func append(_ bytes: Span<UInt8>) {
    let room = Limits.recordTextBytes - text.count
    let part = bytes.extracting(0..<min(bytes.count, max(room, 0)))
    // SAFETY: the bytes are copied before the call ends.
    unsafe part.withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
  }

  /// Hands the record out; returns how many of its lines have no time.
  mutating func close(_ emit: (Span<UInt8>, borrowing Record) -> Void) -> Int {
    guard isOpen else { return 0 }
    isOpen = false
    settle()
    record.blankLinesBehind = blankLines
    emit(text.span, record)
    return record.time == nil ? record.physicalLines : 0
  }

  /// Notes a line of the same program's other stream; lets the record go when many have passed.
  mutating func passBy(_ emit: (Span<UInt8>, borrowing Record) -> Void) -> Int {
    linesAside += 1
    return linesAside > Limits.linesOfOtherStream ? close(emit) : 0
  }

  /// Notes a line of another program or process. Their number is open, so only a record that is likely
  /// to go on waits, and neither for many lines nor for long.
  mutating func passByProcess(
    at now: Timestamp?, _ emit: (Span<UInt8>, borrowing Record) -> Void
  ) -> Int {
    linesAside += 1
    if mayGoOn, linesAside <= Limits.linesOfOtherProcesses {
      guard let now, let time = record.time else { return 0 }
      if now.nanoseconds(since: time) <= Limits.waitForProcessNanoseconds { return 0 }
    }
    return close(emit)
  }

  /// Whether lines of it are likely to follow behind those of another process.
  var mayGoOn: Bool {
    if block != .none || record.shape != .single { return true }
    switch record.format {
    case .javaUtilLogging, .dotnetSimpleConsole: return true
    default: break
    }
    if let severity = record.severity { return severity >= .warning }
    return text.span.announcesFailure(isGo: record.format == .goStandardLog)
  }

  private mutating func settle() {
    // A limit may have cut the text that a field pointed into.
    record.matchEnd = min(record.matchEnd, text.count)
    record.message = record.message.clamped(to: 0..<text.count)
    record.request.method = record.request.method.flatMap { text.holds($0) ? $0 : nil }
    record.request.path = record.request.path.flatMap { text.holds($0) ? $0 : nil }
    record.request.cache = record.request.cache.flatMap { text.holds($0) ? $0 : nil }
    if hasFrames, record.severity == nil { record.severity = .error }
    guard record.shape.isUncaught else { return }
    if record.severity == nil || (severityIsOfLayer && (record.severity ?? .trace) < .error) {
      record.severity = .error
    }
  }
}

extension RecordShape {
  /// Whether the shape alone says that something failed.
  var isUncaught: Bool {
    switch self {
    case .pythonTraceback, .javaTrace, .nodeTrace, .goPanic: true
    case .single, .joined: false
    }
  }
}

extension [UInt8] {
  fileprivate func holds(_ range: Range<Int>) -> Bool { range.upperBound <= count }
}
