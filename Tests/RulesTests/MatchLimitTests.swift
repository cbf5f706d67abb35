import Records
import Rules
import Testing

@Suite("Limits of a match")
struct MatchLimitTests {
  private static let text = """
    rules:
      - { id: hostile, match: '^(a+)+$' }
      - { id: calm, match: aaa }
    """

  @Test("a pattern that exceeds the limit is counted, and suspended after a hundred times")
  func suspension() throws {
    let rules = try rules(Self.text)
    var matcher = RuleMatcher(rules)
    var observation = Observation()
    let text = String(repeating: "a", count: 40) + "!"
    let bytes = Array(text.utf8)
    for round in 1...120 {
      matcher.observe(bytes.span, record(text), into: &observation)
      #expect(observation.rules == [1], "a limit is no match, and other rules go on")
      #expect(matcher.limitHits == [min(round, 100), 0])
      #expect(matcher.isSuspended(0) == (round >= 100))
    }
    let good = Array("aaaa".utf8)
    matcher.observe(good.span, record("aaaa"), into: &observation)
    #expect(observation.rules == [1], "a suspended rule is not evaluated any more")
  }

  @Test("a line that it can match is still matched before that")
  func before() throws {
    let rules = try rules(Self.text)
    #expect(rules.matches("aaaa") == ["hostile", "calm"])
  }

  @Test("counting lines has the same limit")
  func counting() throws {
    let rules = try rules(Self.text)
    var matcher = RuleMatcher(rules)
    var counts = [0, 0]
    let line = [UInt8](repeating: 0x61, count: 40) + [0x21]
    for _ in 0..<130 { matcher.countLine(line, counts: &counts) }
    #expect(counts == [0, 130])
    #expect(matcher.limitHits == [100, 0])
  }

  @Test("recursion that never ends is a limit, not a crash")
  func recursion() throws {
    let rules = try rules("rules: [{ id: a, match: '^((?:a|(?1)b)*)c' }, { id: b, match: a }]")
    let text = String(repeating: "a", count: 200_000)
    #expect(rules.matches(text) == ["b"])
  }

  @Test(
    "a pattern has at most 64 groups and 64 KiB",
    arguments: [
      (String(repeating: "(a)", count: 65), "the pattern has 65 groups; at most 64 are allowed"),
      (String(repeating: "a", count: 65_537), "the pattern has 65537 bytes; at most 65536"),
    ])
  func patternBounds(pattern: String, message: String) {
    let found = problems("rules:\n  - id: a\n    match: '\(pattern)'\n")
    #expect(found.count == 1)
    #expect(found.first?.contains(message) == true)
  }

  @Test("there are at most 10,000 rules")
  func ruleBound() {
    let rules = (0...10_000).map { "  - { id: r\($0), record: request }\n" }.joined()
    #expect(problems("rules:\n" + rules) == ["0:0: there are 10001 rules; at most 10000 are run"])
  }
}
