import Foundation

extension Report {
  /// What a rule may alarm with at most: 0.8/50 of alpha.
  private static let nominal = 0.01 * 0.8 / 50

  /// The waves without requests are real changes to a judge that sees none.
  private func isPooled(_ cell: String) -> Bool { !cell.hasPrefix("wave") }

  func pooled() -> [String] {
    guard rows.contains(where: { $0.table == "no-change" }) else { return [] }
    var lines = [
      Self.row("pooled", "false alarms", "share", "exact 95 % interval", "nominal"),
      "| --- | --- | --- | --- | --- |",
    ]
    func add(_ name: String, _ measure: String, nominal: String, where isIn: (String) -> Bool) {
      let cells = cells("no-change", measure).filter { isPooled($0.cell) && isIn($0.cell) }
      let count = cells.reduce(0) { $0 + $1.count }
      let trials = cells.reduce(0) { $0 + $1.trials }
      lines.append(Self.row(name, Self.share(count, of: trials), nominal))
    }
    let nominal = String(format: "%.1e", Self.nominal)
    add("rules, all scenarios", "rules", nominal: nominal) { _ in true }
    for rate in Scenario.rates.map(Scenario.text) {
      add("rules, \(rate) a minute", "rules", nominal: nominal) { $0.hasSuffix(" \(rate)") }
    }
    for kind in ["poi", "nb2", "nb5", "nb20", "mmpp", "ar", "growth", "diurnal"] {
      add("rules, \(kind)", "rules", nominal: nominal) { cell in
        kind == "growth" || kind == "diurnal"
          ? cell.hasPrefix(kind) : cell.hasPrefix("\(kind) ")
      }
    }
    add("watches of 50 rules", "watches", nominal: "0.010") { _ in true }
    return lines
  }

  func noChange() -> [String] {
    let watches = cells("no-change", "watches")
    return [
      Self.row("scenario, events a minute", "rules", "share", "exact 95 % interval", "watches"),
      "| --- | --- | --- | --- | --- |",
    ]
      + cells("no-change", "rules").map { cell in
        let failed = watches.first { $0.cell == cell.cell }
        return Self.row(
          cell.cell, Self.share(cell.count, of: cell.trials),
          failed.map { "\($0.count) of \($0.trials)" } ?? "")
      }
  }

  /// Shares of watches of 50 rules with any alarm.
  func peers() -> [String] {
    let names = Peer.allCases.map(\.rawValue) + ["Kayenta's score"]
    let judge = cells("no-change", "watches")
    let columns = names.map { cells("no-change", "watches: \($0)") }
    func percent(_ cell: (cell: String, count: Int, trials: Int)?) -> String {
      guard let cell, cell.trials > 0 else { return "" }
      return String(format: "%.0f %%", 100 * Double(cell.count) / Double(cell.trials))
    }
    var lines = [
      "| scenario, events a minute | Tidemark | " + names.joined(separator: " | ") + " |",
      "|" + String(repeating: " --- |", count: names.count + 2),
    ]
    for cell in columns.first ?? [] {
      let shares =
        [percent(judge.first { $0.cell == cell.cell })]
        + columns.map { column in percent(column.first { $0.cell == cell.cell }) }
      lines.append("| \(cell.cell) | " + shares.joined(separator: " | ") + " |")
    }
    return lines
  }

  func delays() -> [String] {
    var lines = [
      Self.row("change", "alarmed", "median", "listed", "reference", "difference", "bound"),
      "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for reference in Scenario.delayReferences {
      let rows = rows.filter { $0.table == "delay" && $0.cell == reference.cell }
      guard let median = rows.last(where: { $0.measure == "median delay" }),
        let came = rows.last(where: { $0.measure == "came" })
      else { continue }
      let difference = 100 * (median.value / reference.present - 1)
      lines.append(
        Self.row(
          reference.cell, "\(Int(came.value)) of \(came.trials)",
          median.value < 0 ? "more than the hour" : "\(Int(median.value)) s",
          "\(Int(reference.listed)) s", "\(Int(reference.present)) s",
          median.value < 0 ? "" : String(format: "%+.0f %%", difference),
          "\(Int(reference.bound)) s"))
    }
    return lines
  }

  /// Counts as shares with their intervals, measured numbers in seconds.
  func plain(_ table: String) -> [String] {
    var lines = [
      Self.row("scenario", "what", "count", "share", "exact 95 % interval"),
      "| --- | --- | --- | --- | --- |",
    ]
    var cells: [String] = []
    for row in rows where row.table == table && !cells.contains(row.cell) { cells.append(row.cell) }
    for cell in cells {
      var measures: [String] = []
      for row in rows where row.table == table && row.cell == cell {
        if !measures.contains(row.measure) { measures.append(row.measure) }
      }
      let judged = self.cells(table, "judged").first { $0.cell == cell }
      if let judged, judged.count == 0 {
        lines.append(Self.row(cell, "not judged by this version", "", "", ""))
        continue
      }
      for measure in measures where measure != "judged" {
        if measure.hasPrefix("median") {
          let seconds = rows.last { $0.table == table && $0.cell == cell && $0.measure == measure }
          let value = seconds?.value ?? -1
          lines.append(
            Self.row(cell, measure, value < 0 ? "not within the watch" : "\(Int(value)) s", "", ""))
        } else if let row = self.cells(table, measure).first(where: { $0.cell == cell }) {
          lines.append(Self.row(cell, measure, Self.share(row.count, of: row.trials)))
        }
      }
    }
    return lines
  }
}
