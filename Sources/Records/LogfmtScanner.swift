/// Moves over `key=value key="quoted value"` pairs.
enum LogfmtScanner {
  struct Pair {
    var key: Range<Int>
    var value: FieldValue
    /// The index behind the value.
    var end: Int
  }

  /// The pair that starts at `start`, which is no white space. Nil when there is none, or when a
  /// quoted value is cut.
  ///
  /// nginx writes lists without quotes, `urt=0.000, 0.001` and `urt=0.000 : 0.001`. They are one
  /// value as long as what follows the separator has no `=` of its own.
  static func pair(_ text: Span<UInt8>, at start: Int) -> Pair? {
    var index = start
    while index < text.count, isKeyByte(text[index]) { index += 1 }
    guard index > start, isFirstKeyByte(text[start]), index < text.count, text[index] == 0x3D
    else { return nil }
    let key = start..<index
    index += 1
    if index < text.count, text[index] == 0x22 {
      guard let end = JSONScanner.endOfString(text, from: index + 1) else { return nil }
      guard end + 1 == text.count || isSpace(text[end + 1]) else { return nil }
      return Pair(
        key: key, value: FieldValue(kind: .string, range: index + 1..<end), end: end + 1)
    }
    guard var end = endOfWord(text, from: index) else { return nil }
    while let next = endOfListItem(text, from: end, start: index) { end = next }
    return Pair(key: key, value: FieldValue(kind: .bare, range: index..<end), end: end)
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }

  /// Nil at a quote, which a bare value cannot contain.
  private static func endOfWord(_ text: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < text.count, !isSpace(text[index]) {
      if text[index] == 0x22 { return nil }
      index += 1
    }
    return index
  }

  /// The end of the next item of a list whose last item ends at `end`.
  private static func endOfListItem(_ text: Span<UInt8>, from end: Int, start: Int) -> Int? {
    guard end > start, end < text.count, text[end] == 0x20 else { return nil }
    var next = end + 1
    if text[end - 1] != 0x2C {
      guard next + 1 < text.count, text[next] == 0x3A, text[next + 1] == 0x20 else { return nil }
      next += 2
    }
    guard let itemEnd = endOfWord(text, from: next), itemEnd > next else { return nil }
    for index in next..<itemEnd where text[index] == 0x3D { return nil }
    return itemEnd
  }

  private static func isFirstKeyByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte == 0x40
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    isFirstKeyByte(byte) || byte &- 0x30 < 10 || byte == 0x2E || byte == 0x2D || byte == 0x2F
  }
}
