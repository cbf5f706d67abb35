import Bytes

extension LineParser {
  /// `ERROR:` at the start: uvicorn and Python's `basicConfig`.
  mutating func readLevelled(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let word = cursor.takeUppercase(in: text), let level = pythonLevel(text, word),
      cursor.take(0x3A, in: text)
    else { return false }
    let padding = cursor.skip(0x20, in: text)
    if padding > 0 {
      guard padding < 10, !cursor.isAtEnd(text) else { return false }
      record.severity = level
      record.message = cursor.position..<text.count
      record.format = .uvicornDefault
      if level == .info, padding >= 5 {
        _ = readUvicornAccess(text, cursor, padding: padding, into: &record)
      }
      return true
    }
    let logger = cursor.position
    while let byte = cursor.peek(text), isLoggerByte(byte) { cursor.position += 1 }
    guard cursor.position > logger, cursor.take(0x3A, in: text) else { return false }
    record.severity = level
    record.format = .pythonBasicConfig
    record.message = cursor.position..<text.count
    return true
  }

  /// Python's own level names only: DETAIL, HINT or LINE start a line of an exception's text.
  private func pythonLevel(_ text: Span<UInt8>, _ word: Range<Int>) -> Severity? {
    switch word.count {
    case 4: text.equals("INFO", in: word) ? .info : text.equals("WARN", in: word) ? .warning : nil
    case 5:
      text.equals("ERROR", in: word)
        ? .error
        : text.equals("DEBUG", in: word)
          ? .debug
          : text.equals("TRACE", in: word)
            ? .trace : text.equals("FATAL", in: word) ? .critical : nil
    case 6: text.equals("NOTICE", in: word) ? .notice : nil
    case 7: text.equals("WARNING", in: word) ? .warning : nil
    case 8: text.equals("CRITICAL", in: word) ? .critical : nil
    default: nil
    }
  }

  private func isLoggerByte(_ byte: UInt8) -> Bool {
    byte.isWord || byte == 0x2E || byte == 0x2D || byte == 0x3C || byte == 0x3E
  }

  /// `127.0.0.1:60094 - "GET /boom HTTP/1.1" 500 Internal Server Error`, behind the level.
  private func readUvicornAccess(
    _ text: Span<UInt8>, _ start: ByteCursor, padding: Int, into record: inout Record
  ) -> Bool {
    var cursor = start
    if text[cursor.position] != 0x2D || padding == 5 {
      // A client on a Unix socket has no name, and then the padding is one longer.
      guard cursor.takeField(in: text) != nil else { return false }
    }
    guard cursor.take("- ", in: text) else { return false }
    guard takeRequestAndStatus(text, &cursor, into: &record) else { return false }
    record.format = .uvicornAccess
    record.request.duration = durationAtEnd(text, from: cursor.position)
    return true
  }

  /// `"GET /x HTTP/1.1" 200`, which must name a method and a path.
  func takeRequestAndStatus(
    _ text: Span<UInt8>, _ cursor: inout ByteCursor, into record: inout Record
  ) -> Bool {
    guard let quoted = cursor.takeQuoted(in: text) else { return false }
    var request = RequestFields()
    guard request.takeRequestLine(text, quoted), cursor.take(0x20, in: text),
      let status = cursor.takeStatus(in: text)
    else { return false }
    request.status = status
    record.request = request
    return true
  }

  /// The number with a unit that ends the line, such as `12.3ms`, in seconds.
  func durationAtEnd(_ text: Span<UInt8>, from start: Int) -> Double? {
    let end = text.count
    guard end - start > 2, text[end - 1] == 0x73 else { return nil }
    var first = end - 1
    while first > start, text[first - 1] != 0x20 { first -= 1 }
    guard first > start, text[first].isDigit else { return nil }
    var cursor = ByteCursor(first)
    let isMilliseconds = text[end - 2] == 0x6D
    if let seconds = cursor.takeSeconds(in: text, power: isMilliseconds ? -3 : 0),
      cursor.position == (isMilliseconds ? end - 2 : end - 1)
    {
      return seconds
    }
    return DurationText.seconds(in: text, first..<end)
  }

  /// `127.0.0.1:58402 - "GET /ok HTTP/1.1" 200`: gunicorn with uvicorn's worker class.
  mutating func readWorkerAccess(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let client = cursor.takeField(in: text), cursor.take("- ", in: text),
      isClientWithPort(text, client)
    else { return false }
    let message = cursor.position
    guard takeRequestAndStatus(text, &cursor, into: &record) else { return false }
    record.format = .gunicornUvicornWorkerAccess
    record.request.duration = durationAtEnd(text, from: cursor.position)
    record.message = message..<text.count
    return true
  }

  private func isClientWithPort(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.upperBound
    while index > range.lowerBound, text[index - 1].isDigit { index -= 1 }
    return index < range.upperBound && index > range.lowerBound + 1 && text[index - 1] == 0x3A
  }

  /// `<string>:3: RuntimeWarning: coroutine 'a' was never awaited`.
  func readPythonWarning(_ text: Span<UInt8>, into record: inout Record) -> Bool {
    guard let found = text.firstIndex(of: "Warning: ", from: 4), found < 400 else { return false }
    var start = found
    while start > 0, text[start - 1].isWord || text[start - 1] == 0x2E { start -= 1 }
    guard start >= 4, text[start - 1] == 0x20, text[start - 2] == 0x3A,
      text[start - 3].isDigit
    else { return false }
    var index = start - 3
    while index > 0, text[index].isDigit { index -= 1 }
    guard index > 0, text[index] == 0x3A else { return false }
    record.format = .pythonWarning
    record.severity = .warning
    record.message = start..<text.count
    return true
  }
}
