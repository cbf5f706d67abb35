import Records
import Rules

/// Counts, line by line, which rules match; no joining and no unwrapping.
struct LineCounter: ~Copyable {
  private var matcher: RuleMatcher
  private(set) var counts: [Int]
  private(set) var lines = 0
  /// Rules without a pattern ask what the line is; nothing is parsed when there is none.
  private let needsRecord: Bool
  private var parser: LineParser
  private var record = Record()
  private var unwrapped: [UInt8] = []

  init(rules: RuleSet, zone: LocalZone, reference: Timestamp) {
    matcher = RuleMatcher(rules)
    counts = [Int](repeating: 0, count: rules.rules.count)
    needsRecord = rules.rules.contains { $0.pattern == nil }
    parser = LineParser(zone: zone, reference: reference)
  }

  mutating func take(_ line: Span<UInt8>) {
    lines += 1
    matcher.countLine(line, counts: &counts)
    guard needsRecord else { return }
    let parsed = parser.parse(line, into: &record, unwrapped: &unwrapped)
    if parsed.layers.isCopied {
      // A second reference to the buffer, because a span of it would otherwise borrow all of `self`.
      let text = unwrapped
      matcher.countRecord(text.span.extracting(parsed.layers.text), record, counts: &counts)
    } else {
      matcher.countRecord(line.extracting(parsed.layers.text), record, counts: &counts)
    }
  }

  /// Ids of the rules that hit a match limit.
  var rulesAtLimit: [String] {
    matcher.limitHits.indices.filter { matcher.limitHits[$0] > 0 }.map {
      matcher.rules.rules[$0].id
    }
  }
}
