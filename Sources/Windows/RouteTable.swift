package import Rules

/// Counts of the routed measures by route: totals before and after the release, and window by window,
/// with a bound on routes.
///
/// Routes whose paths differ in what names one thing among many (`/blog/a-title`) become one when there
/// are too many of them. The bound keeps the routes that are seen first and adds the rest up as `other`:
/// no count is lost, but a scanner that tries thousands of paths can push real routes there.
package struct RouteTable: Sendable {
  package struct Row: Sendable {
    package var route: [UInt8]
    /// By column.
    package var baseline: [Double]
    package var candidate: [Double]
  }

  var rowByRoute: [[UInt8]: Int] = [:]
  package internal(set) var rows: [Row] = []
  /// By row, the row it became part of, or itself.
  var parents: [Int] = []
  /// Routes behind the bound, added up; nil while there are none.
  package private(set) var other: Row?
  /// Position of a measure in a row's arrays, or -1.
  private let columns: [Int]
  let columnCount: Int
  /// The measure of a column.
  let measures: [MeasureID]
  var windows = IndexedRow<[WindowEntry]>(empty: [])
  var templates = RouteTemplates()
  /// Rows that are judged by themselves: they keep their names.
  private var judgedRows: Set<Int> = []
  /// The measure whose total says how busy a route is: that of the first column that counts requests.
  private let busyColumn: Int?

  /// What one route came to in one window, in one column.
  struct WindowEntry: Sendable, Equatable {
    var row: UInt16
    var column: UInt8
    var amount: Float
  }

  /// - Parameters:
  ///   - measures: for each measure, whether a signal wants it by route.
  ///   - requests: the measure of all requests.
  package init(measures: [Bool], requests: MeasureID? = nil) {
    var next = 0
    let columns = measures.map { wanted in
      guard wanted, next <= Int(UInt8.max) else { return -1 }
      defer { next += 1 }
      return next
    }
    self.columns = columns
    columnCount = next
    self.measures = measures.indices.filter { measures[$0] }.prefix(next).map(\.self)
    busyColumn = requests.flatMap { columns[$0] >= 0 ? columns[$0] : nil }
  }

  package func column(of measure: MeasureID) -> Int? {
    columns[measure] >= 0 ? columns[measure] : nil
  }

  /// Adds the hits of one request to its window. O(hits), one hash of the route, and the routes of that
  /// window.
  package mutating func add(
    _ observation: borrowing Observation, isBaseline: Bool, window: Int
  ) {
    guard columnCount > 0, !observation.route.isEmpty else { return }
    let row = self.row(of: observation.route)
    let place = row >= 0 ? place(of: window) ?? -1 : -1
    for hit in observation.hits where columns[hit.measure] >= 0 {
      let column = columns[hit.measure]
      if row < 0 {
        if isBaseline {
          other?.baseline[column] += hit.amount
        } else {
          other?.candidate[column] += hit.amount
        }
        continue
      }
      if isBaseline {
        rows[row].baseline[column] += hit.amount
      } else {
        rows[row].candidate[column] += hit.amount
      }
      if place >= 0 { Self.add(hit.amount, row: row, column: column, to: &windows.elements[place]) }
    }
  }

  /// Adds totals that were counted elsewhere; those of measures that have no column are left out.
  ///
  /// - Returns: the route's row; -1 behind the bound.
  mutating func add(
    _ amounts: [(measure: MeasureID, amount: Double)], of route: [UInt8], isBaseline: Bool
  ) -> Int {
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
    return row
  }

  /// Adds what a row came to in one window, as far back as windows are kept by route.
  mutating func add(_ amount: Double, of measure: MeasureID, row: Int, window: Int) {
    guard row >= 0, columns[measure] >= 0, let place = place(of: window) else { return }
    Self.add(
      amount, row: current(row), column: columns[measure], to: &windows.elements[place])
  }

  /// Adds the counts of another table of the same measures, its routes in the order in which it saw
  /// them.
  package mutating func merge(_ table: RouteTable) {
    for prefix in table.templates.prefixes where !templates.prefixes.contains(prefix) {
      collapse(prefix)
    }
    var places = [Int](repeating: -1, count: table.rows.count)
    for (place, added) in table.rows.enumerated() where table.parents[place] == place {
      let row = self.row(of: added.route)
      places[place] = row
      if row < 0 { other?.add(added) } else { rows[row].add(added) }
    }
    for index in table.windows.indices {
      for entry in table.windows[index] {
        let row = places[table.current(Int(entry.row))]
        guard row >= 0, let place = place(of: index) else { continue }
        Self.add(
          Double(entry.amount), row: current(row), column: Int(entry.column),
          to: &windows.elements[place])
      }
    }
    guard let rest = table.other else { return }
    if other == nil { other = rest } else { other?.add(rest) }
  }

  /// The place of a window; nil for one that is too old: of those before the release only the newest are
  /// kept, whether they lie right before it or not.
  private mutating func place(of window: Int) -> Int? {
    let newest = windows.indices.isEmpty ? window : max(window, windows.indices.upperBound - 1)
    let first = min(0, newest + 1) - Limits.routeWindows
    guard window >= first else { return nil }
    // Seldom, because what is forgotten makes the others move up.
    if windows.indices.lowerBound < first - Limits.routeWindows / 4 {
      windows.forget(before: first)
    }
    return windows.place(of: window)
  }

  /// Keeps the windows of `range` only, as if they had begun so many windows later.
  mutating func move(windows range: Range<Int>, by shift: Int) { windows.move(range, by: shift) }

  /// Puts all counts on one side of the release.
  mutating func gather(asBaseline isBaseline: Bool) {
    for row in rows.indices { rows[row].gather(asBaseline: isBaseline) }
    other?.gather(asBaseline: isBaseline)
  }

  /// The row of a route; -1 behind the bound.
  private mutating func row(of route: [UInt8]) -> Int {
    if let row = rowByRoute[route] { return row }
    if !templates.prefixes.isEmpty {
      let template = templates.template(of: route)
      if template != route { return row(of: template) }
    }
    let zeros = [Double](repeating: 0, count: columnCount)
    guard rows.count < Limits.routesCounted else {
      if other == nil {
        other = Row(route: Array("other".utf8), baseline: zeros, candidate: zeros)
      }
      return -1
    }
    rowByRoute[route] = rows.count
    rows.append(Row(route: route, baseline: zeros, candidate: zeros))
    parents.append(rows.count - 1)
    guard let prefix = templates.learn(route) else { return rows.count - 1 }
    collapse(prefix)
    return self.row(of: route)
  }

  /// Makes one of the routes that differ in the segment behind `prefix`; those that are busy by
  /// themselves stay.
  private mutating func collapse(_ prefix: [UInt8]) {
    let below = rows.indices.filter { parents[$0] == $0 && rows[$0].route.starts(with: prefix) }
    func requests(_ row: Int) -> Double {
      busyColumn.map { rows[row].baseline[$0] + rows[row].candidate[$0] } ?? 0
    }
    let total = below.reduce(0) { $0 + requests($1) }
    var byChild: [[UInt8]: Double] = [:]
    for row in below { byChild[Self.child(rows[row].route, prefix), default: 0] += requests(row) }
    let kept = byChild.filter {
      $0.value >= Limits.routeRequestsKept && $0.value >= total / Limits.routeShareKept
    }
    let judged = below.filter { judgedRows.contains($0) }
    templates.collapse(
      prefix,
      keeping: Set(kept.keys).union(judged.map { Self.child(rows[$0].route, prefix) }))
    for row in below {
      let template = templates.template(of: rows[row].route)
      guard template != rows[row].route else { continue }
      rowByRoute[rows[row].route] = nil
      if let target = rowByRoute[template] {
        let added = rows[row]
        rows[target].add(added)
        rows[row].baseline = []
        rows[row].candidate = []
        parents[row] = target
      } else {
        rows[row].route = template
        rowByRoute[template] = row
      }
    }
  }

  /// From now on these rows are no part of others, however many routes come that are like theirs.
  mutating func keepApart(_ rows: [Int]) { judgedRows.formUnion(rows) }

  private static func child(_ route: [UInt8], _ prefix: [UInt8]) -> [UInt8] {
    Array(route.dropFirst(prefix.count).prefix { $0 != UInt8(ascii: "/") })
  }

  /// The row that a row became part of.
  func current(_ row: Int) -> Int {
    var root = row
    while parents[root] != root { root = parents[root] }
    return root
  }

  private static func add(
    _ amount: Double, row: Int, column: Int, to entries: inout [WindowEntry]
  ) {
    for place in entries.indices
    where entries[place].row == UInt16(row) && entries[place].column == UInt8(column) {
      entries[place].amount += Float(amount)
      return
    }
    guard entries.count < Limits.routeEntriesPerWindow else { return }
    entries.append(
      WindowEntry(row: UInt16(row), column: UInt8(column), amount: Float(amount)))
  }
}

extension RouteTable.Row {
  fileprivate mutating func gather(asBaseline isBaseline: Bool) {
    let sums = zip(baseline, candidate).map(+)
    let zeros = [Double](repeating: 0, count: sums.count)
    baseline = isBaseline ? sums : zeros
    candidate = isBaseline ? zeros : sums
  }

  fileprivate mutating func add(_ row: RouteTable.Row) {
    for column in baseline.indices {
      baseline[column] += row.baseline[column]
      candidate[column] += row.candidate[column]
    }
  }
}
