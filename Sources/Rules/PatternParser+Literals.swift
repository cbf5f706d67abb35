extension PatternParser {
  /// A character that stands for itself, or under `(?i)` for its other cases too.
  func literal(_ scalar: UnicodeScalar) -> PatternNode {
    guard options.caseless else { return Self.exactly(scalar) }
    guard let byte = UInt8(exactly: scalar.value), scalar.isASCII else {
      // Its other cases may be ASCII letters, as those of U+017F are.
      return .character(orAnyBesides: .letter)
    }
    let cases = Self.withOtherCase(ByteSet(byte))
    guard let other = Self.foreignCases.first(where: { cases.contains($0.letter) }) else {
      return .bytes(cases)
    }
    return .alternatives([.bytes(cases), Self.exactly(other.scalar)])
  }

  /// The characters outside ASCII that an ASCII letter is a case of: long s and the Kelvin sign.
  static let foreignCases: [(letter: UInt8, scalar: UnicodeScalar)] = [
    (UInt8(ascii: "s"), "\u{17F}"), (UInt8(ascii: "k"), "\u{212A}"),
  ]

  /// The set with both cases of each ASCII letter in it.
  static func withOtherCase(_ set: ByteSet) -> ByteSet {
    var cases = set
    set.intersection(.letter).visit { cases.insert($0 ^ 0x20) }
    return cases
  }

  private static func exactly(_ scalar: UnicodeScalar) -> PatternNode {
    if scalar.isASCII { return .bytes(ByteSet(UInt8(scalar.value))) }
    let bytes = Array(String(scalar).utf8).map { PatternNode.bytes(ByteSet($0)) }
    return .sequence(bytes)
  }
}
