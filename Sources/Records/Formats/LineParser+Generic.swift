import Bytes

extension LineParser {
  /// A line of no known format that still states a time at its start or in its first brackets, or an
  /// HTTP request and its status.
  mutating func readGeneric(_ text: Span<UInt8>, into record: inout Record) -> Bool {
    let first = text[0]
    if first.isDigit || first.isUppercase {
      var cursor = ByteCursor()
      if let time = takeTime(text, &cursor), let mark = stamp, mark.count >= 8 {
        record = Record()
        finishGeneric(text, time, mark, cursor, into: &record)
        return true
      }
    }
    record = Record()
    stamp = nil
    if readPythonWarning(text, into: &record) { return true }
    guard findRequest(text, from: 0, into: &record) else { return false }
    record.format = .genericAccess
    record.message = 0..<text.count
    return true
  }

  /// A known time, then perhaps a severity word, then text.
  mutating func finishGeneric(
    _ text: Span<UInt8>, _ time: Timestamp, _ mark: Range<Int>, _ behind: ByteCursor,
    into record: inout Record
  ) {
    record.time = time
    record.format = .generic
    stamp = mark
    var cursor = behind
    while let byte = cursor.peek(text),
      byte == 0x20 || byte == 0x09 || byte == 0x2D
        || byte == 0x7C || byte == 0x5D || byte == 0x3A
    {
      cursor.position += 1
    }
    record.message = cursor.position..<text.count
    let isBracketed = cursor.take(0x5B, in: text) || cursor.take(0x3C, in: text)
    cursor.skip(0x20, in: text)
    if let word = cursor.takeLetters(in: text), word.count >= 3 {
      let next = cursor.peek(text)
      let isField =
        isBracketed || next == 0x3A || next == 0x5D || text.isUppercaseWord(word)
      let ends = next == nil || !(next ?? 0).isWord
      if isField, ends, let level = Severity(word: text, word) {
        record.severity = level
        while let byte = cursor.peek(text),
          byte == 0x20 || byte == 0x09 || byte == 0x5D
            || byte == 0x3A || byte == 0x3E || byte == 0x2D || byte == 0x7C
        {
          cursor.position += 1
        }
        record.message = cursor.position..<text.count
      }
    }
    if findRequest(text, from: mark.upperBound, into: &record) {
      record.format = .genericAccess
    }
  }

  /// `"GET /x HTTP/1.1" 502` anywhere in the line.
  private func findRequest(
    _ text: Span<UInt8>, from start: Int, into record: inout Record
  ) -> Bool {
    guard let version = text.firstIndex(of: " HTTP/", from: start) else { return false }
    var quote = version
    while quote > start, text[quote - 1] != 0x22 { quote -= 1 }
    guard quote > start else { return false }
    var cursor = ByteCursor(quote - 1)
    return takeRequestAndStatus(text, &cursor, into: &record)
  }
}
