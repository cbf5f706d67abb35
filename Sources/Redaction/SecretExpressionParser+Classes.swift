extension SecretExpressionParser {
  /// What stands between `[` and `]`.
  mutating func bracket() throws(Problem) -> ByteClass {
    let start = place - 1
    var bytes = ByteClass()
    let isInverted = takes("^")
    var isFirst = true
    while let byte = next, byte != UInt8(ascii: "]") || isFirst {
      isFirst = false
      place += 1
      if byte == UInt8(ascii: "\\") {
        bytes.formUnion(try escape())
        continue
      }
      if next == UInt8(ascii: "-"), place + 1 < text.count, text[place + 1] != UInt8(ascii: "]") {
        place += 1
        let last = text[place]
        guard byte <= last, last != UInt8(ascii: "\\") else {
          throw problem("expected a range that goes upwards, such as a-z")
        }
        place += 1
        bytes.formUnion(ByteClass(byte...last))
      } else {
        bytes.insert(byte)
      }
    }
    guard takes("]") else { throw Problem(offset: start, message: "this class is not closed") }
    if isInverted {
      if isCaseless { bytes.foldCase() }
      bytes.invert()
    }
    return bytes
  }

  /// What stands behind a backslash.
  mutating func escape() throws(Problem) -> ByteClass {
    guard let byte = next else { throw problem("expected a character behind the backslash") }
    place += 1
    switch byte {
    case UInt8(ascii: "d"): return .digits
    case UInt8(ascii: "w"): return .word
    case UInt8(ascii: "s"): return .space
    case UInt8(ascii: "a"): return .alphanumeric
    // Any byte of a character beyond ASCII.
    case UInt8(ascii: "u"): return ByteClass(0x80...0xFF)
    case UInt8(ascii: "n"): return .lineEnd
    case UInt8(ascii: "t"): return ByteClass("\t".utf8)
    case UInt8(ascii: "r"): return ByteClass("\r".utf8)
    default:
      guard !ByteClass.alphanumeric.contains(byte) else {
        throw problem(
          "expected \\d, \\w, \\s, \\a, \\u, \\n, \\t, \\r or a sign behind the backslash")
      }
      return ByteClass([byte])
    }
  }
}
