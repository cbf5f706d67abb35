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
      // A page must not hold code points that are no characters.
      case _ where scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value):
        output += "\u{FFFD}"
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
    :root { --ink: #1b1f24; --paper: #ffffff; --soft: #f2f4f7;
      --line: #c9d0d9; --dim: #56606c; --bad: #b3261e; --good: #1a6b35; --warn: #8a5a00;
      --mark: #1f5fbf; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e9ee; --paper: #14171b; --soft: #1e2329; --line: #3b434d; --dim: #a3adb9;
        --bad: #ff8a80; --good: #7ddc9a; --warn: #f2c14e; --mark: #8ab8ff; }
    }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 54rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.5rem; line-height: 1.25; padding-left: .75rem;
      border-left: .35rem solid var(--line); }
    h1.bad, h1.good, h1.warn { border-color: currentColor; }
    h1 span { color: var(--ink); }
    h2 { font-size: 1.15rem; margin-top: 2rem; border-top: 1px solid var(--line);
      padding-top: 1rem; }
    h3 { font-size: 1rem; margin: 1.75rem 0 .25rem; }
    h3 + p { margin-top: 0; }
    .bad { color: var(--bad); } .good { color: var(--good); } .warn { color: var(--warn); }
    .dim { color: var(--dim); }
    pre { background: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: .75rem;
      overflow: auto; max-height: 20rem; font: 13px/1.45 ui-monospace, monospace;
      white-space: pre-wrap; }
    code { font-family: ui-monospace, monospace; font-size: .95em; }
    .wide { overflow-x: auto; overflow-wrap: normal; }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line);
      vertical-align: top; }
    tbody tr:last-child > * { border-bottom: 0; }
    td:last-child { min-width: 9rem; overflow-wrap: anywhere; padding-right: 0; }
    .s { min-width: 7rem; max-width: 20rem; overflow-wrap: anywhere; }
    .s small { display: block; font-weight: normal; color: var(--dim); }
    .k, .n, .t { white-space: nowrap; }
    .n { text-align: right; font-variant-numeric: tabular-nums; }
    td.n, th.n { padding-right: 1rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
    dt { color: var(--dim); } dd { margin: 0; }
    .plots { display: grid; gap: 1.5rem 1rem;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
    figure { margin: 0; display: flex; flex-direction: column; justify-content: space-between; }
    figcaption { font-size: .875rem; margin-bottom: .5rem; }
    svg { width: 100%; height: auto; display: block; }
    svg text { fill: var(--dim); font: 12px system-ui, sans-serif; }
    @media (max-width: 30rem) {
      dl:not(.facts) { grid-template-columns: 1fr; } dl:not(.facts) dd { margin-bottom: .5rem; }
      table { font-size: .8125rem; } th, td { padding-right: .45rem; }
      td.n, th.n { padding-right: .6rem; }
      .t { white-space: normal; } .t span { display: inline-block; white-space: nowrap; }
      .s { min-width: 5.5rem; } td:last-child { min-width: 4.5rem; }
      ul { padding-left: 1.25rem; }
    }
    @media print { pre { max-height: none; } }
    """

  /// The heading of a page, with a bar in the colour of what it says.
  static func heading(_ text: String, color: String) -> String {
    "<h1 class=\"\(color)\"><span>\(escaped(text))</span></h1>"
  }

  /// A table that is scrolled by itself, with the keyboard as well. `header` and `rows` are markup.
  static func table(_ name: String, header: String, rows: [String]) -> String {
    let body = rows.map { "<tr>\($0)</tr>" }.joined(separator: "\n")
    return """
      <div class="wide" tabindex="0" role="region" aria-label="\(escaped(name))">
      <table>
      <thead>
      <tr>\(header)</tr>
      </thead>
      <tbody>
      \(body)
      </tbody>
      </table>
      </div>
      """
  }

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
