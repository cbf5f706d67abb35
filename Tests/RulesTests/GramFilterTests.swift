import Testing

@testable import Rules

/// The filter against a loop over all places.
@Suite("A filter of grams")
struct GramFilterTests {
  /// Strings of random classes over a small alphabet, so that there are many hits and near misses.
  private func strings(_ random: inout SeededRandom, patterns: Int) -> [[[ClassString]]] {
    let alphabet = Array("aAb1 \n".utf8)
    return (0..<patterns).map { _ in
      let strings = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        ClassString(
          (0..<Int.random(in: 5...9, using: &random)).map { _ in
            var set = ByteSet()
            for _ in 0..<Int.random(in: 1...3, using: &random) {
              set.insert(alphabet.randomElement(using: &random) ?? 0)
            }
            return set
          })
      }
      return [strings]
    }
  }

  private func text(_ random: inout SeededRandom, bytes: Int) -> [UInt8] {
    let alphabet = Array("aaAb11 \n\u{0}".utf8)
    return (0..<bytes).map { _ in alphabet.randomElement(using: &random) ?? 0 }
  }

  /// The patterns one of whose strings stands in the text with an LF before and behind it.
  private func expected(_ required: [[[ClassString]]], _ text: [UInt8]) -> Set<Int> {
    let padded = [0x0A] + text + [0x0A]
    return Set(
      required.indices.filter { pattern in
        required[pattern][0].contains { $0.occurs(in: padded.span) }
      })
  }

  @Test("finds the patterns whose strings are there, and no other", arguments: 1...60)
  func records(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let required = strings(&random, patterns: 12)
    var filter = Prefilter(required)
    for _ in 0..<60 {
      let text = text(&random, bytes: Int.random(in: 0...90, using: &random))
      var found: [Candidate] = []
      filter.prepare(text.span, texts: 1)
      filter.scan(text.span, in: 0..<text.count, found: &found)
      #expect(found.map(\.place) == found.map(\.place).sorted())
      #expect(Set(found.map(\.pattern)) == expected(required, text))
      #expect(filter.unfiltered == [])
    }
  }

  @Test("finds the lines of a block in which the strings are", arguments: 1...60)
  func lines(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let required = strings(&random, patterns: 8).map { sets in
      sets.map { $0.compactMap(\.withoutInnerNewlines) }
    }
    var filter = Prefilter(required)
    let block = text(&random, bytes: 3_000) + [0x0A]
    let lines = block.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
    var found: [Candidate] = []
    var start = 0
    while start < block.count {
      let end = min(block.count, start + Int.random(in: 1...500, using: &random))
      filter.scan(block.span, in: start..<end, found: &found)
      start = end
    }
    var place = LinePlace()
    var tried: [Int: Set<Int>] = [:]
    for candidate in found {
      place.move(to: candidate.place, in: block.span)
      tried[place.range.lowerBound, default: []].insert(candidate.pattern)
    }
    for line in lines {
      #expect(tried[line.startIndex, default: []] == expected(required, Array(line)))
    }
  }

  @Test("a pattern of which nothing is known, or nothing long enough, is run on every text")
  func unfiltered() {
    let short = ClassString(Array("abcd".utf8).map { ByteSet($0) })
    let wide = ClassString([ByteSet](repeating: .all, count: 8))
    let filter = Prefilter([[], [[short]], [[wide]], nil])
    #expect(filter.unfiltered == [0, 1, 2])
  }

  @Test("a pattern that most lines may match is run directly, and every line is still counted")
  func dense() throws {
    let rules = try rules(
      "rules: [{ id: common, match: 'common word' }, { id: rare, match: rarely }]")
    var matcher = RuleMatcher(rules)
    var counts = [0, 0]
    let line = Array("this is a common word in a line of sixty bytes of a log......\n".utf8)
    let block = (0..<4_000).flatMap { _ in line } + Array("rarely\n".utf8)
    for round in 1...40 {
      matcher.countLines(of: block.span, lines: 4_001, counts: &counts)
      #expect(counts == [4_000 * round, round])
    }
    #expect(matcher.lineFilter?.unfiltered == [0])
  }

  @Test("what it says does not depend on what came before", arguments: 1...8)
  func learning(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let required = strings(&random, patterns: 12)
    var learned = Prefilter(required)
    let sample = text(&random, bytes: 40_000)
    for _ in 0..<30 { learned.prepare(sample.span, texts: 100) }
    for _ in 0..<100 {
      let text = text(&random, bytes: 60)
      var found: [Candidate] = []
      learned.scan(text.span, in: 0..<text.count, found: &found)
      let always = Set(learned.unfiltered)
      #expect(
        Set(found.map(\.pattern)).subtracting(always)
          == expected(required, text).subtracting(always))
    }
  }
}
