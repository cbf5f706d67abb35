package import Records

/// What `tidemark count` does: one number a rule.
extension RuleMatcher {
  /// Adds one to each rule whose pattern is found in a physical line. Nothing but the pattern
  /// counts: rules without one are left out, and `record`, `where` and `fields` are not looked at.
  ///
  /// - Parameters:
  ///   - line: the bytes before the LF; a CR stays.
  ///   - counts: as many numbers as there are rules.
  package mutating func countLine(_ line: Span<UInt8>, counts: inout [Int]) {
    precondition(counts.count == program.plans.count, "each rule has one count")
    for index in program.plans.indices {
      guard let pattern = program.plans[index].pattern,
        line.count >= program.plans[index].minimumBytes, !isSuspended(index)
      else { continue }
      if search(pattern, line, rule: index) { counts[index] += 1 }
    }
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
    for index in program.plans.indices where program.plans[index].isError {
      let plan = program.plans[index]
      guard plan.gate & GateBit.error == 0 else { continue }
      if matches(index, plan, text, record, bits: bits) { return true }
    }
    return false
  }
}
