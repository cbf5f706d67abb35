package import Rules

/// `tidemark rules check`: the problems of rule files.
package enum RuleProblemReport {
  /// `file:line:column: message`, the line of the file and a caret, one problem after the other.
  package static func text(_ problems: [RuleProblem]) -> String {
    problems.map { LogText.lines(Array($0.description.utf8)).joined(separator: "\n") + "\n" }
      .joined()
  }

  /// One object a problem.
  package static func json(_ problems: [RuleProblem]) -> String {
    problems.map { problem in
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("file", problem.file)
        writer.member("line", problem.line > 0 ? problem.line : nil)
        writer.member("column", problem.line > 0 ? problem.column : nil)
        writer.member("message", problem.message)
        writer.member("source", problem.line > 0 ? problem.sourceLine : nil)
      }
      return writer.text + "\n"
    }.joined()
  }

  /// `2 problems in 1 file`.
  package static func summary(_ problems: [RuleProblem]) -> String {
    let files = Set(problems.map(\.file)).count
    return "\(RuleTestReport.count(problems.count, "problem")) in "
      + RuleTestReport.count(files, "file")
  }

  /// What was checked and has no problem: `ok: 3 rules and 1 signal in 1 file`.
  package static func summary(_ rules: RuleSet) -> String {
    "ok: \(RuleTestReport.count(rules.rules.count, "rule")) and "
      + "\(RuleTestReport.count(rules.signals.count, "signal")) in "
      + RuleTestReport.count(rules.packs.count, "file")
  }
}
