/// A pattern as the search for required strings sees it: whatever the pattern matches, this
/// matches too. It may match more, never less.
indirect enum PatternNode: Sendable {
  /// Nothing is consumed, and nothing is known about the place.
  case empty
  /// One byte out of a set.
  case bytes(ByteSet)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// `most` is nil when there is no end to it.
  case repeated(PatternNode, least: Int, most: Int?)
  /// Nothing is consumed, but the bytes on both sides are not just any.
  case edge(EdgeCondition)
  /// A positive look-around. It says something about the bytes beside a match only at the
  /// pattern's ends; see `PatternNode.withLookAroundsAtEnds`.
  case lookBehind(PatternNode)
  case lookAhead(PatternNode)

  /// Any bytes, also none: what is known of a back-reference or a recursion.
  static let anything = PatternNode.repeated(.bytes(.all), least: 0, most: nil)

  /// One character: an ASCII one of a set, or one outside ASCII whose UTF-8 form has these bytes.
  static func character(
    _ ascii: ByteSet, lead: ByteSet, continuation: ByteSet = .continuation
  ) -> PatternNode {
    if lead.isEmpty { return .bytes(ascii) }
    return .sequence([
      .bytes(ascii.union(lead)), .repeated(.bytes(continuation), least: 0, most: nil),
    ])
  }

  /// One character: an ASCII one of a set, or any outside ASCII.
  static func character(orAnyBesides ascii: ByteSet) -> PatternNode {
    character(ascii, lead: .lead)
  }

  /// Whether it consumes nothing, whatever it is next to.
  var isEmptyAnywhere: Bool {
    switch self {
    case .empty, .lookBehind, .lookAhead: true
    default: false
    }
  }
}

/// What a place between two bytes has to be. Both a text's beginning and its end count as a
/// newline, since the text is thought to be padded with one on either side.
struct EdgeCondition: OptionSet, Sendable {
  let rawValue: UInt8

  /// `^` and `\A`: the byte before is a newline.
  static let lineStart = EdgeCondition(rawValue: 1)
  /// `$`, `\z` and `\Z`: the byte behind is a newline.
  static let lineEnd = EdgeCondition(rawValue: 2)
  /// `\b`: a word byte on exactly one side.
  static let wordBoundary = EdgeCondition(rawValue: 4)
  /// `\B`: a word byte on both sides or on none.
  static let noWordBoundary = EdgeCondition(rawValue: 8)

  /// What remains of the sets of the two bytes; an empty set means that the place cannot be.
  ///
  /// An invalid byte ends the text for PCRE2, so bytes from 0x80 may stand where a newline may.
  func narrow(_ before: inout ByteSet, _ behind: inout ByteSet) {
    if isEmpty { return }
    if contains(.lineStart) { before = before.intersection(Self.end) }
    if contains(.lineEnd) { behind = behind.intersection(Self.end) }
    let (left, right) = (before, behind)
    for (condition, differs) in [(Self.wordBoundary, true), (.noWordBoundary, false)]
    where contains(condition) {
      before = Self.narrow(before, beside: right, differs: differs)
      behind = Self.narrow(behind, beside: left, differs: differs)
    }
  }

  private static let end = ByteSet.newline.union(.high)
  private static let wordOrHigh = ByteSet.word.union(.high)

  private static func narrow(_ set: ByteSet, beside other: ByteSet, differs: Bool) -> ByteSet {
    if other.isSubset(of: .word) {
      return differs ? set.subtracting(.word) : set.intersection(wordOrHigh)
    }
    if other.isDisjoint(with: .word) {
      return differs ? set.intersection(wordOrHigh) : set.subtracting(.word)
    }
    return set
  }
}
