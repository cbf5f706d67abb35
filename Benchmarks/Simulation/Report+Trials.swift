extension Report {
  /// Trials of one kind: a row a scenario, a column a variant.
  func trials(_ prefix: String) -> [String] {
    let rows = rows.filter { $0.table == "trial" && $0.measure.hasPrefix(prefix) }
    let variants = TrialRule.Variant.allCases.filter { variant in
      rows.contains { $0.measure == prefix + variant.rawValue }
    }
    var cells: [String] = []
    for row in rows where !cells.contains(row.cell) { cells.append(row.cell) }
    func text(_ cell: String, _ variant: TrialRule.Variant) -> String {
      let found = rows.filter { $0.cell == cell && $0.measure == prefix + variant.rawValue }
      guard let last = found.last else { return "" }
      if prefix.hasPrefix("median") { return last.value < 0 ? "never" : "\(Int(last.value)) s" }
      return "\(found.reduce(0) { $0 + Int($1.value) })"
    }
    var lines = [
      "| scenario | tried | " + variants.map(\.rawValue).joined(separator: " | ") + " |",
      "|" + String(repeating: " --- |", count: variants.count + 2),
    ]
    for cell in cells {
      let first = rows.first { $0.cell == cell }
      let shown = variants.map { text(cell, $0) }
      lines.append(
        "| \(cell) | \(first?.trials ?? 0) | " + shown.joined(separator: " | ") + " |")
    }
    return lines
  }
}
