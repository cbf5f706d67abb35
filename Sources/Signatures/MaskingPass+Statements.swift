/// SQL inside a message: the user's own words, which differ in length and punctuation.
extension MaskingPass {
  /// Whether all that follows the colon at `index` is a statement: behind `statement`, or when it
  /// begins as SQL does. Only what stands behind a colon and a blank is looked at.
  func startsStatement(
    _ text: Span<UInt8>, _ index: Int, _ out: borrowing MutableSpan<UInt8>
  ) -> Bool {
    var start = index + 1
    while start < text.count, text[start].isBlank { start += 1 }
    guard start > index + 1, start < text.count else { return false }
    if count >= 9, Self.ends(out, count, "statement") || Self.ends(out, count, "STATEMENT") {
      return true
    }
    for opening: StaticString in [
      "SELECT ", "INSERT INTO ", "DELETE FROM ", "UPDATE ", "WITH ", "select ", "insert into ",
      "delete from ",
    ] where text.has(opening, at: start, before: text.count) {
      return true
    }
    return false
  }

  private static func ends(
    _ out: borrowing MutableSpan<UInt8>, _ count: Int, _ word: StaticString
  ) -> Bool {
    let length = word.utf8CodeUnitCount
    for offset in 0..<length {
      // SAFETY: a static string's bytes live for ever, and `offset` stays below its length.
      if unsafe out[count - length + offset] != word.utf8Start[offset] { return false }
    }
    return true
  }
}
