extension Redactor {
  /// Whether every sample of `rule` is redacted as it is marked, and every innocent line is kept.
  /// Throws `RedactionProblem`.
  func prove(_ rule: SecretRule, file: String) throws(RedactionProblem) {
    for sample in rule.samples {
      let expected = Self.marked(sample.text, as: rule)
      let redacted = redact(Self.unmarked(sample.text))
      guard redacted == expected else {
        throw RedactionProblem(
          file: file, line: sample.line, column: 1,
          message: "this sample of [\(rule.name)] becomes \(redacted); expected \(expected)")
      }
    }
    for innocent in rule.innocents {
      let redacted = redact(innocent.text)
      guard redacted == innocent.text else {
        throw RedactionProblem(
          file: file, line: innocent.line, column: 1,
          message: "this innocent line of [\(rule.name)] becomes \(redacted)")
      }
    }
  }

  /// A sample as a log would have it. `⏎` in it ends a line.
  static func unmarked(_ sample: String) -> String {
    lines(String(sample.filter { $0 != "«" && $0 != "»" }))
  }

  /// A sample as it has to leave.
  private static func marked(_ sample: String, as rule: SecretRule) -> String {
    var text = ""
    var isSecret = false
    for character in sample {
      switch character {
      case "«":
        text += "[redacted:\(rule.name)]"
        isSecret = true
      case "»": isSecret = false
      default: if !isSecret { text.append(character) }
      }
    }
    return lines(text)
  }

  private static func lines(_ text: String) -> String {
    text.split(separator: "⏎", omittingEmptySubsequences: false).joined(separator: "\n")
  }
}
