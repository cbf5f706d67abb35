/// What GitHub Actions read: one annotation on standard output, and Markdown for the step's summary.
package enum GitHubPayload {
  /// One line that begins with `::` and whose text cannot begin another.
  package static func annotation(_ notice: Notice) -> String {
    let command =
      switch notice.state {
      case .firing: notice.severity >= .error ? "error" : "warning"
      case .resolved, .test: "notice"
      }
    let title = "\(notice.headline): \(title(notice))"
    var text = notice.summary
    for (name, value) in notice.facets { text += "\n\(name): \(SinkText.oneLine(value))" }
    return "::\(command) title=\(property(title))::\(data(SinkText.printable(text)))"
  }

  /// A part of the summary; the sample is indented, so that no mark in it ends the code.
  package static func summary(_ notice: Notice) -> String {
    var text =
      "### \(markdown(notice.headline)): \(markdown(title(notice)))\n\n| | |\n|---|---|\n"
    for (name, value) in notice.facets {
      text += "| \(markdown(name)) | \(markdown(SinkText.oneLine(value))) |\n"
    }
    if !notice.sampleText.isEmpty {
      let lines = SinkText.printable(notice.sampleText).split(
        separator: "\n", omittingEmptySubsequences: false)
      text += "\n" + lines.map { "    \($0)\n" }.joined()
    }
    return text + "\n"
  }

  private static func title(_ notice: Notice) -> String {
    SinkText.oneLine(notice.facts.title, limit: 180)
  }

  private static func data(_ text: String) -> String {
    SinkText.replace(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    SinkText.replace(data(text), [":": "%3A", ",": "%2C"])
  }

  private static func markdown(_ text: String) -> String {
    SinkText.replace(
      SinkText.escape(SinkText.replace(text, ["&": "&amp;"]), "\\`*_{}[]()#+!|~@"),
      ["<": "&lt;", ">": "&gt;"])
  }
}
