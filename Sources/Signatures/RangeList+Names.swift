/// Names of things in a database: an error about one table is not the error about another.
extension RangeList {
  private static let kinds: [StaticString] = [
    "relation ", "column ", "table ", "constraint ", "database ", "role ", "schema ", "function ",
    "index ", "type ", "key ", "view ", "sequence ", "parameter ", "extension ",
  ]
  /// What a message says that is about such a thing and not only of it.
  private static let complaints: [StaticString] = [
    "does not exist", "doesn't exist", "oes not have", "violates", "already exists",
    "uplicate", "nknown column", "nknown table", "nknown database", "permission denied",
    "denied for",
    "ambiguous",
    "cannot be null", "null value in", "Data too long", "ut of range", "must be owner",
  ]

  /// Adds the names that a message of PostgreSQL, MySQL or SQLite complains about.
  mutating func addNames(of text: Span<UInt8>, in range: Range<Int>) {
    for start: StaticString in ["constraint failed: ", "no such table: ", "no such column: "] {
      guard let place = text.first(start, in: range) else { continue }
      addName(text, place + start.utf8CodeUnitCount, range)
      return
    }
    guard Self.complaints.contains(where: { text.first($0, in: range) != nil }) else { return }
    var index = range.lowerBound
    while index < range.upperBound, count < 4 {
      // Only at the beginning of a word.
      guard text[index].isLetter,
        index == range.lowerBound || !text[index - 1].isAlphanumeric
      else {
        index += 1
        continue
      }
      for kind in Self.kinds where hasWord(text, kind, index, range.upperBound) {
        addName(text, index + kind.utf8CodeUnitCount, range)
      }
      index += 1
    }
  }

  /// The kind's first letter may be a capital.
  private func hasWord(_ text: Span<UInt8>, _ word: StaticString, _ index: Int, _ end: Int) -> Bool
  {
    let length = word.utf8CodeUnitCount
    guard index + length <= end else { return false }
    for offset in 0..<length {
      // SAFETY: a static string's bytes live for ever, and `offset` stays below its length.
      let byte = unsafe word.utf8Start[offset]
      guard text[index + offset] == byte || offset == 0 && text[index] | 0x20 == byte else {
        return false
      }
    }
    return true
  }

  private mutating func addName(_ text: Span<UInt8>, _ start: Int, _ range: Range<Int>) {
    guard start < range.upperBound else { return }
    let quote = text[start]
    if quote == 0x22 || quote == 0x27 || quote == 0x60 {
      var end = start + 1
      while end < range.upperBound, text[end] != quote, text[end] != 0x0A { end += 1 }
      add(start + 1..<end, of: text)
      return
    }
    // A bare name is one with a dot, or what a list of names or a parenthesis ends.
    var end = start
    while end < range.upperBound,
      text[end].isAlphanumeric || text[end] == 0x2E || text[end] == 0x5F
    {
      end += 1
    }
    while end > start, text[end - 1] == 0x2E { end -= 1 }
    var isName = end == range.upperBound || text[end] == 0x0A || text[end] == 0x28
    isName = isName || text.has(" does not exist", at: end, before: range.upperBound)
    for index in start..<end where text[index] == 0x2E || text[index] == 0x5F { isName = true }
    if isName, end > start { add(start..<end, of: text) }
  }
}
