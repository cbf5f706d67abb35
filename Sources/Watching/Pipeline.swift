import Following
import Records
import Rules
import Windows

/// Lines in, windows out: one assembler an input, one matcher and one timeline for all.
struct Pipeline: ~Copyable {
  var sink: RecordSink
  private var assemblers: [RecordAssembler?] = []
  let zone: LocalZone
  let takesCensus: Bool
  /// Of assemblers that others have followed.
  private var unparsedEarlier = 0

  init(
    plan: WindowPlan, rules: RuleSet, zone: LocalZone, takesCensus: Bool = false,
    thinning: RouteThinning? = nil
  ) {
    sink = RecordSink(
      timeline: Timeline(plan: plan, rules: rules), matcher: RuleMatcher(rules),
      takesCensus: takesCensus, thinning: thinning)
    self.zone = zone
    self.takesCensus = takesCensus
  }

  /// Takes one physical line.
  ///
  /// - Parameters:
  ///   - input: index of the logical input; lines of one input are joined into records.
  ///   - file: index of the physical file in the table of names.
  ///   - reference: a moment near the line's, from which a missing year is inferred.
  ///   - arrival: the time of a line that carries none, where it may have one.
  mutating func line(
    _ bytes: Span<UInt8>, _ position: LinePosition, input: Int, file: Int, reference: Timestamp,
    arrival: Timestamp?
  ) {
    open(input, reference: reference)
    Self.feed(
      &assemblers[input]!, &sink, bytes, position, input: input, file: file, arrival: arrival)
  }

  private mutating func open(_ input: Int, reference: Timestamp) {
    while assemblers.count <= input { assemblers.append(nil) }
    if assemblers[input] == nil {
      assemblers[input] = RecordAssembler(zone: zone, reference: reference)
    }
    assemblers[input]!.reference = reference
  }

  /// The record that waits for a possible continuation, if any, is complete.
  mutating func flush(input: Int) {
    guard assemblers.indices.contains(input), assemblers[input] != nil else { return }
    Self.finish(&assemblers[input]!, &sink, input: input)
  }

  /// Completes the waiting record of every input.
  mutating func flushAll() {
    for input in assemblers.indices { flush(input: input) }
  }

  /// Takes what a piece of an input came to, as if its lines had come one by one.
  ///
  /// - Parameter linesBefore: lines of its file that precede it.
  mutating func take(_ records: PieceRecords, of task: PieceTask, linesBefore: Int) {
    let input = task.piece.file.input
    open(input, reference: task.reference)
    for line in records.head {
      var position = line.position
      position.number += linesBefore
      Self.feed(
        &assemblers[input]!, &sink, line.bytes.span, position, input: input, file: task.file,
        arrival: nil)
    }
    guard var next = records.assembler else { return }
    flush(input: input)
    unparsedEarlier += assemblers[input]?.unparsedLines ?? 0
    next.renumber(linesBefore: linesBefore)
    assemblers[input] = next
    sink.adopt(records.part, input: input, linesBefore: linesBefore)
  }

  /// Physical lines that had no time of their own and none to inherit.
  var unparsedLines: Int {
    assemblers.reduce(unparsedEarlier) { $0 + ($1?.unparsedLines ?? 0) }
  }

  private static func feed(
    _ assembler: inout RecordAssembler, _ sink: inout RecordSink, _ bytes: Span<UInt8>,
    _ position: LinePosition, input: Int, file: Int, arrival: Timestamp?
  ) {
    assembler.line(
      bytes, number: position.number, offset: position.offset, arrival: arrival, file: file
    ) {
      text, record in
      sink.take(text, record, input: input)
    }
  }

  private static func finish(
    _ assembler: inout RecordAssembler, _ sink: inout RecordSink, input: Int
  ) {
    assembler.finish { text, record in sink.take(text, record, input: input) }
  }
}
