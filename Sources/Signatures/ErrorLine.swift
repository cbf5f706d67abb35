/// A line that names an error: its class, and class and message together.
struct ErrorLine {
  var name: Range<Int>
  var line: Range<Int>

  init(name: Range<Int>, line: Range<Int>) {
    self.name = name
    self.line = line
  }

  /// `package.Class: message`, the class at the start of `range`.
  init?(_ text: Span<UInt8>, _ range: Range<Int>) {
    let end = Self.endOfName(text, range)
    guard end > range.lowerBound, text[range.lowerBound].isLetter || text[range.lowerBound] == 0x5F
    else { return nil }
    if end < range.upperBound {
      guard text[end] == 0x3A || text[end] == 0x20 || text[end] == 0x28 || text[end] == 0x5B
      else { return nil }
    }
    name = range.lowerBound..<end
    line = range
  }

  /// The first class of a line by its ending, `Error`, `Exception` and the like, wherever it stands,
  /// if a colon, the end or a code in brackets follows.
  init?(searching text: Span<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard text[index].isLetter else {
        index += 1
        continue
      }
      let end = Self.endOfName(text, index..<range.upperBound)
      let isFirst = index == range.lowerBound
      let isError =
        Self.isErrorName(text, index..<end, isFirst: isFirst)
        || isFirst && Self.isQualified(text, index..<end, range.upperBound)
      if isError, Self.isFollowed(text, end, range.upperBound) {
        name = index..<end
        line = index..<range.upperBound
        return
      }
      index = max(end, index + 1)
    }
    return nil
  }

  /// `file.rb:12:in 'show': message (NoMethodError)`.
  init?(ruby text: Span<UInt8>, _ range: Range<Int>) {
    guard range.count > 12, text[range.upperBound - 1] == 0x29,
      let place = text.first(":in ", in: range)
    else { return nil }
    var open = range.upperBound - 1
    while open > place, text[open] != 0x28 { open -= 1 }
    let name = open + 1..<range.upperBound - 1
    guard open > place, Self.endOfName(text, name) == name.upperBound, !name.isEmpty else {
      return nil
    }
    self.name = name
    var start = place
    while start + 1 < open, !(text[start] == 0x3A && text[start + 1] == 0x20) { start += 1 }
    line = min(start + 2, open)..<range.upperBound
  }

  func isAtStart(of range: Range<Int>) -> Bool { name.lowerBound == range.lowerBound }

  /// A name's letters, digits, and what joins its parts.
  static func endOfName(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      if byte == 0x3A, index + 2 < range.upperBound, text[index + 1] == 0x3A,
        text[index + 2].isLetter
      {
        index += 2
        continue
      }
      guard byte.isAlphanumeric || byte == 0x2E || byte == 0x5F || byte == 0x24 || byte == 0x5C
      else { break }
      index += 1
    }
    while index > range.lowerBound, text[index - 1] == 0x2E { index -= 1 }
    return index
  }

  /// `redis.exceptions.InvalidResponse: …` at the start of a line.
  private static func isQualified(_ text: Span<UInt8>, _ name: Range<Int>, _ limit: Int) -> Bool {
    var last = name.lowerBound
    for index in name where text[index] == 0x2E { last = index + 1 }
    return last > name.lowerBound && last < name.upperBound && text[last].isUpper
      && text.has(": ", at: name.upperBound, before: limit)
  }

  private static func isErrorName(
    _ text: Span<UInt8>, _ name: Range<Int>, isFirst: Bool
  ) -> Bool {
    // `Protocol Error: …` names no class.
    guard isFirst || name.count > 5 else { return false }
    if text.hasSuffix("Error", name) || text.hasSuffix("Exception", name) { return true }
    guard name.count > 12 || text.first(".", in: name) != nil else { return false }
    let isError =
      text.hasSuffix("Timeout", name) || text.hasSuffix("Warning", name)
      || text.hasSuffix("Interrupt", name) || text.hasSuffix("Rejection", name)
      || text.hasSuffix("DoesNotExist", name) || text.hasSuffix("NotFound", name)
    return isError
  }

  private static func isFollowed(_ text: Span<UInt8>, _ end: Int, _ limit: Int) -> Bool {
    if end == limit { return true }
    return text[end] == 0x3A || text[end] == 0x28
      || text.has(" [", at: end, before: limit) || text.has(" (", at: end, before: limit)
  }
}
