import Bytes
import Records
import Rules

/// Counts which rules match how many lines; no joining and no unwrapping.
struct LineCounter: ~Copyable {
  private var matcher: RuleMatcher
  private(set) var sums: CountWorkers.Sums
  /// Rules without a pattern ask what the line is; nothing is parsed when there is none.
  private let needsRecord: Bool
  private var parser: LineParser
  private var record = Record()
  private var unwrapped: [UInt8] = []

  init(rules: RuleSet, zone: LocalZone, reference: Timestamp) {
    matcher = RuleMatcher(rules)
    sums = CountWorkers.Sums(
      counts: [Int](repeating: 0, count: rules.rules.count),
      limitHits: [Int](repeating: 0, count: rules.rules.count))
    needsRecord = rules.rules.contains { $0.pattern == nil }
    parser = LineParser(zone: zone, reference: reference)
  }

  /// Takes whole lines, each with its LF.
  mutating func take(_ block: Span<UInt8>, lines count: Int) {
    sums.lines += count
    matcher.countLines(of: block, lines: count, counts: &sums.counts)
    guard needsRecord else { return }
    var start = 0
    while let end = block.firstIndex(of: 0x0A, from: start) {
      takeRecord(block.extracting(start..<end))
      start = end + 1
    }
  }

  private mutating func takeRecord(_ line: Span<UInt8>) {
    let parsed = parser.parse(line, into: &record, unwrapped: &unwrapped)
    if parsed.layers.isCopied {
      // A second reference to the buffer, because a span of it would otherwise borrow all of `self`.
      let text = unwrapped
      matcher.countRecord(text.span.extracting(parsed.layers.text), record, counts: &sums.counts)
    } else {
      matcher.countRecord(line.extracting(parsed.layers.text), record, counts: &sums.counts)
    }
  }

  /// The next piece of an input is counted as if it were the first: a rule that was suspended is
  /// tried again.
  mutating func endPiece() {
    for (rule, hits) in matcher.takeLimitHits().enumerated() { sums.limitHits[rule] += hits }
  }
}
