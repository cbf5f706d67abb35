/// Refuses patterns that a hostile line makes exceed PCRE2's match limit. Steps are counted, time is
/// not looked at, so that the answer is the same on a busy machine.
package enum CatastropheCheck {
  /// What is wrong with the pattern of rule `index`; nil when no hostile line reaches a limit, and for
  /// a rule without a pattern.
  package static func finding(_ rules: RuleSet, rule index: Int) -> PackCheck.Finding? {
    let rule = rules.rules[index]
    guard let compiled = rule.pattern else { return nil }
    let reference = PatternReference(compiled.pattern)
    var scratch = MatchScratch(groupCount: compiled.pattern.groupCount)
    var message: String?
    HostileLines(rule: rule).walk { line in
      guard case .failed(let code) = scratch.match(reference, line.bytes.span) else { return true }
      message =
        "its pattern is catastrophic: \(Pattern.message(code)) on \(line); the pattern is "
        + compiled.text
      return false
    }
    withExtendedLifetime(compiled) {}
    return message.map {
      PackCheck.Finding(
        kind: .limit, rule: rule.id, file: rule.file, line: rule.line, message: $0)
    }
  }
}

extension PackCheck {
  /// All that `rules test` asks of packs: samples and misses as they say, and no pattern that a
  /// hostile line makes run away. In the order of the rules.
  package static func allFindings(in rules: RuleSet) -> [Finding] {
    let findings = Dictionary(grouping: findings(in: rules), by: \.rule)
    return rules.rules.indices.flatMap { index -> [Finding] in
      let own = findings[rules.rules[index].id] ?? []
      guard let refusal = CatastropheCheck.finding(rules, rule: index) else { return own }
      return own.filter { $0.kind != .limit } + [refusal]
    }
  }
}
