import Judgement
import Records

/// A release's note as a page of its own, with pictures. How to roll back is one of the facts on top.
package enum NoteHTML {
  package static func render(_ note: ReleaseNote) -> String {
    var body = [
      HTMLText.heading(note.title, color: color(note.memo?.outcome ?? "")),
      "<dl class=\"facts\">",
    ]
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
        event.place.map { "<p class=\"dim\"><code>\(HTMLText.escaped($0))</code></p>" } ?? "",
        HTMLText.block(event.sample),
      ]
      if let hint = event.hint { body.append("<p>\(HTMLText.escaped(hint))</p>") }
    }
    return HTMLText.page(title: note.title, body: body)
  }

  /// The colour of a state or a verdict.
  private static func color(_ state: String) -> String {
    if state.hasPrefix("regressed") || state == "firing" { return "bad" }
    return state.hasPrefix("healthy") || state == "resolved" ? "good" : "warn"
  }

  private static func table(_ note: ReleaseNote) -> [String] {
    guard !note.rows.isEmpty else { return [] }
    let rows = note.rows.map { row in
      let edge = row.edge.map { "<small>\(HTMLText.escaped($0))</small>" } ?? ""
      let name = "<code>\(HTMLText.escaped(row.signal))</code>\(edge)"
      return "<th class=\"s\" scope=\"row\">\(name)</th>"
        + "<td class=\"k \(color(row.state))\">\(HTMLText.escaped(row.state))</td>"
        + "<td class=\"n\">\(HTMLText.escaped(row.before))</td>"
        + "<td class=\"n\">\(HTMLText.escaped(row.after))</td>"
        + "<td>\(HTMLText.escaped(row.ratio))</td>"
    }
    let header =
      "<th scope=\"col\">signal</th><th scope=\"col\">verdict</th>"
      + "<th class=\"n\" scope=\"col\">before</th><th class=\"n\" scope=\"col\">after</th>"
      + "<th scope=\"col\">change</th>"
    return [
      "<h2>Before and after</h2>", HTMLText.table("Before and after", header: header, rows: rows),
    ]
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
    guard !figures.isEmpty else { return [] }
    let rates =
      memo.charts?.isEmpty ?? true
      ? "" : "; level line: the rate before; band: the 95 % interval of the rate after"
    let legend = "Dashed upright line: the release\(rates). Times are UTC."
    return ["<h2>Over time</h2>", "<p class=\"dim\">\(legend)</p>", "<div class=\"plots\">"]
      + figures + ["</div>"]
  }

  private static func alerts(_ note: ReleaseNote) -> [String] {
    guard !note.events.isEmpty else { return [] }
    let rows = note.events.map { event in
      let moment = event.time.split(separator: "T", maxSplits: 1)
      let time = "<span>\(moment[0])T</span><span>\(moment[1])</span>"
      return "<td class=\"t\">\(time)</td>"
        + "<td class=\"k \(color(event.state))\">\(event.state)</td>"
        + "<td class=\"s\"><code>\(HTMLText.escaped(event.signal))</code></td>"
        + "<td>\(HTMLText.escaped(event.text))</td>"
    }
    let header =
      "<th scope=\"col\">time</th><th scope=\"col\">state</th><th scope=\"col\">signal</th>"
      + "<th scope=\"col\">what</th>"
    return ["<h2>Alerts</h2>", HTMLText.table("Alerts", header: header, rows: rows)]
  }
}
