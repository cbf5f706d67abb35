import Following
import Records
import Windows

/// Takes the lines of a summary one by one: counts them, gives lines of standard input that carry no
/// time that of their arrival, and hands them on.
struct SummaryIntake: ~Copyable {
  private var pipeline: Pipeline
  private var gate: ArrivalGate
  private let streams: Set<Int>
  /// Physical lines by input.
  private(set) var lines: [Int] = []
  /// The journal's cursor, if standard input is its entries.
  private(set) var cursor: String?

  init(pipeline: consuming Pipeline, head: HeadTime, streams: Set<Int>) {
    self.pipeline = pipeline
    gate = ArrivalGate(head: head)
    self.streams = streams
  }

  mutating func take(
    _ bytes: Span<UInt8>, _ position: LinePosition, input: Int, now: Timestamp
  ) {
    while lines.count <= input { lines.append(0) }
    lines[input] += 1
    guard streams.contains(input) else {
      pipeline.line(
        bytes, position, input: input, file: input, reference: now, arrival: nil)
      return
    }
    noteCursor(bytes)
    switch gate.decide(input: input, bytes, position, now: now) {
    case .wait: break
    case .pass(let before, let usesArrival):
      pass(before, input: input, usesArrival: usesArrival)
      pipeline.line(
        bytes, position, input: input, file: input, reference: now,
        arrival: usesArrival ? now : nil)
    }
  }

  var timeline: Timeline { pipeline.sink.timeline }
  var unparsedLines: Int { pipeline.unparsedLines }

  /// The newest time of an input; nil when none of its lines stated one.
  borrowing func newest(of input: Int) -> Timestamp? {
    let frontiers = pipeline.sink.frontiers
    return frontiers.indices.contains(input) ? frontiers[input].newest : nil
  }

  /// Lines that waited for one with a time came without any.
  mutating func finish() {
    for (input, waiting) in gate.takeWaiting() {
      pass(waiting, input: input, usesArrival: true)
    }
    pipeline.flushAll()
  }

  private mutating func pass(
    _ waiting: [ArrivalGate.WaitingLine], input: Int, usesArrival: Bool
  ) {
    for line in waiting {
      pipeline.line(
        line.bytes.span, line.position, input: input, file: input, reference: line.arrival,
        arrival: usesArrival ? line.arrival : nil)
    }
  }

  private mutating func noteCursor(_ bytes: Span<UInt8>) {
    guard bytes.count > 0, bytes[0] == UInt8(ascii: "{") else { return }
    // SAFETY: the bytes are copied before the call ends.
    let copy = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
    if let found = JournalCursor.find(in: copy[...]) { cursor = found }
  }
}
