/// A digest as Markdown, for a chat or an issue.
package enum SummaryMarkdown {
  package static func render(_ facts: SummaryFacts) -> String {
    let digest = SummaryDigest(facts)
    var lines = ["# " + MarkdownText.escaped(digest.title), "", MarkdownText.escaped(digest.span)]
    if !digest.problems.isEmpty {
      lines += ["", "## Not looked at", ""]
      lines += digest.problems.map { "- " + MarkdownText.escaped($0) }
    }
    for finding in digest.findings {
      lines += [
        "",
        "## \(MarkdownText.code(finding.signal)): \(SummaryText.word(finding.mark)), "
          + finding.severity, "",
      ]
      lines += finding.sentences.map { "- " + MarkdownText.escaped($0) }
      if let hint = finding.hint { lines.append("- hint: " + MarkdownText.escaped(hint)) }
      if let place = finding.place {
        lines += ["", MarkdownText.code(place), ""] + MarkdownText.block(finding.sample)
      }
    }
    if !digest.errors.isEmpty {
      lines += ["", "## Top errors", "", "| count | error | about |", "| ---: | --- | --- |"]
      lines += digest.errors.map { error in
        "| \(error.count) | \(MarkdownText.code(error.signal)) | "
          + "\(MarkdownText.escaped(error.about ?? "")) |"
      }
    }
    if !digest.numbers.isEmpty {
      lines += ["", "## Traffic and latency", ""]
      lines += digest.numbers.map {
        "- \(MarkdownText.code($0.name)): \(MarkdownText.escaped($0.text))"
      }
    }
    if !digest.files.isEmpty {
      lines += ["", "## Read", ""]
      lines += digest.files.map { "- \(MarkdownText.code($0.name)): \($0.lines) lines" }
    }
    if !digest.notes.isEmpty { lines.append("") }
    lines += digest.notes.map { "- " + MarkdownText.escaped($0) }
    return lines.joined(separator: "\n") + "\n"
  }
}
