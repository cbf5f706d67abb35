package import Rules

/// `tidemark rules test`: what was found, and what the rules cost.
package struct RuleTestReport {
  private let rules: RuleSet
  private let findings: [PackCheck.Finding]
  /// By rule index; empty when nobody asked.
  private let costs: [RuleCost]

  package init(_ rules: RuleSet, findings: [PackCheck.Finding], costs: [RuleCost]) {
    self.rules = rules
    self.findings = findings
    self.costs = costs
  }

  /// One finding a line, then the table of costs.
  package var text: String {
    findings.map { LogText.lines(Array($0.description.utf8)).joined(separator: "\\n") + "\n" }
      .joined() + (costs.isEmpty ? "" : costTable)
  }

  /// How it ended, in one line.
  package var summary: String {
    let samples = rules.rules.reduce(0) { $0 + $1.samples.count }
    let misses = rules.rules.reduce(0) { $0 + $1.misses.count }
    let counts =
      "\(Self.count(rules.rules.count, "rule")), \(Self.count(samples, "sample")), "
      + Self.count(misses, "miss", "misses")
    guard !findings.isEmpty else { return "ok: \(counts)" }
    let failed = Set(findings.map(\.rule)).count
    return "failed: \(failed) of \(counts); \(Self.count(findings.count, "finding"))"
  }

  /// One object a rule, in their order.
  package var json: String {
    let byRule = Dictionary(grouping: findings, by: \.rule)
    let costByRule = Dictionary(uniqueKeysWithValues: costs.map { ($0.rule, $0) })
    return rules.rules.indices.map { index in
      let rule = rules.rules[index]
      let own = byRule[rule.id] ?? []
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("rule", rule.id)
        writer.member("pack", rule.pack)
        writer.member("file", rule.file)
        writer.member("line", rule.line)
        writer.member("ok", own.isEmpty)
        writer.member("samples", rule.samples.count)
        writer.member("misses", rule.misses.count)
        writer.key("findings")
        writer.array(own) { writer, finding in
          writer.object { writer in
            writer.member("kind", finding.kind.rawValue)
            writer.member("line", finding.line)
            writer.member("message", finding.message)
          }
        }
        guard let cost = costByRule[index] else { return }
        writer.member("typicalNanoseconds", cost.typicalNanoseconds?.rounded())
        writer.member("worstNanoseconds", cost.worstNanoseconds.rounded())
        writer.member("worstLine", cost.worstLine)
      }
      return writer.text + "\n"
    }.joined()
  }

  /// Nanoseconds a line, the worst rule first.
  private var costTable: String {
    let width = max(4, costs.map { rules.rules[$0.rule].id.count }.max() ?? 0)
    var text = "rule".padded(to: width) + "  typical ns    worst ns  on the line\n"
    for cost in costs {
      let typical = cost.typicalNanoseconds.map { "\(Int($0.rounded()))" } ?? "-"
      text += rules.rules[cost.rule].id.padded(to: width) + typical.leading(to: 12)
      text += "\(Int(cost.worstNanoseconds.rounded()))".leading(to: 12)
      text += "  \(LogText.printable(cost.worstLine))\n"
    }
    return text
  }

  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
  }
}

extension String {
  /// With blanks before it to so many characters.
  fileprivate func leading(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
