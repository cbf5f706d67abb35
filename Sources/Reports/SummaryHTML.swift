/// A digest as a page of its own, for a mail or a browser.
package enum SummaryHTML {
  package static func render(_ facts: SummaryFacts) -> String {
    let digest = SummaryDigest(facts)
    var body = [
      HTMLText.heading(digest.title, color: color(digest)),
      "<p class=\"dim\">\(HTMLText.escaped(digest.span))</p>",
    ]
    if !digest.problems.isEmpty {
      body += ["<h2 class=\"warn\">Not looked at</h2>", HTMLText.list(digest.problems)]
    }
    body += digest.findings.flatMap(section)
    body += errors(digest)
    if !digest.numbers.isEmpty {
      body += ["<h2>Traffic and latency</h2>", "<dl>"]
      body += digest.numbers.map {
        "<dt>\(HTMLText.escaped($0.name))</dt><dd>\(HTMLText.escaped($0.text))</dd>"
      }
      body.append("</dl>")
    }
    if !digest.files.isEmpty {
      body += [
        "<h2>Read</h2>", HTMLText.list(digest.files.map { "\($0.name): \($0.lines) lines" }),
      ]
    }
    if !digest.notes.isEmpty { body += ["<h2>Notes</h2>", HTMLText.list(digest.notes)] }
    return HTMLText.page(title: digest.title, body: body)
  }

  /// The colour of the worst that the digest tells.
  private static func color(_ digest: SummaryDigest) -> String {
    if digest.findings.contains(where: { $0.mark == .worse }) { return "bad" }
    let isNew = digest.findings.contains { $0.mark == .new }
    return isNew || !digest.problems.isEmpty ? "warn" : "good"
  }

  private static func section(_ finding: SummaryDigest.Finding) -> [String] {
    let mark =
      switch finding.mark {
      case .worse: "bad"
      case .new: "warn"
      case .over: "good"
      case .silenced: "dim"
      }
    var lines = [
      "<h2><span class=\"\(mark)\">\(SummaryText.word(finding.mark))</span>: "
        + "<code>\(HTMLText.escaped(finding.signal))</code>, \(HTMLText.escaped(finding.severity))</h2>",
      HTMLText.list(finding.sentences + (finding.hint.map { ["hint: " + $0] } ?? [])),
    ]
    if let place = finding.place {
      lines += [
        "<p class=\"dim\"><code>\(HTMLText.escaped(place))</code></p>",
        HTMLText.block(finding.sample),
      ]
    }
    return lines
  }

  private static func errors(_ digest: SummaryDigest) -> [String] {
    guard !digest.errors.isEmpty else { return [] }
    let rows = digest.errors.map { error in
      "<td class=\"n\">\(error.count)</td>"
        + "<td class=\"s\"><code>\(HTMLText.escaped(error.signal))</code></td>"
        + "<td>\(HTMLText.escaped(error.about ?? ""))</td>"
    }
    let header =
      "<th class=\"n\" scope=\"col\">count</th><th scope=\"col\">error</th>"
      + "<th scope=\"col\">about</th>"
    return ["<h2>Top errors</h2>", HTMLText.table("Top errors", header: header, rows: rows)]
  }
}
