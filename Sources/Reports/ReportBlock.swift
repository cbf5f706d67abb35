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
    var body: [String] = []
    var section = title
    for block in self {
      switch block {
      case .heading(let heading):
        let tag = body.isEmpty ? "h1" : "h2"
        section = heading
        body.append("<\(tag)>\(HTMLText.escaped(heading))</\(tag)>")
      case .paragraph(let sentence): body.append("<p>\(HTMLText.escaped(sentence))</p>")
      case .list(let items): body.append(HTMLText.list(items))
      case .quote(let quoted): body.append(HTMLText.block(quoted))
      case .table(let header, let rows):
        let names = header.map { name in
          name.isEmpty ? "<td></td>" : "<th scope=\"col\">\(HTMLText.escaped(name))</th>"
        }
        let cells = rows.map { row in row.map { "<td>\(HTMLText.escaped($0))</td>" }.joined() }
        body.append(
          HTMLText.table(
            "\(section), by \(header.first ?? "")", header: names.joined(), rows: cells))
      }
    }
    return HTMLText.page(title: title, body: body)
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
