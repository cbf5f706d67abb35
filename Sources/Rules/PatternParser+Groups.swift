extension PatternParser {
  /// What a parenthesis begins, and whether a quantifier behind it is understood.
  mutating func group() throws(NotUnderstood) -> (PatternNode, isRepeatable: Bool) {
    position += 1
    // Verbs, and look-arounds by their names.
    if byte() == UInt8(ascii: "*") { throw NotUnderstood() }
    guard skip("?") else { return (try groupContent(), true) }
    let kind = byte()
    position += 1
    switch kind {
    case UInt8(ascii: ":"), UInt8(ascii: ">"):
      return (try groupContent(), true)
    case UInt8(ascii: "="):
      return (.lookAhead(try groupContent()), true)
    case UInt8(ascii: "!"):
      _ = try groupContent()
      return (.empty, true)
    case UInt8(ascii: "<"):
      return try lookBehindOrName()
    case UInt8(ascii: "'"):
      try skipName(UInt8(ascii: "'"))
      return (try groupContent(), true)
    case UInt8(ascii: "P"):
      return try pythonGroup()
    case UInt8(ascii: "R"), UInt8(ascii: "&"), UInt8(ascii: "+"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try call()
    case UInt8(ascii: "-") where ByteSet.digit.contains(byte()):
      return try call()
    default:
      position -= 1
      return try optionGroup()
    }
  }

  /// Everything up to the closing parenthesis; options set inside end there.
  private mutating func groupContent() throws(NotUnderstood) -> PatternNode {
    let outer = options
    let node = try alternatives()
    options = outer
    guard !isAtEnd, !isQuoting, byte() == UInt8(ascii: ")") else { throw NotUnderstood() }
    position += 1
    return node
  }

  private mutating func lookBehindOrName() throws(NotUnderstood) -> (PatternNode, Bool) {
    if skip("=") { return (.lookBehind(try groupContent()), true) }
    if skip("!") {
      _ = try groupContent()
      return (.empty, true)
    }
    try skipName(UInt8(ascii: ">"))
    return (try groupContent(), true)
  }

  private mutating func pythonGroup() throws(NotUnderstood) -> (PatternNode, Bool) {
    if skip("<") {
      try skipName(UInt8(ascii: ">"))
      return (try groupContent(), true)
    }
    guard skip("=") || skip(">") else { throw NotUnderstood() }
    return try call()
  }

  /// A recursion, a call of another group or a back-reference: it matches some text.
  private mutating func call() throws(NotUnderstood) -> (PatternNode, Bool) {
    while !isAtEnd, ByteSet.word.contains(byte()) { position += 1 }
    guard skip(")") else { throw NotUnderstood() }
    return (.anything, true)
  }

  private mutating func skipName(_ closing: UInt8) throws(NotUnderstood) {
    while !isAtEnd, ByteSet.word.contains(byte()) { position += 1 }
    guard byte() == closing else { throw NotUnderstood() }
    position += 1
  }

  /// `(?i)`, which holds to the end of the group around it, or `(?i:...)`.
  private mutating func optionGroup() throws(NotUnderstood) -> (PatternNode, Bool) {
    var changed = options
    var value = true
    while true {
      let letter = byte()
      position += 1
      switch letter {
      case UInt8(ascii: "i"): changed.caseless = value
      case UInt8(ascii: "s"): changed.dotMatchesNewline = value
      case UInt8(ascii: "x"):
        let isDouble = skip("x")
        changed.extended = value
        changed.extendedClasses = value && isDouble
      case UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "U"):
        // Where lines begin, what is captured and what is lazy changes no required byte.
        continue
      case UInt8(ascii: "-") where value: value = false
      case UInt8(ascii: ")"):
        options = changed
        return (.empty, false)
      case UInt8(ascii: ":"):
        let outer = options
        options = changed
        let node = try groupContent()
        options = outer
        return (node, true)
      default: throw NotUnderstood()
      }
    }
  }
}
