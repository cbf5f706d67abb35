import Records
import Testing

@testable import Rules

/// The whole engine, filter and all, against PCRE2 alone: random patterns, each run on every line
/// and on every record. `TIDEMARK_PATTERN_SEED` asks for others.
@Suite("Matching against PCRE2")
struct EngineComparisonTests {
  private static let sets = 150
  private static let patternsPerSet = 10
  private static let textsPerSet = 40

  /// Rules of random patterns, and texts that many of them match.
  private static func made(
    _ generator: inout PatternGenerator
  ) throws -> (rules: RuleSet, patterns: [CompiledPattern], texts: [[UInt8]]) {
    var patterns: [CompiledPattern] = []
    var texts: [[UInt8]] = []
    while patterns.count < patternsPerSet {
      let made = generator.pattern()
      guard let compiled = try? CompiledPattern(made.text), compiled.pattern.groupCount <= 64 else {
        continue
      }
      patterns.append(compiled)
      for _ in 0..<(textsPerSet / patternsPerSet) { texts.append(generator.text(for: made)) }
    }
    let file = patterns.enumerated().map { place, pattern in
      "  - { id: r\(place), match: \"\(escaped(pattern.text))\" }\n"
    }
    return (try rules("rules:\n" + file.joined()), patterns, texts)
  }

  /// The text between the quotes of a YAML string: every character by its number.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let digits = String(scalar.value, radix: 16)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// What PCRE2 alone says of a text, by pattern; nil where it gives up.
  private static func expected(
    _ patterns: [CompiledPattern], _ text: Span<UInt8>, _ scratch: inout MatchScratch
  ) -> [Bool?] {
    patterns.map { pattern in
      switch scratch.match(PatternReference(pattern.pattern), text) {
      case .matched: true
      case .unmatched: false
      case .failed: nil
      }
    }
  }

  @Test("every line and every record has exactly the matches of PCRE2 alone")
  func comparison() throws {
    let seed = UInt64(RequiredStringsComparisonTests.setting("TIDEMARK_PATTERN_SEED", default: 1))
    var generator = PatternGenerator(seed: seed &+ 1_000_000)
    var scratch = MatchScratch(groupCount: 64)
    var pairs = 0
    var matched = 0
    var filtered = 0
    for set in 0..<Self.sets {
      let (rules, patterns, texts) = try Self.made(&generator)
      var matcher = RuleMatcher(rules)
      var observation = Observation()
      var counts = [Int](repeating: 0, count: patterns.count)
      var expectedCounts = counts
      var isSure = [Bool](repeating: true, count: patterns.count)
      var lines: [[UInt8]] = []
      for text in texts {
        let found = Self.expected(patterns, text.span, &scratch)
        var fields = record("")
        fields.matchEnd = text.count
        matcher.observe(text.span, fields, into: &observation)
        for (place, isMatch) in found.enumerated() {
          guard let isMatch, !matcher.isSuspended(place) else { continue }
          pairs += 1
          if observation.rules.contains(place) != isMatch {
            let pattern = patterns[place].text.debugDescription
            Issue.record("seed \(seed), set \(set): \(pattern) on \(text)")
          }
        }
        lines += text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
      }
      var counter = RuleMatcher(rules)
      let block = Array(lines.joined(separator: [0x0A]) + [0x0A])
      var start = 0
      for line in lines {
        // In place: PCRE2 10.42 looks behind the subject when this ends inside a character.
        let subject = block.span.extracting(start..<(start + line.count))
        start += line.count + 1
        for (place, isMatch) in Self.expected(patterns, subject, &scratch).enumerated() {
          if isMatch == nil { isSure[place] = false }
          if isMatch == true { expectedCounts[place] += 1 }
          pairs += 1
          matched += isMatch == true ? 1 : 0
        }
      }
      counter.countLines(of: block.span, lines: lines.count, counts: &counts)
      for place in patterns.indices where isSure[place] && counts[place] != expectedCounts[place] {
        let pattern = patterns[place].text.debugDescription
        Issue.record(
          "seed \(seed), set \(set): \(pattern): \(counts[place]), not \(expectedCounts[place])")
      }
      filtered += patterns.count - (counter.lineFilter?.unfiltered.count ?? patterns.count)
    }
    // Without these the comparison could pass by comparing nothing.
    #expect(pairs > 100_000)
    #expect(matched > pairs / 20)
    #expect(filtered > Self.sets * Self.patternsPerSet / 4)
  }
}
