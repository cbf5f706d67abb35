extension PatternParser {
  /// What a backslash outside a class begins, and whether a quantifier behind it is understood.
  mutating func escape() throws(NotUnderstood) -> (PatternNode, isRepeatable: Bool) {
    position += 1
    guard !isAtEnd else { throw NotUnderstood() }
    let letter = byte()
    switch letter {
    case UInt8(ascii: "b"):
      return edge(.wordBoundary)
    case UInt8(ascii: "B"):
      return edge(.noWordBoundary)
    case UInt8(ascii: "A"):
      return edge(.lineStart)
    case UInt8(ascii: "z"), UInt8(ascii: "Z"):
      return edge(.lineEnd)
    case UInt8(ascii: "G"), UInt8(ascii: "K"):
      // Where the search began, and where the reported match begins: neither consumes anything.
      return edge([])
    case UInt8(ascii: "R"):
      position += 1
      let breaks = ByteSet(0x0A...0x0D).union(.high)
      return (.repeated(.bytes(breaks), least: 1, most: nil), true)
    case UInt8(ascii: "X"):
      position += 1
      return (.repeated(.bytes(.all), least: 1, most: nil), true)
    case UInt8(ascii: "N"):
      position += 1
      // `\N{name}` is a character by its name or number.
      guard byte() != UInt8(ascii: "{") else { throw NotUnderstood() }
      return (.character(orAnyBesides: .ascii.subtracting(.newline)), true)
    case UInt8(ascii: "k"), UInt8(ascii: "g"):
      position += 1
      try skipReference()
      return (.anything, true)
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      position += 1
      // With more digits it may be an octal number.
      guard !ByteSet.digit.contains(byte()) else { throw NotUnderstood() }
      return (.anything, true)
    default:
      if let members = try classEscape() { return (members.node, true) }
      return (literal(try characterEscape()), true)
    }
  }

  private mutating func edge(_ condition: EdgeCondition) -> (PatternNode, isRepeatable: Bool) {
    position += 1
    return (condition.isEmpty ? .empty : .edge(condition), false)
  }

  /// The name or number behind `\k` or `\g`: both back-references and calls match some text.
  private mutating func skipReference() throws(NotUnderstood) {
    let closing: UInt8
    switch byte() {
    case UInt8(ascii: "{"): closing = UInt8(ascii: "}")
    case UInt8(ascii: "<"): closing = UInt8(ascii: ">")
    case UInt8(ascii: "'"): closing = UInt8(ascii: "'")
    default: throw NotUnderstood()
    }
    position += 1
    try skip(behind: closing)
  }

  /// A kind of character, as `\d`; nil when the letter means something else.
  mutating func classEscape() throws(NotUnderstood) -> ClassMembers? {
    let letter = byte()
    if let set = Self.kind(letter) {
      position += 1
      return ClassMembers(ascii: set)
    }
    if ByteSet.letter.contains(letter), let set = Self.kind(letter | 0x20) {
      position += 1
      return ClassMembers(ascii: set).complement
    }
    switch letter {
    case UInt8(ascii: "h"), UInt8(ascii: "H"):
      position += 1
      let blanks = ClassMembers(ascii: ByteSet(" \t"), some: true)
      return letter == UInt8(ascii: "h") ? blanks : blanks.complement
    case UInt8(ascii: "v"), UInt8(ascii: "V"):
      position += 1
      let breaks = ClassMembers(ascii: ByteSet(0x0A...0x0D), some: true)
      return letter == UInt8(ascii: "v") ? breaks : breaks.complement
    case UInt8(ascii: "p"), UInt8(ascii: "P"):
      position += 1
      guard !isAtEnd else { throw NotUnderstood() }
      if byte() == UInt8(ascii: "{") {
        try skip(behind: UInt8(ascii: "}"))
      } else {
        guard ByteSet.letter.contains(byte()) else { throw NotUnderstood() }
        position += 1
      }
      return .unknown
    default:
      return nil
    }
  }

  private static func kind(_ letter: UInt8) -> ByteSet? {
    switch letter {
    case UInt8(ascii: "d"): .digit
    case UInt8(ascii: "w"): .word
    case UInt8(ascii: "s"): .space
    default: nil
    }
  }

  /// One character by its escape: `\n`, `\x41`, `\x{1F600}`, `\.`.
  mutating func characterEscape() throws(NotUnderstood) -> UnicodeScalar {
    let letter = byte()
    position += 1
    switch letter {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "a"): return "\u{07}"
    case UInt8(ascii: "e"): return "\u{1B}"
    case UInt8(ascii: "x"): return try hexadecimal()
    default: break
    }
    // Letters and digits that are left have no meaning, or a doubtful one.
    let plain = ByteSet.ascii.subtracting(.letter).subtracting(.digit)
    guard plain.contains(letter) else { throw NotUnderstood() }
    return UnicodeScalar(letter)
  }

  private mutating func hexadecimal() throws(NotUnderstood) -> UnicodeScalar {
    var digits = bytes[position...].prefix(2)
    if byte() == UInt8(ascii: "{") {
      let start = position + 1
      try skip(behind: UInt8(ascii: "}"))
      digits = bytes[start..<(position - 1)]
      guard (1...6).contains(digits.count) else { throw NotUnderstood() }
    } else {
      guard digits.count == 2 else { throw NotUnderstood() }
      position += 2
    }
    let isPlain = digits.allSatisfy { Self.hexadecimalDigits.contains($0) }
    guard isPlain, let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      let scalar = UnicodeScalar(number)
    else { throw NotUnderstood() }
    return scalar
  }

  private static let hexadecimalDigits = ByteSet("0123456789abcdefABCDEF")
}
