package import Rules

/// What a route came to, window by window.
extension RouteTable {
  /// The window from which on routes are counted one by one where the newest lies before the release.
  package static var firstWindow: Int { -Limits.routeWindows }

  /// The routes that stand for themselves, the busiest before the release first.
  ///
  /// - Parameters:
  ///   - requests: the measure that says how busy a route is.
  ///   - minimum: what a route needs of it before the release.
  package func busiest(by requests: MeasureID, minimum: Double, limit: Int) -> [Int] {
    guard let column = column(of: requests) else { return [] }
    let busy = rows.indices.filter {
      parents[$0] == $0 && rows[$0].baseline[column] >= minimum
    }
    let order = busy.sorted {
      let (left, right) = (rows[$0].baseline[column], rows[$1].baseline[column])
      return left != right
        ? left > right : rows[$0].route.lexicographicallyPrecedes(rows[$1].route)
    }
    return Array(order.prefix(limit))
  }

  /// The routes that stand for themselves.
  package var routes: [Row] { rows.indices.filter { parents[$0] == $0 }.map { rows[$0] } }

  /// Counts of one route in one window, as far as they are kept by route.
  ///
  /// - Complexity: linear in the routes of the window.
  package func window(at index: Int, row: Int) -> Window {
    var window = Window()
    for entry in windows[index] where current(Int(entry.row)) == row {
      window.measures[measures[Int(entry.column)]] += Double(entry.amount)
    }
    return window
  }

  /// Whether a path of the route stands in a line.
  package func isNamed(_ row: Int, in line: [UInt8]) -> Bool {
    let text = line.span
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "/"), index == 0 || Self.isBeforePath(text[index - 1])
      else {
        index += 1
        continue
      }
      let start = index
      while index < text.count, text[index] > 0x20, text[index] != UInt8(ascii: "\"") { index += 1 }
      var route: [UInt8] = []
      RouteTemplate.append(text, start..<index, to: &route)
      if templates.template(of: route) == rows[row].route { return true }
    }
    return false
  }

  private static func isBeforePath(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "=")
  }
}
