import Records
package import Rules

extension Timeline {
  /// Adds the windows of an archive, its first one at `index`; what the rules do not count is left
  /// out. Windows outside of the plan are left out as well. Throws when the archive contradicts
  /// itself; the timeline holds a part of it then, and is of no use.
  ///
  /// - Parameters:
  ///   - limit: windows at and behind this index are left out too.
  ///   - input: the number of the logical input of that name; nil leaves it out.
  package mutating func restore(
    _ archive: WindowArchive, at index: Int, upTo limit: Int = .max, rules: RuleSet,
    input: (String) -> Int?
  ) throws(ArchiveError) {
    let limit = min(limit, ceiling)
    var windows = [Window](repeating: Window(), count: archive.count)
    try Self.readLines(archive, &windows)
    try Self.readMeasures(archive, rules, &windows)
    try Self.readHistograms(archive, rules, &windows)
    for (offset, window) in windows.enumerated()
    where window.lines > 0 && index + offset < limit {
      merge(window, at: index + offset)
    }
    try readInputs(archive, at: index, upTo: limit, input)
    try readRoutes(archive, at: index, upTo: limit, rules)
    try readMatches(archive, rules, isBaseline: index < 0)
    try readTimes(archive)
    try readSignatures(archive, rules, isBaseline: index < 0)
  }

  private static func readLines(
    _ archive: WindowArchive, _ windows: inout [Window]
  ) throws(ArchiveError) {
    guard var reader = archive.reader(of: .lines) else { return }
    for place in windows.indices {
      let lines = try reader.count(Limits.archivedCount, of: "lines of a window")
      guard lines > 0 else { continue }
      windows[place].lines = lines
      windows[place].records = try reader.count(lines, of: "records of a window")
      windows[place].unstampedRecords = try reader.count(lines, of: "records without a time")
      windows[place].ratedRecords = try reader.count(lines, of: "records with a severity")
    }
  }

  private static func readMeasures(
    _ archive: WindowArchive, _ rules: RuleSet, _ windows: inout [Window]
  ) throws(ArchiveError) {
    guard var reader = archive.reader(of: .measures) else { return }
    let measures = numbers(of: try reader.names(), in: rules.measureNames)
    for place in windows.indices {
      let count = try reader.count(measures.count, of: "measures of a window")
      var name = 0
      for _ in 0..<count {
        name += try reader.count(measures.count, of: "measures")
        guard name < measures.count else { throw ArchiveError("a measure has no name") }
        let amount = try reader.amount()
        guard let measure = measures[name] else { continue }
        windows[place].measures[measure] += amount
      }
    }
  }

  private static func readHistograms(
    _ archive: WindowArchive, _ rules: RuleSet, _ windows: inout [Window]
  ) throws(ArchiveError) {
    guard var reader = archive.reader(of: .histograms) else { return }
    let known = numbers(of: try reader.names(), in: rules.histogramNames)
    for place in windows.indices {
      for _ in 0..<(try reader.count(known.count, of: "histograms of a window")) {
        let name = try reader.count(max(0, known.count - 1), of: "histograms")
        let zeros = try reader.count(Limits.archivedCount, of: "numbers")
        let first = try reader.signed()
        var counts: [UInt32] = []
        for _ in 0..<(try reader.count(Limits.histogramBuckets, of: "buckets of a histogram")) {
          counts.append(UInt32(try reader.count(Int(UInt32.max), of: "numbers of a bucket")))
        }
        guard let histogram = Histogram(zeroCount: zeros, first: first, counts: counts) else {
          throw ArchiveError("a histogram lies outside of its range")
        }
        guard let index = known[name] else { continue }
        if windows[place].histograms.isEmpty {
          windows[place].histograms = [Histogram](
            repeating: Histogram(), count: rules.histogramCount)
        }
        windows[place].histograms[index].merge(histogram)
      }
    }
  }

  private mutating func readInputs(
    _ archive: WindowArchive, at index: Int, upTo limit: Int, _ number: (String) -> Int?
  ) throws(ArchiveError) {
    guard var reader = archive.reader(of: .inputs) else { return }
    for _ in 0..<(try reader.count(Limits.archivedNames, of: "inputs")) {
      let input = number(try reader.text())
      let hasRequests = try reader.number() > 0
      for window in index..<(index + archive.count) {
        let lines = try reader.count(Int(UInt32.max), of: "lines of a window")
        guard let input, lines > 0, window < limit, plan.phase(of: window) != .outside else {
          continue
        }
        inputLines.add(lines, of: input, in: window, isRequest: hasRequests)
      }
    }
  }

  private mutating func readRoutes(
    _ archive: WindowArchive, at index: Int, upTo limit: Int, _ rules: RuleSet
  ) throws(ArchiveError) {
    guard var reader = archive.reader(of: .routes) else { return }
    let measures = Self.numbers(of: try reader.names(), in: rules.measureNames)
    var rows: [Int] = []
    for _ in 0..<(try reader.count(Limits.archivedNames, of: "routes")) {
      let route = try reader.text()
      var amounts: [(measure: MeasureID, amount: Double)] = []
      for measure in measures {
        let amount = try reader.amount()
        if let measure, amount > 0 { amounts.append((measure, amount)) }
      }
      rows.append(routes.add(amounts, of: Array(route.utf8), isBaseline: index < 0))
    }
    for window in index..<(index + archive.count) {
      for _ in 0..<(try reader.count(Limits.archivedNames, of: "routes of a window")) {
        let row = try reader.count(max(0, rows.count - 1), of: "routes")
        let column = try reader.count(max(0, measures.count - 1), of: "measures")
        let amount = try reader.amount()
        guard rows.indices.contains(row), measures.indices.contains(column) else {
          throw ArchiveError("a route has no name")
        }
        guard let measure = measures[column], window < limit,
          plan.phase(of: window) != .outside
        else { continue }
        routes.add(amount, of: measure, row: rows[row], window: window)
      }
    }
  }

  private mutating func readMatches(
    _ archive: WindowArchive, _ rules: RuleSet, isBaseline: Bool
  ) throws(ArchiveError) {
    guard var reader = archive.reader(of: .rules) else { return }
    for _ in 0..<(try reader.count(Limits.archivedNames, of: "rules")) {
      let id = try reader.text()
      let count = try reader.count(Limits.archivedCount, of: "matches")
      guard let rule = rules.index(ofRule: id) else { continue }
      if isBaseline { baselineMatches[rule] += count } else { candidateMatches[rule] += count }
    }
  }

  private mutating func readTimes(_ archive: WindowArchive) throws(ArchiveError) {
    guard var reader = archive.reader(of: .times), !reader.isAtEnd else { return }
    let earliest = Timestamp(nanoseconds: try reader.signed())
    let latest = Timestamp(nanoseconds: try reader.signed())
    first = first.map { min($0, earliest) } ?? earliest
    last = last.map { max($0, latest) } ?? latest
    if latest < plan.release { lastBefore = lastBefore.map { max($0, latest) } ?? latest }
  }

  /// For each name of an archive its number here; nil for one that nothing has.
  private static func numbers(of names: [String], in known: [String]) -> [Int?] {
    if names == known { return Array(known.indices) }
    let numbers = Dictionary(zip(known, known.indices)) { first, _ in first }
    return names.map { numbers[$0] }
  }
}

extension WindowArchive {
  /// Which measures of the rules the archive could count: what is not among them was not looked for.
  package func knowsMeasures(of rules: RuleSet) throws(ArchiveError) -> [Bool] {
    guard var reader = reader(of: .measures) else {
      return rules.measureNames.map { _ in false }
    }
    let names = try reader.names()
    if names == rules.measureNames { return names.map { _ in true } }
    let known = Set(names)
    return rules.measureNames.map { known.contains($0) }
  }
}

extension Timeline {
  /// The same windows with an end that was not known before: that of what has been read.
  package mutating func close(at end: Int) {
    plan = WindowPlan(
      release: plan.release, widthNanoseconds: plan.widthNanoseconds,
      baselineSpan: Int64(-plan.baselineStart) * plan.widthNanoseconds,
      settle: Int64(plan.settleEnd) * plan.widthNanoseconds,
      length: Int64(end) * plan.widthNanoseconds)
    ceiling = min(ceiling, end)
  }
}
