/// The rule by which civil time becomes UTC: a zone of the IANA database, or a fixed offset.
///
/// Offsets are in seconds east of Greenwich: `UTC = local - offset`.
package struct LocalZone: Sendable {
  /// What the user reads: `Europe/Berlin`, `+02:00`, `UTC`.
  package let name: String
  /// The moments at which the offset changes, ascending, in UTC seconds.
  let transitions: [Int64]
  /// The same moments on the local clock, where the offset that follows begins to hold.
  let localTransitions: [Int64]
  /// The offset from each transition on.
  let offsets: [Int32]
  /// The offset before the first transition.
  let firstOffset: Int32
  /// What holds after the last transition; nil when the last offset holds for ever.
  let rule: ZoneRule?
  /// The zone's own abbreviations with the offset that each had last.
  let abbreviations: [(code: UInt64, offset: Int32)]

  package static let utc = LocalZone(fixedOffsetSeconds: 0, name: "UTC")

  /// A zone whose clock never changes.
  package init(fixedOffsetSeconds: Int, name: String) {
    self.init(
      name: name, transitions: [], offsets: [], firstOffset: Int32(fixedOffsetSeconds), rule: nil,
      abbreviations: [])
  }

  init(
    name: String, transitions: [Int64], offsets: [Int32], firstOffset: Int32, rule: ZoneRule?,
    abbreviations: [(code: UInt64, offset: Int32)]
  ) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.firstOffset = firstOffset
    self.rule = rule
    self.abbreviations = abbreviations
    var before = firstOffset
    var local: [Int64] = []
    local.reserveCapacity(transitions.count)
    for (moment, after) in zip(transitions, offsets) {
      local.append(moment + Int64(max(before, after)))
      before = after
    }
    self.localTransitions = local
  }

  /// The offset at a moment of UTC. O(log transitions).
  package func offsetSeconds(atUTC seconds: Int64) -> Int {
    let index = Self.countNotAfter(seconds, in: transitions)
    if index == transitions.count, let rule { return rule.offsetSeconds(atUTC: seconds) }
    return Int(index == 0 ? firstOffset : offsets[index - 1])
  }

  /// The offset at a local civil time, given as if it were UTC. O(log transitions).
  ///
  /// A time that occurs twice, when the clock is put back, is its first occurrence. A time that is
  /// skipped, when the clock is put forward, is read with the offset before the jump, which names
  /// the moment that a clock nobody had put forward would show. This is `fold=0` of Python's
  /// PEP 495.
  package func offsetSeconds(atLocal seconds: Int64) -> Int {
    let index = Self.countNotAfter(seconds, in: localTransitions)
    if index == localTransitions.count, let rule { return rule.offsetSeconds(atLocal: seconds) }
    return Int(index == 0 ? firstOffset : offsets[index - 1])
  }

  /// The offset that one of the zone's own abbreviations stands for.
  func offsetSeconds(ofAbbreviation code: UInt64) -> Int? {
    for entry in abbreviations where entry.code == code { return Int(entry.offset) }
    return rule?.offsetSeconds(ofAbbreviation: code)
  }

  /// How many of the ascending `moments` are not after `moment`.
  private static func countNotAfter(_ moment: Int64, in moments: [Int64]) -> Int {
    var low = 0
    var high = moments.count
    while low < high {
      let middle = low + (high - low) / 2
      if moments[middle] <= moment { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
