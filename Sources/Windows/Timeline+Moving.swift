import Records

extension Timeline {
  /// Adds windows of a timeline that was read on its own clock, as if they had begun so many windows
  /// later. Both cut time into windows of one width; inputs keep their numbers.
  ///
  /// Windows that fall outside of the plan are left out and counted. How often rules matched, and what
  /// each route came to, is known for the whole of `other` only: it goes to the side of the release on
  /// which the last window of `range` falls.
  ///
  /// - Parameter keepsInputs: whether the inputs of both are the same ones, so that one which stops is
  ///   missed.
  package mutating func take(
    _ other: Timeline, windows range: Range<Int>, movedBy shift: Int, keepsInputs: Bool = true
  ) {
    precondition(plan.widthNanoseconds == other.plan.widthNanoseconds, "windows of one width")
    for index in range.clamped(to: other.row.indices) {
      let window = other.row[index]
      guard window.records > 0 else { continue }
      merge(window, at: index + shift)
    }
    if keepsInputs { inputLines.take(other.inputLines, windows: range, movedBy: shift) }
    let isBaseline = range.upperBound + shift <= 0
    var movedRoutes = other.routes
    movedRoutes.gather(asBaseline: isBaseline)
    movedRoutes.move(windows: range, by: shift)
    routes.merge(movedRoutes)
    var movedSignatures = other.signatures
    movedSignatures.gather(asBaseline: isBaseline)
    movedSignatures.move(windows: range, by: shift)
    signatures.merge(movedSignatures, linesBefore: 0)
    for rule in baselineMatches.indices {
      let count = other.baselineMatches[rule] + other.candidateMatches[rule]
      if isBaseline { baselineMatches[rule] += count } else { candidateMatches[rule] += count }
    }
    sampleBytes += other.sampleBytes
    unplacedRecords += other.unplacedRecords
    let bounds = range.clamped(to: other.row.indices)
    guard !bounds.isEmpty else { return }
    let from = plan.start(of: bounds.lowerBound + shift)
    let to = plan.start(of: bounds.upperBound + shift)
    first = [first, from].compactMap(\.self).min()
    last = [last, to].compactMap(\.self).max()
    if isBaseline { lastBefore = [lastBefore, to].compactMap(\.self).max() }
  }

  /// From the first window that holds a line to behind the last, a line or two that lie an hour from all
  /// others left out at both ends; empty without any line.
  ///
  /// It is for a timeline that knows no release: all of its windows lie on one side of it.
  package var body: Range<Int> {
    let used = row.indices.filter { row[$0].lines > 0 }
    guard let first = used.first, let last = used.last else { return 0..<0 }
    return bodyEdge(used, from: first)..<(bodyEdge(used.reversed(), from: last) + 1)
  }

  /// The outermost window of the body, seen from one end.
  private func bodyEdge(_ used: [Int], from outermost: Int) -> Int {
    let gap = max(1, Int(Limits.strayNanoseconds / plan.widthNanoseconds))
    var edge = outermost
    var before = outermost
    var lines = 0
    for index in used {
      if abs(index - before) > gap {
        edge = index
        lines = 0
      }
      lines += row[index].lines
      before = index
      if lines > Limits.strayLines { return edge }
    }
    return outermost
  }
}
