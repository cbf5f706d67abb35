import Bytes
import Following
package import Records
package import Reports
package import Rules

/// `tidemark rules explain`: what the rules make of each record.
package struct Explain: ~Copyable {
  package enum Form: Sendable {
    case text(Style)
    case json
  }

  private var sink: ExplainSink
  private let zone: LocalZone
  private let lineBytesLimit: Int
  private let surroundings: Surroundings
  /// An input that was named is missing or could not be read.
  package private(set) var isIncomplete = false

  /// - Parameter write: takes whole records, and returns when they are written.
  package init(
    rules: RuleSet, zone: LocalZone, lineBytesLimit: Int, form: Form, _ surroundings: Surroundings,
    write: @escaping ([UInt8]) -> Void
  ) {
    sink = ExplainSink(rules: rules, form: form, write: write)
    self.zone = zone
    self.lineBytesLimit = lineBytesLimit
    self.surroundings = surroundings
  }

  /// Rules that exceeded their match limit on some record, by id.
  package var rulesAtLimit: [String] { sink.rulesAtLimit }

  /// How many records were explained.
  package var recordCount: Int { sink.recordCount }

  /// Explains one record, or several, that somebody typed: a line without a time has the present one.
  package mutating func explain(line text: String) {
    let now = now()
    var assembler = RecordAssembler(zone: zone, reference: now)
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    sink.place = lines.count > 1 ? "" : nil
    for (index, line) in lines.enumerated() {
      let bytes = Array(line)
      sink.take(
        bytes.span, LinePosition(number: index + 1, offset: 0, isTruncated: false), arrival: now,
        &assembler)
    }
    sink.finish(&assembler)
    sink.flush()
  }

  /// The clock in whole milliseconds: what lines of a log say, and more than an arrival means.
  private func now() -> Timestamp {
    let nanoseconds = surroundings.now().nanoseconds
    return Timestamp(nanoseconds: nanoseconds - nanoseconds % 1_000_000)
  }

  /// Explains what files hold, their rotated siblings first.
  package mutating func explain(files arguments: [String]) {
    var reading = InputReading(surroundings: surroundings, lineBytesLimit: lineBytesLimit)
    let now = surroundings.now()
    let head = HeadTime(zone: zone, reference: now)
    reading.discover(arguments, headTime: { head($0) })
    isIncomplete = reading.problems.contains { arguments.contains($0.path) }
    for file in reading.files where surroundings.stopRequest() == nil {
      let reference = file.kind == .regular ? Timestamp(nanoseconds: file.modified) : now
      var assembler = RecordAssembler(zone: zone, reference: reference)
      sink.place = file.name
      Self.read(file, &reading, &sink, &assembler)
      sink.finish(&assembler)
    }
    sink.flush()
    isIncomplete = isIncomplete || !reading.failedFiles.isEmpty
  }

  private static func read(
    _ file: InputFile, _ reading: inout InputReading, _ sink: inout ExplainSink,
    _ assembler: inout RecordAssembler
  ) {
    _ = reading.read(file) { line, position in
      sink.take(line, position, arrival: nil, &assembler)
    }
  }

  /// Explains standard input as it comes: a record that waits for a continuation is let go when
  /// nothing has come for a moment, so that a pipe of a growing log shows what there is.
  package mutating func explainStandardInput() {
    var options = FollowOptions()
    options.lineBytes = lineBytesLimit
    let follower = Follower(
      arguments: ["-"], options: options,
      now: surroundings.now().nanoseconds)
    for problem in follower.problems { surroundings.warn(problem.description) }
    var assembler = RecordAssembler(zone: zone, reference: surroundings.now())
    sink.place = ""
    while surroundings.stopRequest() == nil {
      let now = now()
      assembler.reference = now
      let result = Self.poll(follower, now, &sink, &assembler)
      for case .unreadable(_, let error) in result.changes {
        surroundings.warn(error.description)
        isIncomplete = true
      }
      if result.isEnded { break }
      guard !result.isPending else { continue }
      guard follower.wait(timeout: Limits.quietWait) == .timeout else { continue }
      sink.finish(&assembler)
      sink.flush()
    }
    Self.flushPartial(follower, now(), &sink, &assembler)
    sink.finish(&assembler)
    sink.flush()
    for notice in follower.notices { surroundings.warn(notice.description) }
    isIncomplete = isIncomplete || !follower.problems.isEmpty
  }

  private static func poll(
    _ follower: Follower, _ now: Timestamp, _ sink: inout ExplainSink,
    _ assembler: inout RecordAssembler
  ) -> PollResult {
    follower.poll(now: now.nanoseconds) { _, line, position in
      sink.take(line, position, arrival: now, &assembler)
    }
  }

  private static func flushPartial(
    _ follower: Follower, _ now: Timestamp, _ sink: inout ExplainSink,
    _ assembler: inout RecordAssembler
  ) {
    follower.flushPartial { _, line, position in
      sink.take(line, position, arrival: now, &assembler)
    }
  }
}
