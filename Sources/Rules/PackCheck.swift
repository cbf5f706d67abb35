import Records

/// Runs the samples and misses of rules through the record reader and the matcher.
package enum PackCheck {
  /// One thing that is not as a pack says.
  package struct Finding: Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
      case noSample = "no-sample"
      case sample, miss
      /// The pattern exceeded a limit of PCRE2.
      case limit
    }

    package let kind: Kind
    package let rule: String
    package let file: String
    package let line: Int
    package let message: String

    /// `file:line: rule ID: message`.
    package var description: String { "\(file):\(line): rule \(rule): \(message)" }
  }

  /// Every finding, in the order of the rules. A rule without a sample is one.
  ///
  /// Lines are read as at the end of 2026, in UTC.
  package static func findings(in rules: RuleSet) -> [Finding] {
    var findings: [Finding] = []
    var run = PackCheckRun(rules: rules)
    for index in rules.rules.indices {
      let rule = rules.rules[index]
      func add(_ kind: Finding.Kind, _ line: Int, _ message: String) {
        findings.append(
          Finding(kind: kind, rule: rule.id, file: rule.file, line: line, message: message))
      }
      if rule.samples.isEmpty { add(.noSample, rule.line, "it has no sample") }
      for sample in rule.samples {
        for message in run.problems(ofSample: sample, rule: index) {
          add(.sample, sample.line, message)
        }
      }
      for miss in rule.misses where run.matches(miss.text).contains(index) {
        add(.miss, miss.line, "it matches a line that it must miss: \(miss.text)")
      }
      if run.matcher.limitHits[index] > 0 {
        add(
          .limit, rule.line,
          "its pattern exceeded the match limit \(run.matcher.limitHits[index]) times")
      }
    }
    return findings
  }
}

/// A matcher with what it saw in the records of one text.
private struct PackCheckRun: ~Copyable {
  private struct Seen {
    var rules: [Int]
    var captures: [CapturedValue]?
  }

  let rules: RuleSet
  var matcher: RuleMatcher

  init(rules: RuleSet) {
    self.rules = rules
    matcher = RuleMatcher(rules)
  }

  /// The rules that match any record of the text.
  mutating func matches(_ text: String) -> Set<Int> {
    Set(read(text, rule: nil).flatMap(\.rules))
  }

  mutating func problems(ofSample sample: Rule.Sample, rule: Int) -> [String] {
    let seen = read(sample.text, rule: rule)
    let matched = Set(seen.flatMap(\.rules))
    guard let captures = seen.lazy.compactMap(\.captures).first else {
      return ["it does not match its sample: \(sample.text)"]
    }
    var messages: [String] = []
    for (name, expected) in sample.captures {
      let found = captures.first { $0.name == name }
      if !Self.isEqual(found, expected) {
        messages.append(
          "the sample's capture \(name) is \(found.map { "\"\($0.text)\"" } ?? "missing"),"
            + " not \"\(expected)\": \(sample.text)")
      }
    }
    for other in matched.sorted() where other != rule {
      let id = rules.rules[other].id
      if rules.rules[other].pack == rules.rules[rule].pack, !sample.also.contains(id) {
        messages.append("its sample also matches \(id), which `also` does not say: \(sample.text)")
      }
    }
    for id in sample.also {
      guard let other = rules.index(ofRule: id) else { continue }
      if !matched.contains(other) {
        messages.append("its sample says also \(id), which does not match it: \(sample.text)")
      }
    }
    return messages
  }

  /// Equal as texts or as numbers, apart from rounding.
  private static func isEqual(_ found: CapturedValue?, _ expected: String) -> Bool {
    guard let found else { return false }
    if found.text == expected { return true }
    guard let number = found.number, let wanted = Double(expected) else { return false }
    return abs(number - wanted) <= 1e-9 * max(abs(number), abs(wanted))
  }

  /// What the matcher sees in each record of the text, with the captures of `rule`.
  private mutating func read(_ text: String, rule: Int?) -> [Seen] {
    var observation = Observation()
    var seen: [Seen] = []
    SampleText.read(text) { text, record in
      seen.append(look(text, record, rule, &observation))
    }
    return seen
  }

  private mutating func look(
    _ text: Span<UInt8>, _ record: borrowing Record, _ rule: Int?,
    _ observation: inout Observation
  ) -> Seen {
    matcher.observe(text, record, into: &observation)
    var captures: [CapturedValue]?
    if let rule, observation.rules.contains(rule) {
      captures = matcher.captures(ofRule: rule, text, record, isError: observation.isError)
    }
    return Seen(rules: observation.rules, captures: captures)
  }
}
