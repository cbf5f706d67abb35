/// What a class of characters has in it, from both sides: what it may contain, to match more
/// rather than less, and what it certainly contains, for the same end once it is negated.
struct ClassMembers {
  /// ASCII characters that may be in it.
  private(set) var possible: ByteSet
  /// ASCII characters that are in it.
  private(set) var certain: ByteSet
  /// First bytes that its characters outside ASCII may have, and their other bytes.
  private(set) var lead = ByteSet()
  private(set) var continuation = ByteSet()

  /// The ASCII characters of a set, and perhaps some outside ASCII.
  init(ascii: ByteSet, some: Bool = false) {
    possible = ascii
    certain = ascii
    if some { addUnknownOthers() }
  }

  /// Nothing is certain, everything is possible.
  static var unknown: ClassMembers {
    var members = ClassMembers(ascii: .ascii, some: true)
    members.certain = ByteSet()
    return members
  }

  /// The class of all other characters. It may have any outside ASCII, since no class certainly
  /// has them all: PCRE2 10.42 lets `[^[:^lower:]]` match some.
  var complement: ClassMembers {
    var members = ClassMembers(ascii: ByteSet.ascii.subtracting(certain), some: true)
    members.certain = ByteSet.ascii.subtracting(possible)
    return members
  }

  /// Adds the members of another class.
  mutating func add(_ other: ClassMembers) {
    possible = possible.union(other.possible)
    certain = certain.union(other.certain)
    lead = lead.union(other.lead)
    continuation = continuation.union(other.continuation)
  }

  /// Adds the characters from one to another.
  mutating func add(_ first: UnicodeScalar, through last: UnicodeScalar) {
    if first.isASCII {
      let range = ByteSet(UInt8(first.value)...UInt8(min(last.value, 0x7F)))
      possible = possible.union(range)
      certain = certain.union(range)
    }
    if !last.isASCII { addUnknownOthers() }
  }

  /// Adds the other cases of all members.
  mutating func addOtherCases() {
    // Characters outside ASCII may be cases of ASCII letters.
    if !lead.isEmpty { possible = possible.union(.letter) }
    possible = PatternParser.withOtherCase(possible)
    certain = PatternParser.withOtherCase(certain)
    for (letter, scalar) in PatternParser.foreignCases where possible.contains(letter) {
      for (index, byte) in String(scalar).utf8.enumerated() {
        if index == 0 { lead.insert(byte) } else { continuation.insert(byte) }
      }
    }
  }

  /// Whether there may be one character only, with cases outside ASCII, those of a letter aside.
  var mayBeOneWithForeignCases: Bool {
    possible.isSubset(of: ByteSet("sS")) || possible.isSubset(of: ByteSet("kK"))
  }

  private mutating func addUnknownOthers() {
    lead = .lead
    continuation = .continuation
  }

  /// One character of the class.
  var node: PatternNode { .character(possible, lead: lead, continuation: continuation) }
}
