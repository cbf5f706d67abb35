package import Records

/// Evaluates all rules on one record after the other. Each worker has its own.
package struct RuleMatcher: ~Copyable {
  package let rules: RuleSet
  let program: MatchProgram
  var scratch: MatchScratch
  /// How often each rule exceeded a limit of PCRE2, by rule.
  package private(set) var limitHits: [Int]
  /// The gate bits of the format that was seen last.
  private var lastFormat: LineFormat?
  private var lastFormatBits: UInt128 = 0
  /// Number of the record, so that a measure is hit once a record however many rules feed it.
  private var serial: UInt64 = 0
  private var measureSerials: [UInt64]
  private var histogramSerials: [UInt64]
  /// The route of the capture that a condition looks at.
  var routeScratch: [UInt8] = []
  /// Finds candidates among single lines; made when the first are counted.
  var lineFilter: Prefilter?
  /// Finds candidates in records; made when the first comes.
  var recordFilter: Prefilter?
  var candidates: [Candidate] = []
  /// The rules that may match the record, in ascending order, beside those that always may.
  var promising: [Int] = []
  /// The line in which each rule was tried last, so that it is tried once a line.
  var stamps: [UInt64]
  var stampBase: UInt64 = 0
  /// By rule.
  let signatureSlots: [[SignatureSlot]]

  package init(_ rules: RuleSet) {
    self.rules = rules
    signatureSlots = Self.signatureSlots(rules)
    program = rules.program
    scratch = MatchScratch(groupCount: rules.program.groupCount)
    limitHits = [Int](repeating: 0, count: rules.rules.count)
    measureSerials = [UInt64](repeating: 0, count: rules.measureCount)
    histogramSerials = [UInt64](repeating: 0, count: rules.histogramCount)
    stamps = [UInt64](repeating: 0, count: rules.rules.count)
    routeScratch.reserveCapacity(2 * Limits.routeBytes)
  }

  /// Whether a rule is no longer evaluated because it exceeded the match limit too often.
  package func isSuspended(_ rule: Int) -> Bool {
    limitHits[rule] >= Limits.limitHitsPerRule
  }

  /// Forgets which rules were suspended, and how often each exceeded a limit, which it returns.
  package mutating func takeLimitHits() -> [Int] {
    defer { limitHits = [Int](repeating: 0, count: limitHits.count) }
    return limitHits
  }

  /// Fills `observation` with what the rules see in a record; what it held before is gone.
  ///
  /// - Parameters:
  ///   - text: the whole record, its lines separated by LF.
  ///   - record: its fields. Patterns see the text before `matchEnd` only.
  package mutating func observe(
    _ text: Span<UInt8>, _ record: borrowing Record, into observation: inout Observation
  ) {
    observation.removeAll()
    serial += 1
    if record.isRequest, let path = record.request.path {
      RouteTemplate.append(text, path, to: &observation.route)
    }
    var bits = gateBits(of: record)
    let statesError = record.severity.map { $0 >= .error }
    if statesError == true { bits |= GateBit.error }
    var errorRuleMatched = false
    findPromising(text.extracting(0..<max(0, min(record.matchEnd, text.count))))
    for index in Merged(recordFilter?.unfiltered ?? [], promising)
    where program.plans[index].gate & GateBit.error == 0 {
      if evaluate(index, text, record, bits: bits, into: &observation) {
        errorRuleMatched = errorRuleMatched || program.plans[index].isError
      }
    }
    if statesError == nil, errorRuleMatched { bits |= GateBit.error }
    observation.isError = bits & GateBit.error != 0
    for index in program.lateRules where mayMatch(index) {
      _ = evaluate(index, text, record, bits: bits, into: &observation)
    }
  }

  /// Evaluates one rule and adds its match to the observation.
  private mutating func evaluate(
    _ index: Int, _ text: Span<UInt8>, _ record: borrowing Record, bits: UInt128,
    into observation: inout Observation
  ) -> Bool {
    let plan = program.plans[index]
    guard matches(index, plan, text, record, bits: bits) else { return false }
    insert(index, into: &observation.rules)
    for place in plan.contributions {
      contribute(program.contributions[Int(place)], text, record, to: &observation)
    }
    if plan.routeSlot >= 0, observation.route.isEmpty,
      let range = groupRange(of: program.slots[Int(plan.routeSlot)])
    {
      RouteTemplate.append(text, range, to: &observation.route)
    }
    return true
  }

  /// Whether the rule's pattern, fields and condition hold; its groups are then in `scratch`.
  mutating func matches(
    _ index: Int, _ plan: MatchProgram.Plan, _ text: Span<UInt8>, _ record: borrowing Record,
    bits: UInt128
  ) -> Bool {
    guard plan.gate == 0 || plan.gate & bits != 0 else { return false }
    guard holds(plan.precondition, text, record) else { return false }
    for place in plan.fields {
      guard fieldHolds(Int(place), text, record) else { return false }
    }
    if let pattern = plan.pattern {
      let end = max(0, min(record.matchEnd, text.count))
      guard end >= plan.minimumBytes, limitHits[index] < Limits.limitHitsPerRule else {
        return false
      }
      guard search(pattern, text.extracting(0..<end), rule: index) else { return false }
    }
    return holds(plan.condition, text, record)
  }

  /// Whether a pattern is found; a limit that was reached is counted and is no match.
  mutating func search(_ pattern: PatternReference, _ subject: Span<UInt8>, rule: Int) -> Bool {
    switch scratch.match(pattern, subject) {
    case .matched: return true
    case .unmatched: return false
    case .failed:
      limitHits[rule] += 1
      return false
    }
  }

  /// Keeps the list ascending: the late rules come out of order.
  private func insert(_ index: Int, into matched: inout [Int]) {
    matched.append(index)
    var place = matched.count - 1
    while place > 0, matched[place - 1] > matched[place] {
      matched.swapAt(place - 1, place)
      place -= 1
    }
  }

  private mutating func contribute(
    _ contribution: MatchProgram.Contribution, _ text: Span<UInt8>, _ record: borrowing Record,
    to observation: inout Observation
  ) {
    guard holds(contribution.condition, text, record) else { return }
    switch contribution.target {
    case .count(let measure):
      guard measureSerials[measure] != serial else { return }
      measureSerials[measure] = serial
      observation.hits.append(Observation.Hit(measure: measure, amount: 1))
    case .sum(let measure):
      // A negative amount stands for an absent one in several formats.
      guard measureSerials[measure] != serial,
        let amount = number(Int(contribution.slot), text, record), amount >= 0
      else { return }
      measureSerials[measure] = serial
      observation.hits.append(Observation.Hit(measure: measure, amount: amount))
    case .value(let histogram):
      guard histogramSerials[histogram] != serial,
        let number = number(Int(contribution.slot), text, record), number >= 0
      else { return }
      histogramSerials[histogram] = serial
      observation.values.append(Observation.Value(histogram: histogram, number: number))
    }
  }

  /// What the record is, as bits that rules ask for; without `GateBit.error`.
  mutating func gateBits(of record: borrowing Record) -> UInt128 {
    if lastFormat != record.format {
      lastFormat = record.format
      lastFormatBits = 0
      for (place, format) in program.formats.enumerated() where format == record.format {
        lastFormatBits = 1 << UInt128(place + GateBit.firstFormat)
      }
    }
    var bits = lastFormatBits
    if record.isRequest { bits |= GateBit.request }
    return bits | GateBit.shape(record.shape)
  }

  private mutating func fieldHolds(_ place: Int, _ text: Span<UInt8>, _ record: borrowing Record)
    -> Bool
  {
    if let severity = record.severity,
      program.fieldTests[place].severities.contains(severity)
    {
      return true
    }
    guard let value = program.fieldTests[place].path.find(in: text) else { return false }
    for expected in program.fieldTests[place].values where value.equals(expected, in: text) {
      return true
    }
    return false
  }
}
