import Records
package import Rules

/// `tidemark rules list`: one rule a line, no header.
package enum RuleListing {
  /// Id, pack, class, severity and about. On a terminal in columns; else with a tab between them, for
  /// `cut` and `awk`. What a rule does not have is `-`.
  package static func text(_ rules: RuleSet, inColumns: Bool) -> String {
    let rows = rules.rules.map { rule in
      [
        rule.id, rule.pack, rule.ruleClass?.rawValue ?? "-", rule.severity.name,
        rule.about ?? "-",
      ].map { LogText.printable($0) }
    }
    guard inColumns else {
      return rows.map { $0.joined(separator: "\t") + "\n" }.joined()
    }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { $0.padded(to: $1) + "  " }.joined() + row[4] + "\n"
    }.joined()
  }

  /// One object a line.
  package static func json(_ rules: RuleSet) -> String {
    rules.rules.map { rule in
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("id", rule.id)
        writer.member("pack", rule.pack)
        writer.member("class", rule.ruleClass?.rawValue)
        writer.member("severity", rule.severity.name)
        writer.member("about", rule.about)
        writer.member("file", rule.file)
        writer.member("line", rule.line)
      }
      return writer.text + "\n"
    }.joined()
  }
}

extension String {
  /// With blanks behind it to so many characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
