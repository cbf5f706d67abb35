package import Records
package import Rules

/// `tidemark rules explain`: one record and what the rules make of it, for a person.
package struct ExplanationText {
  private let rules: RuleSet
  private let style: Style

  package init(rules: RuleSet, style: Style) {
    self.rules = rules
    self.style = style
  }

  /// What of a long record is shown.
  private static let shownLines = 64
  private static let shownBytes = 8_192

  /// What stands before the signature.
  ///
  /// - Parameter place: what the record was read from; nil when there is but one line.
  package func head(
    _ explanation: Explanation, of record: borrowing Record, _ bytes: Span<UInt8>, place: String?
  ) -> String {
    var text = ""
    func add(_ name: String, _ value: String) {
      text += "\(name.padded(to: 10))\(value)\n"
    }
    let number = record.firstLineNumber
    let last = number + record.lineCount - 1
    let lines = last > number ? "lines \(number) to \(last)" : "line \(number)"
    if let place { add("place", place.isEmpty ? lines : "\(LogText.printable(place)), \(lines)") }
    for (index, line) in Self.lines(bytes).enumerated() { add(index == 0 ? "record" : "", line) }
    add("time", time(of: record))
    add("severity", record.severity?.name ?? "not stated")
    add("format", record.format.rawValue + shape(of: record))
    if explanation.matches.isEmpty { add("rules", "none matches") }
    for match in explanation.matches { text += self.lines(of: match) }
    return text
  }

  /// The line of the signature.
  package static func line(signature: String) -> String {
    "\("signature".padded(to: 10))\(LogText.printable(signature))\n"
  }

  /// What stands behind the signature: the signals that the record feeds.
  package func tail(_ explanation: Explanation) -> String {
    let signals = explanation.signals.map { rules.signals[$0].id }
    return signals.isEmpty ? "" : "\("feeds".padded(to: 10))\(signals.joined(separator: ", "))\n"
  }

  private func lines(of match: Explanation.Match) -> String {
    let rule = rules.rules[match.rule]
    var kind = rule.severity.name
    if let name = rule.ruleClass?.rawValue, name != kind { kind = "\(name), \(kind)" }
    var text = "rule      \(style.bold(rule.id))  (\(kind))"
    text += rule.about.map { "  \(LogText.printable($0))" } ?? ""
    text += "\n"
    for value in match.captures {
      text += "            \(value.name) = \(LogText.printable(value.text))\n"
    }
    return text
  }

  private func time(of record: borrowing Record) -> String {
    guard let time = record.time else { return "none, and none before it to inherit" }
    let source =
      switch record.timeSource {
      case .line: "stated by the line"
      case .inherited: "inherited from the record before"
      case .arrival: "of arrival, the line states none"
      case .none: "of unknown source"
      }
    return "\(time.rfc3339)  (\(source))"
  }

  private func shape(of record: borrowing Record) -> String {
    record.shape == .single ? "" : ", \(record.shape.rawValue) of \(record.lineCount) lines"
  }

  private static func lines(_ bytes: Span<UInt8>) -> [String] {
    var shown: [UInt8] = []
    for index in 0..<min(bytes.count, shownBytes) { shown.append(bytes[index]) }
    var lines = LogText.lines(shown)
    let isCut = bytes.count > shownBytes || lines.count > shownLines
    lines = Array(lines.prefix(shownLines))
    if isCut { lines.append("… (\(bytes.count) bytes in all)") }
    return lines
  }
}
