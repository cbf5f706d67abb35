/// One mistake in a rule file, with the place where it stands.
package struct RuleProblem: Error, Sendable, Equatable, CustomStringConvertible {
  package let file: String
  /// From 1; 0 when the whole file is meant, as when it cannot be read.
  package let line: Int
  /// In characters (Unicode scalars), from 1.
  package let column: Int
  package let message: String
  /// The offending line of the file; empty when the whole file is meant.
  package let sourceLine: String

  package init(file: String, line: Int, column: Int, message: String, sourceLine: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.sourceLine = sourceLine
  }

  /// A problem with a file as a whole.
  package init(file: String, message: String) {
    self.init(file: file, line: 0, column: 0, message: message, sourceLine: "")
  }

  /// `file:line:column: message`, then the offending line and a caret below the column.
  package var description: String {
    guard line > 0 else { return "\(file): \(message)" }
    let (shown, caret) = excerpt
    return "\(file):\(line):\(column): \(message)\n\(shown)\n\(caret)^"
  }

  /// The line, cut around the column when it is long, and the blanks that stand before the caret.
  private var excerpt: (line: String, blanks: String) {
    let characters = Array(sourceLine.unicodeScalars)
    let target = max(0, min(column - 1, characters.count))
    let limit = Limits.problemLineCharacters
    let start = characters.count <= limit ? 0 : max(0, target - limit / 2)
    let end = min(characters.count, start + limit)
    let text = String(String.UnicodeScalarView(characters[start..<end]))
    let blanks = characters[start..<target].map { $0 == "\t" ? "\t" : " " as Character }
    let cutFront = start > 0
    let shown = (cutFront ? "…" : "") + text + (end < characters.count ? "…" : "")
    return (shown, (cutFront ? " " : "") + String(blanks))
  }
}

/// All mistakes found in the rule files of one run, in the order of the files.
package struct RuleLoadError: Error, Sendable, CustomStringConvertible {
  package let problems: [RuleProblem]

  package init(problems: [RuleProblem]) {
    precondition(!problems.isEmpty, "a load that failed has a problem to show")
    self.problems = problems
  }

  /// Each problem as it describes itself, one below the other.
  package var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
