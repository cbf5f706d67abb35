import Records

/// A rule that is being written, and its text in a rule file.
package struct RuleDraft: Sendable {
  package var id: String
  package var match: String
  package var ruleClass: String?
  package var severity: String?
  package var about: String?
  package var hint: String?
  /// Lines that it must match, one or several physical lines each.
  package var samples: [String]
  package var misses: [String] = []

  package init(id: String, match: String, samples: [String]) {
    self.id = id
    self.match = match
    self.samples = samples
  }

  /// A whole rule file: the pack is named by the first part of the id. What the pattern's groups
  /// capture in the samples is written down, so that a later change of it is noticed.
  ///
  /// - Throws: what keeps it from passing `rules check` and `rules test`, one sentence each.
  package func ruleFile() throws(RuleDraftError) -> String {
    do throws(PatternError) {
      _ = try CompiledPattern(match)
    } catch {
      throw RuleDraftError(messages: [Self.message(error, in: match)])
    }
    let plain = text(captures: [])
    let rules = try Self.load(plain)
    try check(rules)
    let captures = samples.map { Self.captures(in: rules, sample: $0) }
    guard captures.contains(where: { !$0.isEmpty }) else { return plain }
    let full = text(captures: captures)
    try check(try Self.load(full))
    return full
  }

  private func text(captures: [[CapturedValue]]) -> String {
    let pack = id.split(separator: ".").first.map(String.init) ?? id
    var text = "pack: \(YAMLText.word(pack))\nrules:\n"
    func add(_ key: String, _ value: String?) {
      if let value { text += "    \(key): \(value)\n" }
    }
    text += "  - id: \(YAMLText.word(id))\n"
    add("about", about.map(YAMLText.quoted))
    add("class", ruleClass.map(YAMLText.word))
    add("severity", severity.map(YAMLText.word))
    add("match", YAMLText.quoted(match))
    add("hint", hint.map(YAMLText.quoted))
    text += "    samples:\n"
    for (index, sample) in samples.enumerated() {
      text += "      - line: \(YAMLText.quoted(sample))\n"
      guard captures.indices.contains(index), !captures[index].isEmpty else { continue }
      text += "        captures:\n"
      for value in captures[index] {
        text += "          \(YAMLText.word(value.name)): \(YAMLText.word(value.text))\n"
      }
    }
    guard !misses.isEmpty else { return text }
    text += "    misses:\n"
    for miss in misses { text += "      - \(YAMLText.quoted(miss))\n" }
    return text
  }

  private static func load(_ text: String) throws(RuleDraftError) -> RuleSet {
    do throws(RuleLoadError) {
      return try RuleSet.load(texts: [("the new rule", text)])
    } catch {
      throw RuleDraftError(messages: error.problems.map(\.message))
    }
  }

  private func check(_ rules: RuleSet) throws(RuleDraftError) {
    var messages = PackCheck.allFindings(in: rules).map(\.message)
    guard !messages.isEmpty else { return }
    if let note = layerNote(rules) { messages.append(note) }
    throw RuleDraftError(messages: messages)
  }

  /// A pattern that matches the line as it stands, and not the record inside it.
  private func layerNote(_ rules: RuleSet) -> String? {
    guard let compiled = rules.rules.first?.pattern else { return nil }
    let reference = PatternReference(compiled.pattern)
    var scratch = MatchScratch(groupCount: compiled.pattern.groupCount)
    for sample in samples {
      let line = Array(sample.utf8)
      let subjects = SampleText.subjects(sample)
      guard scratch.match(reference, line.span) == .matched,
        !subjects.contains(where: { scratch.match(reference, $0.span) == .matched })
      else { continue }
      let shown = subjects.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " | ")
      return "patterns see a record without docker, CRI, journald or syslog around it: \(shown)"
    }
    return nil
  }

  /// What the named groups captured in the first record that matches.
  private static func captures(in rules: RuleSet, sample: String) -> [CapturedValue] {
    guard let rule = rules.rules.first else { return [] }
    let names = Set(rule.namedGroups.map(\.name))
    var matcher = RuleMatcher(rules)
    var observation = Observation()
    var found: [CapturedValue]?
    SampleText.read(sample) { text, record in
      guard found == nil else { return }
      matcher.observe(text, record, into: &observation)
      let isError = observation.isError
      found = matcher.captures(ofRule: 0, text, record, isError: isError)
    }
    return (found ?? []).filter { names.contains($0.name) && !$0.text.isEmpty }
  }

  /// The pattern with a caret where it is at fault.
  private static func message(_ error: PatternError, in pattern: String) -> String {
    let before = String(decoding: Array(pattern.utf8.prefix(error.offset)), as: UTF8.self)
    let blanks = before.unicodeScalars.map { $0 == "\t" ? "\t" : " " }.joined()
    return "invalid pattern: \(error.message)\n\(pattern)\n\(blanks)^"
  }
}

/// Why a drafted rule would not pass its tests.
package struct RuleDraftError: Error, Sendable {
  /// One sentence each.
  package let messages: [String]
}
