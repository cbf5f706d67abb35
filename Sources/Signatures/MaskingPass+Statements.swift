/// SQL inside a message: the user's own words, which differ in length and punctuation.
extension MaskingPass {
  /// Whether all that follows the colon at `index` is a statement: behind `statement`, or when it
  /// begins as SQL does. Only what stands behind a colon and a blank is looked at.
  func startsStatement(
    _ text: Span<UInt8>, _ index: Int, _ out: MaskedOutput
  ) -> Bool {
    var start = index + 1
    while start < text.count, text[start].isBlank { start += 1 }
    guard start > index + 1, start < text.count else { return false }
    if count >= 9, out[count - 1] | 0x20 == UInt8(ascii: "t"),
      Self.ends(out, count, "statement") || Self.ends(out, count, "STATEMENT")
    {
      return true
    }
    let end = text.count
    switch text[start] {
    case UInt8(ascii: "S"): return text.has("SELECT ", at: start, before: end)
    case UInt8(ascii: "s"): return text.has("select ", at: start, before: end)
    case UInt8(ascii: "I"): return text.has("INSERT INTO ", at: start, before: end)
    case UInt8(ascii: "i"): return text.has("insert into ", at: start, before: end)
    case UInt8(ascii: "D"): return text.has("DELETE FROM ", at: start, before: end)
    case UInt8(ascii: "d"): return text.has("delete from ", at: start, before: end)
    case UInt8(ascii: "U"): return text.has("UPDATE ", at: start, before: end)
    case UInt8(ascii: "W"): return text.has("WITH ", at: start, before: end)
    default: return false
    }
  }

  private static func ends(
    _ out: MaskedOutput, _ count: Int, _ word: StaticString
  ) -> Bool {
    let length = word.utf8CodeUnitCount
    for offset in 0..<length {
      // SAFETY: a static string's bytes live for ever, and `offset` stays below its length.
      if unsafe out[count - length + offset] != word.utf8Start[offset] { return false }
    }
    return true
  }
}
