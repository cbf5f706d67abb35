import Records

extension Timeline {
  /// Adds what another timeline of the same plan and rules holds: a part of the input that was read by
  /// itself.
  ///
  /// What depends on an order (which routes are counted apart, how much of a sample is kept) follows
  /// that of the merges, so that parts merged in their order give the same whichever was read first.
  /// - Parameter linesBefore: lines of the samples' file that precede the part.
  package mutating func merge(_ other: Timeline, linesBefore: Int) {
    for index in other.row.indices {
      var window = other.row[index]
      guard window.records > 0 else { continue }
      for measure in window.samples.keys { window.samples[measure]?.lineNumber += linesBefore }
      row.elements[row.place(of: index)].merge(window)
    }
    routes.merge(other.routes)
    inputLines.merge(other.inputLines)
    signatures.merge(other.signatures, linesBefore: linesBefore)
    baselineLines += other.baselineLines
    candidateLines += other.candidateLines
    outsideLines += other.outsideLines
    unplacedRecords += other.unplacedRecords
    lateLines += other.lateLines
    sampleBytes += other.sampleBytes
    first = [first, other.first].compactMap(\.self).min()
    lastBefore = [lastBefore, other.lastBefore].compactMap(\.self).max()
    last = [last, other.last].compactMap(\.self).max()
    for rule in baselineMatches.indices {
      baselineMatches[rule] += other.baselineMatches[rule]
      candidateMatches[rule] += other.candidateMatches[rule]
    }
  }
}
