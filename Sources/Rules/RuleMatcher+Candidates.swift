/// Which rules are worth a look at a record.
extension RuleMatcher {
  /// Finds the rules whose patterns may match, beside those that are always looked at.
  mutating func findPromising(_ text: Span<UInt8>) {
    if recordFilter == nil { recordFilter = Prefilter(program.requirements) }
    recordFilter?.prepare(text, texts: 1)
    candidates.removeAll(keepingCapacity: true)
    recordFilter?.scan(text, in: 0..<text.count, found: &candidates)
    promising.removeAll(keepingCapacity: true)
    stampBase += 1
    for place in candidates.indices {
      let rule = candidates[place].pattern
      guard stamps[rule] != stampBase else { continue }
      stamps[rule] = stampBase
      recordFilter?.candidateTexts[rule] += 1
      promising.append(rule)
    }
    if promising.count > 1 { promising.sort() }
  }

  /// Whether a rule is worth a look at the record of the last `findPromising`.
  mutating func mayMatch(_ rule: Int) -> Bool {
    stamps[rule] == stampBase || recordFilter?.isUnfiltered[rule] ?? true
  }
}

/// Two ascending lists as one; no number is in both.
struct Merged: Sequence, IteratorProtocol {
  private let left: [Int]
  private let right: [Int]
  private var leftPlace = 0
  private var rightPlace = 0

  init(_ left: [Int], _ right: [Int]) {
    self.left = left
    self.right = right
  }

  mutating func next() -> Int? {
    if leftPlace < left.count,
      rightPlace == right.count || left[leftPlace] < right[rightPlace]
    {
      leftPlace += 1
      return left[leftPlace - 1]
    }
    guard rightPlace < right.count else { return nil }
    rightPlace += 1
    return right[rightPlace - 1]
  }
}
