/// Names of things in a database: an error about one table is not the error about another.
extension RangeList {
  private static let kinds: [StaticString] = [
    "relation ", "column ", "table ", "constraint ", "database ", "role ", "schema ", "function ",
    "index ", "type ", "key ", "view ", "sequence ", "parameter ", "extension ",
  ]
  /// Adds the names that a message of PostgreSQL, MySQL or SQLite complains about.
  mutating func addNames(of text: Span<UInt8>, in range: Range<Int>) {
    guard let complaint = Complaint(text, range) else { return }
    if let place = complaint.name {
      addName(text, place, range)
      return
    }
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

/// What a message says that is about something in a database, and not only of it.
private struct Complaint {
  /// Where a name begins that the complaint ends with.
  let name: Int?

  /// One pass over the text: searching for each phrase by itself took 4 µs a record.
  init?(_ text: Span<UInt8>, _ range: Range<Int>) {
    var isComplaint = false
    let end = range.upperBound
    for index in range {
      switch text[index] {
      case UInt8(ascii: "a"):
        isComplaint =
          isComplaint || text.has("already exists", at: index, before: end)
          || text.has("ambiguous", at: index, before: end)
      case UInt8(ascii: "c"):
        if text.has("constraint failed: ", at: index, before: end) {
          name = index + 19
          return
        }
        isComplaint = isComplaint || text.has("cannot be null", at: index, before: end)
      case UInt8(ascii: "d"):
        isComplaint =
          isComplaint || text.has("does not exist", at: index, before: end)
          || text.has("doesn't exist", at: index, before: end)
          || text.has("denied for", at: index, before: end)
      case UInt8(ascii: "D"):
        isComplaint = isComplaint || text.has("Data too long", at: index, before: end)
      case UInt8(ascii: "m"):
        isComplaint = isComplaint || text.has("must be owner", at: index, before: end)
      case UInt8(ascii: "n"):
        if text.has("no such table: ", at: index, before: end) {
          name = index + 15
          return
        }
        if text.has("no such column: ", at: index, before: end) {
          name = index + 16
          return
        }
        isComplaint =
          isComplaint || text.has("nknown column", at: index, before: end)
          || text.has("nknown table", at: index, before: end)
          || text.has("nknown database", at: index, before: end)
          || text.has("null value in", at: index, before: end)
      case UInt8(ascii: "o"):
        isComplaint = isComplaint || text.has("oes not have", at: index, before: end)
      case UInt8(ascii: "p"):
        isComplaint = isComplaint || text.has("permission denied", at: index, before: end)
      case UInt8(ascii: "u"):
        isComplaint =
          isComplaint || text.has("uplicate", at: index, before: end)
          || text.has("ut of range", at: index, before: end)
      case UInt8(ascii: "v"):
        isComplaint = isComplaint || text.has("violates", at: index, before: end)
      default: break
      }
    }
    guard isComplaint else { return nil }
    name = nil
  }
}
