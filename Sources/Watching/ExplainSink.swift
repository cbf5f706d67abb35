import Following
import Records
import Reports
import Rules
import Signatures

/// Where records go that are to be explained: through the rules, into text, out in pieces.
///
/// What a record's signature is may be known only when its like have come, so texts are kept for a
/// while and the signatures set in when they are written.
struct ExplainSink: ~Copyable {
  /// What the records are read from, shown with each of them; nil when there is but one line.
  var place: String?
  private(set) var recordCount = 0
  private var matcher: RuleMatcher
  private var observation = Observation()
  private let form: Explain.Form
  private let write: ([UInt8]) -> Void
  private var output: [UInt8] = []
  private var signatures = SignatureBook()
  /// Where in `output` which signature belongs.
  private var marks: [(place: Int, signature: Int)] = []

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
    let signature = signatures.file(
      text, message: record.message, key: explanation.signatureKey.span
    ).handle
    switch form {
    case .json:
      output += ExplanationJSON.head(explanation, of: record, rules: matcher.rules)
      marks.append((output.count, signature))
    case .text(let style):
      let writer = ExplanationText(rules: matcher.rules, style: style)
      if recordCount > 0 { output.append(0x0A) }
      output += writer.head(explanation, of: record, text, place: place).utf8
      marks.append((output.count, signature))
      output += writer.tail(explanation).utf8
    }
    recordCount += 1
    if output.count >= Limits.explainedBytes { flush() }
  }

  /// Writes what there is.
  mutating func flush() {
    guard !output.isEmpty else { return }
    var whole: [UInt8] = []
    whole.reserveCapacity(output.count + 64 * marks.count)
    var texts: [Int: [UInt8]] = [:]
    var start = 0
    for mark in marks {
      whole += output[start..<mark.place]
      start = mark.place
      let signature = signatures.current(mark.signature)
      if texts[signature] == nil {
        let text = signatures.text(of: signature)
        texts[signature] =
          switch form {
          case .json: ExplanationJSON.tail(signature: text)
          case .text: Array(ExplanationText.line(signature: text).utf8)
          }
      }
      whole += texts[signature] ?? []
    }
    whole += output[start...]
    write(whole)
    output.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
  }

  /// Ids of the rules that hit a match limit.
  var rulesAtLimit: [String] {
    matcher.limitHits.indices.filter { matcher.limitHits[$0] > 0 }
      .map { matcher.rules.rules[$0].id }
  }
}
