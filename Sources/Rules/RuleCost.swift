/// What a rule's pattern costs on this machine: for people who look for the rule that slows a stream
/// down, never for a test.
package struct RuleCost: Sendable {
  /// Index of the rule.
  package let rule: Int
  /// Nanoseconds for a line like its samples: their median; nil for a rule without one.
  package let typicalNanoseconds: Double?
  /// Nanoseconds for the hostile line that costs most, and what line that is.
  package let worstNanoseconds: Double
  package let worstLine: String

  /// The costs of all rules with a pattern, those with the worst line first.
  package static func measured(_ rules: RuleSet) -> [RuleCost] {
    let costs = rules.rules.indices.compactMap { cost(rules.rules[$0], index: $0) }
    return costs.sorted {
      ($1.worstNanoseconds, $0.rule) < ($0.worstNanoseconds, $1.rule)
    }
  }

  private static func cost(_ rule: Rule, index: Int) -> RuleCost? {
    guard let compiled = rule.pattern else { return nil }
    var meter = CostMeter(compiled)
    var worst: (line: HostileLine, nanoseconds: Double)?
    HostileLines(rule: rule).walk { line in
      let time = meter.once(line.bytes)
      if time > worst?.nanoseconds ?? -1 { worst = (line, time) }
      return true
    }
    let samples = rule.samples.flatMap { SampleText.subjects($0.text) }
      .map { meter.settled($0) }.sorted()
    return RuleCost(
      rule: index, typicalNanoseconds: samples.isEmpty ? nil : samples[samples.count / 2],
      worstNanoseconds: worst.map { meter.settled($0.line.bytes) } ?? 0,
      worstLine: worst.map(\.line.description) ?? "")
  }
}

/// Measures how long one pattern takes for a line.
private struct CostMeter: ~Copyable {
  /// Long enough for the clock, short enough for a thousand rules.
  private static let leastNanoseconds = 20_000.0
  private let compiled: CompiledPattern
  private var scratch: MatchScratch
  private let clock = ContinuousClock()

  init(_ compiled: CompiledPattern) {
    self.compiled = compiled
    scratch = MatchScratch(groupCount: compiled.pattern.groupCount)
  }

  /// One attempt, in nanoseconds.
  mutating func once(_ line: [UInt8]) -> Double { time(line, rounds: 1) }

  /// The quickest of three, each of as many attempts as the clock needs.
  mutating func settled(_ line: [UInt8]) -> Double {
    var rounds = 1
    var best = time(line, rounds: rounds)
    while best * Double(rounds) < Self.leastNanoseconds, rounds < 1 << 16 {
      rounds *= 2
      best = time(line, rounds: rounds)
    }
    for _ in 0..<2 { best = min(best, time(line, rounds: rounds)) }
    return best
  }

  private mutating func time(_ line: [UInt8], rounds: Int) -> Double {
    let reference = PatternReference(compiled.pattern)
    let start = clock.now
    for _ in 0..<rounds { _ = scratch.match(reference, line.span) }
    let (seconds, attoseconds) = start.duration(to: clock.now).components
    return (Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(rounds)
  }
}
