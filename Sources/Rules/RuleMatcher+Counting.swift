import Bytes
package import Records

/// What `tidemark count` does: one number a rule.
extension RuleMatcher {
  /// Adds one to each rule for each line in which its pattern is found. Nothing but the pattern
  /// counts: rules without one are left out, and `record`, `where` and `fields` are not looked at.
  ///
  /// - Parameters:
  ///   - block: whole lines, each with its LF; a CR before it belongs to the line.
  ///   - lines: how many they are.
  ///   - counts: as many numbers as there are rules.
  package mutating func countLines(of block: Span<UInt8>, lines: Int, counts: inout [Int]) {
    precondition(counts.count == program.plans.count, "each rule has one count")
    if lineFilter == nil { lineFilter = Prefilter(program.lineRequirements()) }
    lineFilter?.prepare(block, texts: lines)
    countUnfiltered(block, &counts)
    var place = LinePlace()
    var start = 0
    while start < block.count {
      let end = min(block.count, start + Limits.scanBytes)
      var found: [Candidate] = []
      swap(&found, &candidates)
      lineFilter?.scan(block, in: start..<end, found: &found)
      for candidate in found {
        place.move(to: candidate.place, in: block)
        count(candidate.pattern, place, block, &counts)
      }
      found.removeAll(keepingCapacity: true)
      swap(&found, &candidates)
      start = end
    }
    stampBase += UInt64(place.serial)
  }

  /// One pattern on one line in which it is a candidate, unless it was one there before.
  private mutating func count(
    _ rule: Int, _ place: LinePlace, _ block: Span<UInt8>, _ counts: inout [Int]
  ) {
    let stamp = stampBase + UInt64(place.serial)
    guard stamps[rule] != stamp else { return }
    stamps[rule] = stamp
    lineFilter?.candidateTexts[rule] += 1
    countLine(rule, block.extracting(place.range), &counts)
  }

  /// The patterns that the filter does not find, on every line.
  private mutating func countUnfiltered(_ block: Span<UInt8>, _ counts: inout [Int]) {
    guard let rules = lineFilter?.unfiltered, !rules.isEmpty else { return }
    var start = 0
    while let end = block.firstIndex(of: 0x0A, from: start) {
      for rule in rules { countLine(rule, block.extracting(start..<end), &counts) }
      start = end + 1
    }
  }

  private mutating func countLine(_ rule: Int, _ line: Span<UInt8>, _ counts: inout [Int]) {
    guard let pattern = program.plans[rule].pattern,
      line.count >= program.plans[rule].minimumBytes,
      limitHits[rule] < Limits.limitHitsPerRule
    else { return }
    if search(pattern, line, rule: rule) { counts[rule] += 1 }
  }

  /// Adds one to each rule without a pattern whose record, fields and condition hold.
  package mutating func countRecord(
    _ text: Span<UInt8>, _ record: borrowing Record, counts: inout [Int]
  ) {
    precondition(counts.count == program.plans.count, "each rule has one count")
    var bits = gateBits(of: record)
    if isError(text, record, bits: bits) { bits |= GateBit.error }
    for index in program.plans.indices where program.plans[index].pattern == nil {
      if matches(index, program.plans[index], text, record, bits: bits) { counts[index] += 1 }
    }
  }

  /// Whether the record states an error, or states nothing and an error rule matches. The rules are
  /// only asked when another one needs the answer.
  private mutating func isError(
    _ text: Span<UInt8>, _ record: borrowing Record, bits: UInt128
  ) -> Bool {
    if let severity = record.severity { return severity >= .error }
    guard !program.lateRules.isEmpty else { return false }
    findPromising(text.extracting(0..<max(0, min(record.matchEnd, text.count))))
    for index in program.plans.indices where program.plans[index].isError && mayMatch(index) {
      let plan = program.plans[index]
      guard plan.gate & GateBit.error == 0 else { continue }
      if matches(index, plan, text, record, bits: bits) { return true }
    }
    return false
  }
}
