import Following
import Records
import Reports
import Rules

/// Where records go that are to be explained: through the rules, into text, out in pieces.
struct ExplainSink: ~Copyable {
  /// What the records are read from, shown with each of them; nil when there is but one line.
  var place: String?
  private(set) var recordCount = 0
  private var matcher: RuleMatcher
  private var observation = Observation()
  private let form: Explain.Form
  private let write: ([UInt8]) -> Void
  private var output: [UInt8] = []

  init(rules: RuleSet, form: Explain.Form, write: @escaping ([UInt8]) -> Void) {
    matcher = RuleMatcher(rules)
    self.form = form
    self.write = write
  }

  /// Takes one physical line.
  mutating func take(
    _ line: Span<UInt8>, _ position: LinePosition, arrival: Timestamp?,
    _ assembler: inout RecordAssembler
  ) {
    assembler.line(line, number: position.number, offset: position.offset, arrival: arrival) {
      text, record in
      take(text, record)
    }
  }

  /// Takes the records that wait for a continuation.
  mutating func finish(_ assembler: inout RecordAssembler) {
    assembler.finish { text, record in take(text, record) }
  }

  private mutating func take(_ text: Span<UInt8>, _ record: borrowing Record) {
    let explanation = matcher.explain(text, record, &observation)
    switch form {
    case .json:
      output += ExplanationJSON.bytes(explanation, of: record, rules: matcher.rules)
    case .text(let style):
      if recordCount > 0 { output.append(0x0A) }
      output += Array(
        ExplanationText(rules: matcher.rules, style: style)
          .text(explanation, of: record, text, place: place).utf8)
    }
    if case .json = form { output.append(0x0A) }
    recordCount += 1
    if output.count >= Limits.explainedBytes { flush() }
  }

  /// Writes what there is.
  mutating func flush() {
    guard !output.isEmpty else { return }
    write(output)
    output.removeAll(keepingCapacity: true)
  }

  /// Ids of the rules that hit a match limit.
  var rulesAtLimit: [String] {
    matcher.limitHits.indices.filter { matcher.limitHits[$0] > 0 }
      .map { matcher.rules.rules[$0].id }
  }
}
