/// A digest as text, for a mail from cron.
package enum SummaryText {
  package static func render(_ facts: SummaryFacts, _ style: Style) -> String {
    let digest = SummaryDigest(facts)
    var lines = [style.bold("SUMMARY") + "  " + digest.title, "  " + digest.span]
    for problem in digest.problems { lines.append("  " + style.yellow("! ") + problem) }
    for finding in digest.findings {
      lines.append("")
      lines += block(finding, style).map { "  " + $0 }
    }
    if !digest.errors.isEmpty {
      lines += ["", "  top errors:"]
      let width = digest.errors.map(\.count.count).max() ?? 0
      for error in digest.errors {
        let pad = String(repeating: " ", count: width - error.count.count)
        lines.append(
          "    \(pad)\(error.count)  \(error.signal)" + (error.about.map { "  " + $0 } ?? ""))
        if let sample = error.sample { lines.append(style.dim("      │ " + sample)) }
      }
    }
    if !digest.numbers.isEmpty { lines.append("") }
    for number in digest.numbers { lines.append("  \(number.name)  \(number.text)") }
    if !digest.files.isEmpty { lines += ["", "  read:"] }
    for file in digest.files { lines.append("    \(file.lines) lines  \(file.name)") }
    if !digest.notes.isEmpty { lines.append("") }
    for note in digest.notes { lines.append("  " + note) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func block(_ finding: SummaryDigest.Finding, _ style: Style) -> [String] {
    let head =
      switch finding.mark {
      case .worse: style.red("▲ " + finding.signal)
      case .new: style.yellow("● " + finding.signal)
      case .over: style.green("▽ " + finding.signal)
      case .silenced: "○ " + finding.signal
      }
    var lines = ["\(head)  \(word(finding.mark)), \(finding.severity)"]
    lines += finding.sentences.map { "  " + $0 }
    if let place = finding.place { lines.append("  " + place) }
    lines += finding.sample.map { style.dim("    │ " + $0) }
    if let hint = finding.hint { lines.append("  hint: " + hint) }
    return lines
  }

  static func word(_ mark: SummaryDigest.Mark) -> String {
    switch mark {
    case .worse: "worse"
    case .new: "new"
    case .over: "over"
    case .silenced: "silenced"
    }
  }
}
