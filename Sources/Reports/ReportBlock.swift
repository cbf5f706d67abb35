/// A piece of a report, before it is known in which form it will be printed.
package enum ReportBlock: Sendable {
  case heading(String)
  case paragraph(String)
  case list([String])
  case table(header: [String], rows: [[String]])
  /// Lines out of a log.
  case quote([String])
}

extension [ReportBlock] {
  /// For a terminal.
  package func text(_ style: Style) -> String {
    var lines: [String] = []
    for block in self {
      switch block {
      case .heading(let title):
        if !lines.isEmpty { lines.append("") }
        lines.append(style.bold(title))
      case .paragraph(let sentence): lines.append("  " + sentence)
      case .list(let items): lines += items.map { "  - " + $0 }
      case .quote(let quoted): lines += quoted.map { "    │ " + $0 }
      case .table(let header, let rows): lines += Self.columns([header] + rows).map { "  " + $0 }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func columns(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      var line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  package func markdown() -> String {
    map { block in
      switch block {
      case .heading(let title): "## " + Self.escapedMarkdown(title)
      case .paragraph(let sentence): Self.escapedMarkdown(sentence)
      case .list(let items):
        items.map { "- " + Self.escapedMarkdown($0) }.joined(separator: "\n")
      case .quote(let quoted): quoted.map { "    " + $0 }.joined(separator: "\n")
      case .table(let header, let rows):
        ([header, header.map { _ in "---" }] + rows).enumerated().map { index, row in
          "| " + row.map { index == 1 ? $0 : Self.escapedMarkdown($0) }.joined(separator: " | ")
            + " |"
        }.joined(separator: "\n")
      }
    }.joined(separator: "\n\n") + "\n"
  }

  /// A page of its own, without scripts and without anything fetched.
  package func html(title: String) -> String {
    let body = map { block in
      switch block {
      case .heading(let title): "<h2>\(Self.escapedHTML(title))</h2>"
      case .paragraph(let sentence): "<p>\(Self.escapedHTML(sentence))</p>"
      case .list(let items):
        "<ul>" + items.map { "<li>\(Self.escapedHTML($0))</li>" }.joined() + "</ul>"
      case .quote(let quoted):
        "<pre>" + quoted.map(Self.escapedHTML).joined(separator: "\n") + "</pre>"
      case .table(let header, let rows):
        "<table><thead>" + Self.row(header, "th") + "</thead><tbody>"
          + rows.map { Self.row($0, "td") }.joined(separator: "\n") + "</tbody></table>"
      }
    }.joined(separator: "\n")
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>\(Self.escapedHTML(title))</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse } th, td { text-align: left; padding: .2rem .8rem .2rem 0 }
      pre { overflow-x: auto; background: #f4f4f4; padding: .5rem }
      </style></head><body>
      \(body)
      </body></html>

      """
  }

  private static func row(_ cells: [String], _ tag: String) -> String {
    "<tr>" + cells.map { "<\(tag)>\(escapedHTML($0))</\(tag)>" }.joined() + "</tr>"
  }

  private static func escapedHTML(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// What a log says must not become a link, a picture or a new cell.
  private static func escapedMarkdown(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "\\`*_[]<>|#~".contains(character) { escaped += "\\" }
      escaped.append(character)
    }
    return escaped
  }
}
