extension PatternParser {
  /// A class in brackets.
  mutating func characterClass() throws(NotUnderstood) -> PatternNode {
    position += 1
    let isNegated = skip("^")
    var members = ClassMembers(ascii: ByteSet())
    // A closing bracket that comes first is a member.
    var isFirst = true
    while true {
      guard !isAtEnd else { throw NotUnderstood() }
      if byte() == UInt8(ascii: "]"), !isFirst { break }
      isFirst = false
      try addItem(to: &members)
    }
    position += 1
    if options.caseless {
      if isNegated, members.mayBeOneWithForeignCases {
        // Compiled just in time, PCRE2 10.42 lets such a class match bytes that are no text.
        return .repeated(.bytes(.all), least: 1, most: nil)
      }
      members.addOtherCases()
    }
    return (isNegated ? members.complement : members).node
  }

  private mutating func addItem(to members: inout ClassMembers) throws(NotUnderstood) {
    if options.extendedClasses, byte() == 0x20 || byte() == 0x09 {
      position += 1
      // Whether spaces beside it leave a hyphen its meaning is not worth knowing.
      guard byte() != UInt8(ascii: "-"), byte() != UInt8(ascii: "^"), byte() != UInt8(ascii: "]")
      else { throw NotUnderstood() }
      return
    }
    if let kind = try posixClass() {
      members.add(kind)
      return try refuseRange()
    }
    let first: UnicodeScalar
    switch try classCharacter() {
    case .kind(let kind):
      members.add(kind)
      return try refuseRange()
    case .scalar(let scalar):
      first = scalar
    }
    guard byte() == UInt8(ascii: "-"), byte(1) != UInt8(ascii: "]") else {
      return members.add(first, through: first)
    }
    position += 1
    guard !isAtEnd, try posixClass() == nil, case .scalar(let last) = try classCharacter(),
      first.value <= last.value
    else { throw NotUnderstood() }
    if options.extendedClasses, first == " " || last == " " || last == "\t" {
      throw NotUnderstood()
    }
    members.add(first, through: last)
  }

  /// A hyphen behind a kind of characters is itself only at the class's end.
  private func refuseRange() throws(NotUnderstood) {
    if byte() == UInt8(ascii: "-"), byte(1) != UInt8(ascii: "]") { throw NotUnderstood() }
  }

  private enum ClassItem {
    case scalar(UnicodeScalar)
    case kind(ClassMembers)
  }

  private mutating func classCharacter() throws(NotUnderstood) -> ClassItem {
    guard byte() == UInt8(ascii: "\\") else { return .scalar(try scalar()) }
    position += 1
    guard !isAtEnd else { throw NotUnderstood() }
    if byte() == UInt8(ascii: "b") {
      position += 1
      return .scalar("\u{08}")
    }
    if let kind = try classEscape() { return .kind(kind) }
    return .scalar(try characterEscape())
  }

  /// `[:alpha:]` and its like, ASCII only; nil when the bracket is a plain member.
  private mutating func posixClass() throws(NotUnderstood) -> ClassMembers? {
    guard byte() == UInt8(ascii: "["), ByteSet(":.=").contains(byte(1)) else { return nil }
    guard skip("[:") else { throw NotUnderstood() }
    let isNegated = skip("^")
    let start = position
    try skip(behind: UInt8(ascii: ":"))
    let name = String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
    guard skip("]"), let set = posixSet(name) else { throw NotUnderstood() }
    let members = ClassMembers(ascii: set)
    return isNegated ? members.complement : members
  }

  private func posixSet(_ name: String) -> ByteSet? {
    let upper = ByteSet(0x41...0x5A)
    let lower = ByteSet(0x61...0x7A)
    let visible = ByteSet(0x21...0x7E)
    switch name {
    case "alpha": return .letter
    case "digit": return .digit
    case "alnum": return .letter.union(.digit)
    case "upper": return options.caseless ? .letter : upper
    case "lower": return options.caseless ? .letter : lower
    case "space": return .space
    case "blank": return ByteSet(" \t")
    case "punct": return visible.subtracting(.letter).subtracting(.digit)
    case "xdigit": return ByteSet("0123456789abcdefABCDEF")
    case "word": return .word
    case "cntrl": return ByteSet(0x00...0x1F).union(ByteSet(0x7F))
    case "print": return visible.union(ByteSet(0x20))
    case "graph": return visible
    case "ascii": return .ascii
    default: return nil
    }
  }
}
