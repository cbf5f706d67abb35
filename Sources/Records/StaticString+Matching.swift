extension StaticString {
  /// Whether the bytes in `range` are exactly this literal.
  func matches(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard utf8CodeUnitCount == range.count else { return false }
    // SAFETY: a static string's bytes live for ever, and `offset` stays below its length.
    let start = unsafe utf8Start
    for offset in 0..<range.count where unsafe text[range.lowerBound + offset] != start[offset] {
      return false
    }
    return true
  }

  /// The same with ASCII capitals of the text taken as small letters; the literal has none.
  func matchesLowercased(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard utf8CodeUnitCount == range.count else { return false }
    // SAFETY: a static string's bytes live for ever, and `offset` stays below its length.
    let start = unsafe utf8Start
    for offset in 0..<range.count {
      let byte = text[range.lowerBound + offset]
      if unsafe (byte &- 0x41 < 26 ? byte | 0x20 : byte) != start[offset] { return false }
    }
    return true
  }
}
