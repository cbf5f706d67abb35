package import Rules

/// Counts of the routed measures by route, before and after the release, with a bound on routes.
///
/// The bound keeps the routes that are seen first and adds the rest up as `other`: no count is lost,
/// but a scanner that tries thousands of paths can push real routes there.
package struct RouteTable: Sendable {
  package struct Row: Sendable {
    package var route: [UInt8]
    package var baseline: [Double]
    package var candidate: [Double]
  }

  private var rowByRoute: [[UInt8]: Int] = [:]
  package private(set) var rows: [Row] = []
  /// Routes behind the bound, added up; nil while there are none.
  package private(set) var other: Row?
  /// Position of a measure in a row's arrays, or -1.
  private let columns: [Int]
  private let columnCount: Int

  /// - Parameter measures: for each measure, whether a signal wants it by route.
  package init(measures: [Bool]) {
    var next = 0
    columns = measures.map { wanted in
      guard wanted else { return -1 }
      defer { next += 1 }
      return next
    }
    columnCount = next
  }

  package func column(of measure: MeasureID) -> Int? {
    columns[measure] >= 0 ? columns[measure] : nil
  }

  /// Adds the hits of one request. O(hits) and one hash of the route.
  package mutating func add(_ observation: borrowing Observation, isBaseline: Bool) {
    guard columnCount > 0, !observation.route.isEmpty else { return }
    let row = self.row(of: observation.route)
    for hit in observation.hits where columns[hit.measure] >= 0 {
      let column = columns[hit.measure]
      if row < 0 {
        if isBaseline {
          other?.baseline[column] += hit.amount
        } else {
          other?.candidate[column] += hit.amount
        }
      } else if isBaseline {
        rows[row].baseline[column] += hit.amount
      } else {
        rows[row].candidate[column] += hit.amount
      }
    }
  }

  /// Measures that are counted by route.
  var measures: [MeasureID] { columns.indices.filter { columns[$0] >= 0 } }

  /// Adds counts that were made elsewhere; those of measures that have no column are left out.
  mutating func add(
    _ amounts: [(measure: MeasureID, amount: Double)], of route: [UInt8], isBaseline: Bool
  ) {
    guard columnCount > 0 else { return }
    let zeros = [Double](repeating: 0, count: columnCount)
    var added = Row(route: route, baseline: zeros, candidate: zeros)
    for (measure, amount) in amounts where columns[measure] >= 0 {
      if isBaseline {
        added.baseline[columns[measure]] += amount
      } else {
        added.candidate[columns[measure]] += amount
      }
    }
    let row = self.row(of: route)
    if row < 0 { other?.add(added) } else { rows[row].add(added) }
  }

  /// Adds the counts of another table of the same measures, its routes in the order in which it saw
  /// them.
  package mutating func merge(_ table: RouteTable) {
    for added in table.rows {
      let row = self.row(of: added.route)
      if row < 0 { other?.add(added) } else { rows[row].add(added) }
    }
    guard let rest = table.other else { return }
    if other == nil { other = rest } else { other?.add(rest) }
  }

  private mutating func row(of route: [UInt8]) -> Int {
    if let row = rowByRoute[route] { return row }
    let zeros = [Double](repeating: 0, count: columnCount)
    guard rows.count < Limits.routesCounted else {
      if other == nil {
        other = Row(route: Array("other".utf8), baseline: zeros, candidate: zeros)
      }
      return -1
    }
    rowByRoute[route] = rows.count
    rows.append(Row(route: route, baseline: zeros, candidate: zeros))
    return rows.count - 1
  }
}

extension RouteTable.Row {
  fileprivate mutating func add(_ row: RouteTable.Row) {
    for column in baseline.indices {
      baseline[column] += row.baseline[column]
      candidate[column] += row.candidate[column]
    }
  }
}
