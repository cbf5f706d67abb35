import Foundation
import Testing

@testable import Rules

/// Requirements of random patterns hold in random texts wherever PCRE2 matches.
///
/// `TIDEMARK_PATTERN_PAIRS` asks for more pairs than the default, `TIDEMARK_PATTERN_SEED` for
/// others.
@Suite("Required strings against PCRE2")
struct RequiredStringsComparisonTests {
  static let textsPerPattern = 8

  static func setting(_ name: String, default value: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? value
  }

  struct Outcome {
    var pairs = 0
    var matched = 0
    var patterns = 0
    var patternsWithRequirement = 0
    /// Matches in which a requirement was looked for.
    var checked = 0
    var contradiction: RequirementCheck.Contradiction?
  }

  /// Runs pairs until enough, or until the first contradiction.
  static func compare(
    pairs: Int, seed: UInt64, find: (String) -> [[ClassString]]
  ) -> Outcome {
    var generator = PatternGenerator(seed: seed)
    var check = RequirementCheck()
    var outcome = Outcome()
    while outcome.pairs < pairs, outcome.contradiction == nil {
      let made = generator.pattern()
      let interpreted = generator.random.chance(0.3)
      guard let compiled = RequirementCheck.compile(made.text, interpreted: interpreted) else {
        continue
      }
      outcome.patterns += 1
      let requirements = find(made.text)
      if !requirements.isEmpty { outcome.patternsWithRequirement += 1 }
      for _ in 0..<textsPerPattern {
        let text = generator.text(for: made)
        outcome.pairs += 1
        guard check.matches(compiled.pattern, text) else { continue }
        outcome.matched += 1
        if !requirements.isEmpty { outcome.checked += 1 }
        if var found = RequirementCheck.contradiction(made.text, text, requirements) {
          found.isInterpreted = interpreted
          outcome.contradiction = check.shrunk(found, find)
          break
        }
      }
    }
    return outcome
  }

  @Test("a text that PCRE2 matches has every requirement")
  func comparison() {
    let pairs = Self.setting("TIDEMARK_PATTERN_PAIRS", default: 100_000)
    let seed = UInt64(Self.setting("TIDEMARK_PATTERN_SEED", default: 1))
    let outcome = Self.compare(pairs: pairs, seed: seed, find: RequiredStrings.find)
    print(
      "required strings: seed \(seed), \(outcome.pairs) pairs, \(outcome.matched) matched,",
      "\(outcome.checked) of them with a requirement; \(outcome.patterns) patterns,",
      "\(outcome.patternsWithRequirement) with a requirement")
    if let found = outcome.contradiction {
      Issue.record("seed \(seed), pair \(outcome.pairs): \(found)")
    }
    // Without these the comparison could pass by comparing nothing.
    #expect(outcome.matched > outcome.pairs / 5)
    #expect(outcome.checked > outcome.pairs / 8)
    #expect(outcome.patternsWithRequirement > outcome.patterns / 2)
  }

  /// Wrong readings of patterns, each of which the comparison has to find.
  static let mistakes: [(name: String, find: @Sendable (String) -> [[ClassString]])] = [
    ("one byte of a string is another", { changed(RequiredStrings.find(in: $0)) }),
    (
      "what a negative look-ahead sees is required",
      { RequiredStrings.find(in: $0.replacing("(?!", with: "(?:")) }
    ),
    ("cases differ under (?i)", { RequiredStrings.find(in: $0.replacing("(?i", with: "(?m")) }),
    ("the long s is not a case of s", { withoutLongS(RequiredStrings.find(in: $0)) }),
    (
      "a star asks for one at least",
      { RequiredStrings.find(in: $0.replacing("*", with: "+")) }
    ),
    (
      "back-references match nothing",
      { RequiredStrings.find(in: $0.replacing("\\1", with: "")) }
    ),
    (
      "a dot is one byte",
      { RequiredStrings.find(in: $0.replacing(".", with: "[\\x00-\\x7F]")) }
    ),
    (
      "edges of lines are word bytes",
      { RequiredStrings.find(in: $0).map { $0.map(withoutNewline) } }
    ),
  ]

  @Test("the comparison finds a mistake", arguments: mistakes.map(\.name))
  func planted(name: String) throws {
    let mistake = try #require(Self.mistakes.first { $0.name == name })
    let outcome = Self.compare(pairs: 40_000, seed: 7, find: mistake.find)
    #expect(outcome.contradiction != nil)
  }

  private static func changed(_ requirements: [[ClassString]]) -> [[ClassString]] {
    requirements.map { strings in
      strings.map { string in
        var string = string
        let middle = string.classes.count / 2
        string.classes[middle] = ByteSet(string.classes[middle].bytes.first ?? 0)
        return string
      }
    }
  }

  private static func withoutLongS(_ requirements: [[ClassString]]) -> [[ClassString]] {
    requirements.map { strings in
      strings.map { string in
        ClassString(string.classes.map { $0.subtracting(ByteSet(0xC5)) })
      }
    }
  }

  private static func withoutNewline(_ string: ClassString) -> ClassString {
    ClassString(string.classes.map { $0.subtracting(.newline) })
  }
}
