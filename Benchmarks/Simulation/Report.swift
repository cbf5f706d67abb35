import Foundation

/// The tables of the results, put into a Markdown file between marks:
/// `<!-- table: no-change -->` … `<!-- end -->`. What stands outside of them is written by hand.
///
/// Figures of several seeds are pooled.
struct Report {
  let rows: [ResultRow]

  /// Of several runs of a scenario from one seed the longest counts: it has the others' watches in it.
  init(_ rows: [ResultRow]) {
    var longest: [String: Int] = [:]
    func key(_ row: ResultRow) -> String { "\(row.table)/\(row.cell)/\(row.seed)" }
    for row in rows { longest[key(row)] = max(longest[key(row)] ?? 0, row.watches) }
    self.rows = rows.filter { longest[key($0)] == $0.watches }
  }

  func write(into path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var lines: [Substring] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "<!-- end -->" { isInside = false }
      guard !isInside else { continue }
      lines.append(line)
      guard line.hasPrefix("<!-- table: "), line.hasSuffix(" -->") else { continue }
      let name = String(line.dropFirst("<!-- table: ".count).dropLast(" -->".count))
      // What was not simulated stays as it was written before.
      let rows = table(name)
      guard rows.count > 2 else { continue }
      isInside = true
      lines += rows.map { $0[...] }
    }
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func table(_ name: String) -> [String] {
    switch name {
    case "pooled": pooled()
    case "no-change": noChange()
    case "peers": peers()
    case "delay": delays()
    case "trial-delay": trials("median, ")
    case "trial-quiet": trials("alarms, ")
    default: plain(name)
    }
  }

  /// Rows of one table and measure, cells in the order in which they were simulated; runs from
  /// several seeds are pooled.
  func cells(_ table: String, _ measure: String) -> [(cell: String, count: Int, trials: Int)] {
    var cells: [(cell: String, count: Int, trials: Int)] = []
    for row in rows where row.table == table && row.measure == measure {
      if let position = cells.firstIndex(where: { $0.cell == row.cell }) {
        cells[position].count += Int(row.value)
        cells[position].trials += row.trials
      } else {
        cells.append((row.cell, Int(row.value), row.trials))
      }
    }
    return cells
  }

  static func number(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : String(format: "%.3g", value)
  }

  /// A count with its rate and exact interval.
  static func share(_ count: Int, of trials: Int) -> String {
    guard trials > 0 else { return "none tried" }
    let interval = ExactInterval(count: count, of: trials)
    func short(_ value: Double) -> String {
      value == 0
        ? "0" : value >= 0.01 ? String(format: "%.3f", value) : String(format: "%.1e", value)
    }
    return "\(count) of \(trials) | \(short(Double(count) / Double(trials))) | "
      + "\(short(interval.low)) to \(short(interval.high))"
  }

  static func row(_ cells: String...) -> String { "| " + cells.joined(separator: " | ") + " |" }
}
