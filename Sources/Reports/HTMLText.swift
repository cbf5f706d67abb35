/// Pages that open without a network: one file, no script, light and dark, and narrow screens.
enum HTMLText {
  /// Text of a log or of a user inside an element or a quoted attribute.
  static func escaped(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// A whole page. `body` is markup; `title` is text.
  static func page(title: String, body: [String]) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(escaped(title))</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    <main>
    \(body.joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  private static let style = """
    :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #f2f4f7;
      --line: #c9d0d9; --dim: #56606c; --bad: #b3261e; --good: #1a6b35; --warn: #8a5a00;
      --mark: #1f5fbf; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e9ee; --paper: #14171b; --soft: #1e2329; --line: #3b434d; --dim: #a3adb9;
        --bad: #ff8a80; --good: #7ddc9a; --warn: #f2c14e; --mark: #8ab8ff; }
    }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 54rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.5rem; line-height: 1.25; }
    h2 { font-size: 1.15rem; margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 1rem; }
    h3 { font-size: 1rem; margin-bottom: .25rem; }
    .bad { color: var(--bad); } .good { color: var(--good); } .warn { color: var(--warn); }
    .dim { color: var(--dim); }
    pre { background: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: .75rem;
      overflow-x: auto; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; }
    code { font-family: ui-monospace, monospace; font-size: .95em; }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line);
      vertical-align: top; }
    td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
    dt { color: var(--dim); } dd { margin: 0; }
    @media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
    svg { width: 100%; height: auto; display: block; }
    svg text { fill: var(--dim); font: 11px system-ui, sans-serif; }
    """

  /// A list of sentences.
  static func list(_ sentences: [String]) -> String {
    sentences.isEmpty
      ? ""
      : "<ul>\n" + sentences.map { "<li>\(escaped($0))</li>" }.joined(separator: "\n") + "\n</ul>"
  }

  /// Lines of a log. It can be scrolled with the keyboard.
  static func block(_ lines: [String]) -> String {
    "<pre tabindex=\"0\">\(escaped(lines.joined(separator: "\n")))</pre>"
  }
}
