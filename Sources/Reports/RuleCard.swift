import Records
package import Rules

/// `tidemark rules show`: everything about one rule.
package struct RuleCard {
  let rules: RuleSet
  let index: Int
  let rule: Rule
  private let style: Style

  package init(_ rules: RuleSet, rule index: Int, style: Style) {
    self.rules = rules
    self.index = index
    rule = rules.rules[index]
    self.style = style
  }

  /// The id and what it is about, then one line a property.
  package var text: String {
    var text = style.bold(rule.id) + "\n"
    if let about = rule.about { text += "  \(LogText.printable(about))\n" }
    text += "\n"
    func add(_ name: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      for (place, line) in LogText.lines(Array(value.utf8)).enumerated() {
        text += "  \((place == 0 ? name : "").padded(to: 13))\(line)\n"
      }
    }
    add("pack", "\(rule.pack), \(rule.file):\(rule.line)")
    add("class", rule.ruleClass?.rawValue)
    add("severity", rule.severity.name + (gates ? ", gates" : ", shown, never gates"))
    add("event", rule.event == rule.id ? nil : rule.event)
    add("marks", marks.joined(separator: ", "))
    add("record", rule.records.map(\.name).joined(separator: " or "))
    for field in rule.fields {
      add("field", "\(field.path.name) = \(field.values.joined(separator: " or "))")
    }
    add("where", rule.condition.map(String.init(describing:)))
    add("match", rule.pattern?.text)
    add("captures", rule.namedGroups.map { "\($0.name): \($0.kind.name)" }.joined(separator: ", "))
    add("signature", rule.signature.joined(separator: ", "))
    add("hint", rule.hint)
    for (name, signals) in [
      ("counts in", rules.signals(countedByRule: index)),
      ("exposure of", rules.signals(measuredAgainstRule: index)),
    ] {
      for (place, signal) in signals.enumerated() {
        let known = rules.signals[signal]
        add(
          place == 0 ? name : "",
          "\(known.id) (\(known.kind.rawValue): \(rules.meaning(ofSignal: signal)))")
      }
    }
    if rules.isRequest(rule: index) {
      add("", "and what else is counted per request")
    }
    for sample in rule.samples { text += self.text(of: sample, "sample") }
    for miss in rule.misses { text += self.text(of: miss, "miss") }
    return text
  }

  private var gates: Bool { rule.isError && !rule.advisory && !rule.deployNoise }

  private var marks: [String] {
    (rule.deployNoise ? ["deploy noise"] : []) + (rule.losesLines ? ["loses lines"] : [])
      + (rule.advisory ? ["advisory"] : [])
  }

  private func text(of sample: Rule.Sample, _ name: String) -> String {
    var text = "  \(name.padded(to: 13))"
    let lines = LogText.lines(Array(sample.text.utf8))
    text += lines.joined(separator: "\n               ") + "\n"
    for (capture, value) in sample.captures {
      text += "                 \(capture) = \(LogText.printable(value))\n"
    }
    if !sample.also.isEmpty {
      text += "                 also matched by \(sample.also.joined(separator: ", "))\n"
    }
    return text
  }
}
