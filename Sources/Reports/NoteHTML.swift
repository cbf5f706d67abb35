import Judgement
import Records

/// A release's note as a page of its own, with pictures.
package enum NoteHTML {
  package static func render(_ note: ReleaseNote) -> String {
    var body = ["<h1>\(HTMLText.escaped(note.title))</h1>", "<dl>"]
    body += note.facts.map {
      "<dt>\($0.name)</dt><dd>\(HTMLText.escaped($0.text))</dd>"
    }
    body.append("</dl>")
    if !note.warnings.isEmpty {
      body += ["<h2 class=\"warn\">To know</h2>", HTMLText.list(note.warnings)]
    }
    body += table(note)
    body += pictures(note)
    body += alerts(note)
    if !note.evidence.isEmpty { body.append("<h2>Evidence</h2>") }
    for event in note.evidence {
      body += [
        "<h3><code>\(HTMLText.escaped(event.signal))</code></h3>",
        "<p><code>\(HTMLText.escaped(event.place ?? ""))</code></p>", HTMLText.block(event.sample),
      ]
      if let hint = event.hint { body.append("<p>\(HTMLText.escaped(hint))</p>") }
    }
    if let rollback = note.rollback {
      body += [
        "<h2>Rollback</h2>", "<p>\(HTMLText.escaped(LogText.printable(rollback)))</p>",
      ]
    }
    return HTMLText.page(title: note.title, body: body)
  }

  private static func table(_ note: ReleaseNote) -> [String] {
    guard !note.rows.isEmpty else { return [] }
    let rows = note.rows.map { row in
      let color =
        row.state.hasPrefix("regressed") ? "bad" : row.state == "undecided" ? "warn" : "good"
      return "<tr><th scope=\"row\"><code>\(HTMLText.escaped(row.signal))</code></th>"
        + "<td class=\"\(color)\">\(HTMLText.escaped(row.state))</td>"
        + "<td class=\"n\">\(HTMLText.escaped(row.before))</td>"
        + "<td class=\"n\">\(HTMLText.escaped(row.after))</td>"
        + "<td>\(HTMLText.escaped(row.ratio))</td></tr>"
    }
    return [
      "<h2>Before and after</h2>",
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Before and after\"><table>",
      "<tr><th scope=\"col\">signal</th><th scope=\"col\">verdict</th>"
        + "<th class=\"n\" scope=\"col\">before</th><th class=\"n\" scope=\"col\">after</th>"
        + "<th scope=\"col\">change</th></tr>",
    ] + rows + ["</table></div>"]
  }

  private static func pictures(_ note: ReleaseNote) -> [String] {
    guard let memo = note.memo else { return [] }
    var figures: [String] = []
    for (number, chart) in (memo.charts ?? []).enumerated() {
      figures.append(picture(chart, memo, number: number))
    }
    for (number, chart) in (memo.latencyCharts ?? []).enumerated() {
      figures.append(picture(chart, memo, number: number))
    }
    if let new = newKinds(memo) { figures.append(new) }
    return figures.isEmpty ? [] : ["<h2>Over time</h2>"] + figures
  }

  private static func alerts(_ note: ReleaseNote) -> [String] {
    guard !note.events.isEmpty else { return [] }
    let rows = note.events.map { event in
      let color = event.state == "firing" ? "bad" : event.state == "noted" ? "warn" : "good"
      return "<tr><td>\(event.time)</td><td class=\"\(color)\">\(event.state)</td>"
        + "<td><code>\(HTMLText.escaped(event.signal))</code></td>"
        + "<td>\(HTMLText.escaped(event.text))</td></tr>"
    }
    return [
      "<h2>Alerts</h2>",
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Alerts\"><table>",
      "<tr><th scope=\"col\">time</th><th scope=\"col\">state</th><th scope=\"col\">signal</th>"
        + "<th scope=\"col\">what</th></tr>",
    ] + rows + ["</table></div>"]
  }
}
