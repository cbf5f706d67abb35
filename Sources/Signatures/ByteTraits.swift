/// What a byte may be in a word of a message: a set of bits, so that a word's traits are the union
/// of its bytes'. Nought ends a word.
enum ByteTraits {
  static let letter: UInt8 = 1
  static let digit: UInt8 = 2
  static let slash: UInt8 = 4
  static let at: UInt8 = 8
  static let dot: UInt8 = 16
  /// Other punctuation inside a word.
  static let mark: UInt8 = 32
  /// A letter that is no hexadecimal digit.
  static let beyondHex: UInt8 = 64

  /// The traits of the 128 ASCII characters, a row of sixteen a line. A string is a constant of the
  /// program; an array would be made at run time and looked after at each access.
  private static let table: StaticString = """
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0 \0    \0\0\0  \0 \u{10}\u{4}\
    \u{2}\u{2}\u{2}\u{2}\u{2}\u{2}\u{2}\u{2}\u{2}\u{2}\0\0 \0  \
    \u{8}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}AAAAAAAAA\
    AAAAAAAAAAA\0\u{4}\0  \
     \u{1}\u{1}\u{1}\u{1}\u{1}\u{1}AAAAAAAAA\
    AAAAAAAAAAA\0\0\0 \0
    """

  /// Bytes of other characters than ASCII are letters.
  @inline(__always)
  static func of(_ byte: UInt8) -> UInt8 {
    guard byte < 0x80 else { return letter | beyondHex }
    // SAFETY: the table has 128 bytes, and they live for ever.
    return unsafe table.utf8Start[Int(byte)]
  }
}

extension UInt8 {
  @inline(__always) var isDecimal: Bool { self &- 0x30 < 10 }
  @inline(__always) var isLetter: Bool { (self | 0x20) &- 0x61 < 26 || self >= 0x80 }
  @inline(__always) var isUpper: Bool { self &- 0x41 < 26 }
  @inline(__always) var isLower: Bool { self &- 0x61 < 26 }
  @inline(__always) var isHex: Bool { self &- 0x30 < 10 || (self | 0x20) &- 0x61 < 6 }
  @inline(__always) var isAlphanumeric: Bool { isDecimal || isLetter }
  @inline(__always) var isBlank: Bool { self == 0x20 || self &- 0x09 < 5 }
}

extension Span where Element == UInt8 {
  /// The bytes in memory of their own.
  var copied: [UInt8] {
    [UInt8](capacity: count) { target in
      for index in 0..<count { target.append(self[index]) }
    }
  }
}
