import Bytes

extension LineParser {
  /// Everything that starts with `2026-11-22` and a time of day. The form behind the time decides.
  mutating func readDated(
    _ text: Span<UInt8>, into record: inout Record, pid: inout Int?
  ) -> LineRole? {
    var cursor = ByteCursor()
    guard let time = takeTime(text, &cursor), let mark = stamp else { return nil }
    let behind = cursor
    var role: LineRole? = nil
    switch cursor.peek(text) {
    case 0x09:
      if readZapConsole(text, cursor, into: &record) { role = .head }
    case 0x20:
      cursor.skip(0x20, in: text)
      role = readBehindDate(text, cursor, mark, into: &record, pid: &pid)
    case 0x3A, 0x2C:
      role = readPostgres(text, cursor, mark, into: &record, pid: &pid)
      if role == nil, mark.count <= 33, text.firstByte(0x2C, behind: mark.upperBound) {
        role = readPostgresCSV(text, cursor, mark, into: &record)
      }
    default: break
    }
    if role != nil {
      if record.time == nil {
        record.time = time
        stamp = mark
      }
      return role
    }
    record = Record()
    finishGeneric(text, time, mark, behind, into: &record)
    return .head
  }

  private mutating func readBehindDate(
    _ text: Span<UInt8>, _ start: ByteCursor, _ mark: Range<Int>, into record: inout Record,
    pid: inout Int?
  ) -> LineRole? {
    guard let first = start.peek(text) else { return nil }
    switch first {
    case 0x5B:
      if readBracketedLevel(text, start, into: &record) { return .head }
      if let role = readPostgres(text, start, mark, into: &record, pid: &pid) { return role }
      return nil
    case 0x7C: return readLoguru(text, start, into: &record) ? .head : nil
    case 0x2D: return readDashed(text, start, into: &record) ? .head : nil
    default: break
    }
    if first.isDigit, readMySQL(text, start, into: &record) { return .head }
    if first.isUppercase, let role = readLevelBehindDate(text, start, mark, into: &record) {
      return role
    }
    if let role = readPostgres(text, start, mark, into: &record, pid: &pid) { return role }
    if text[mark.lowerBound + 10] == 0x54, readClassicBalancer(text, start, into: &record) {
      return .head
    }
    let shape = LeadShape(text, at: start.position)
    let outer = stamp
    record = Record()
    guard recogniseUndated(text, start, shape, into: &record) else {
      stamp = outer
      return nil
    }
    if record.format == .uvicornAccess { record.format = .uvicornAccessTimed }
    if record.format == .uvicornDefault { record.format = .uvicornDefaultTimed }
    return .head
  }

  /// `ERROR …` behind the time: Spring, log4j, uvicorn, or a plain message.
  private mutating func readLevelBehindDate(
    _ text: Span<UInt8>, _ start: ByteCursor, _ mark: Range<Int>, into record: inout Record
  ) -> LineRole? {
    var cursor = start
    guard let word = cursor.takeUppercase(in: text) else { return nil }
    if cursor.peek(text) == 0x3A {
      // PostgreSQL without a process in its prefix needs a zone to be told from uvicorn.
      let isPostgres =
        text.has(":  ", at: cursor.position) && !text.has(":   ", at: cursor.position)
        && text[mark.lowerBound + 10] == 0x20 && text.statesZone(mark)
      if isPostgres { return nil }
      guard readLevelled(text, start, into: &record) else { return nil }
      if record.format == .uvicornAccess { record.format = .uvicornAccessTimed }
      if record.format == .uvicornDefault { record.format = .uvicornDefaultTimed }
      return .head
    }
    guard cursor.isAtEnd(text) || cursor.peek(text) == 0x20 || cursor.peek(text) == 0x09,
      let level = Severity(word: text, word)
    else { return nil }
    cursor.skip(0x20, in: text)
    if readSpring(text, cursor, into: &record) || readLog4j(text, cursor, into: &record) {
      record.severity = level
      return .head
    }
    record.severity = level
    record.format = text.hasComma(in: mark) ? .pythonAsctime : .pythonPlainTime
    record.message = cursor.position..<text.count
    if record.format == .pythonAsctime { takeLoggerName(text, cursor, into: &record) }
    return .head
  }

  /// `[app.db] message` and `app.db: message`: the logger is not part of the message.
  private func takeLoggerName(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) {
    var cursor = start
    if cursor.takeBracketed(in: text) != nil {
      cursor.skip(0x20, in: text)
      record.message = cursor.position..<text.count
      return
    }
    while let byte = cursor.peek(text), byte.isWord || byte == 0x2E { cursor.position += 1 }
    if cursor.position > start.position, cursor.take(": ", in: text) {
      record.message = cursor.position..<text.count
    }
  }

  // MARK: Python

  /// `- app.db - ERROR - message`, `- ERROR - message`, and log4j's `- WARN  [thread] - message`.
  private mutating func readDashed(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard cursor.take("- ", in: text) else { return false }
    let field = cursor
    if let word = cursor.takeUppercase(in: text), let level = Severity(word: text, word),
      cursor.skip(0x20, in: text) > 0
    {
      if readLog4j(text, cursor, into: &record) {
        record.severity = level
        return true
      }
    }
    cursor = field
    for _ in 0..<4 {
      guard let end = text.firstIndex(of: " - ", from: cursor.position) else { return false }
      let token = text.trimmed(cursor.position..<end)
      cursor.position = end + 3
      if let level = Severity(word: text, token) {
        record.severity = level
        record.format = .pythonAsctime
        if let next = text.firstIndex(of: " - ", from: cursor.position),
          text.isLoggerName(cursor.position..<next)
        {
          cursor.position = next + 3
        }
        record.message = cursor.position..<text.count
        return true
      }
    }
    return false
  }

  /// `[error    ] order_failed` (structlog) and `[warning] <0.6793.0> …` (RabbitMQ).
  private func readBracketedLevel(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let inside = cursor.takeBracketed(in: text) else { return false }
    let word = text.trimmed(inside)
    guard cursor.take(0x20, in: text) || cursor.isAtEnd(text) else { return false }
    let isException = text.equals("exception", in: word)
    guard let level = isException ? .error : Severity(word: text, word) else { return false }
    record.severity = level
    if cursor.peek(text) == 0x3C, text.isErlangProcess(at: cursor.position) {
      record.format = .rabbitmq
      _ = cursor.takeWord(in: text)
      cursor.skip(0x20, in: text)
    } else {
      record.format = .structlogConsole
    }
    record.message = cursor.position..<text.count
    return true
  }

  /// `| ERROR    | __main__:<module>:8 - message`.
  private func readLoguru(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard cursor.take("| ", in: text), let word = cursor.takeUppercase(in: text) else {
      return false
    }
    let level = text.equals("SUCCESS", in: word) ? .info : Severity(word: text, word)
    cursor.skip(0x20, in: text)
    guard let level, cursor.take("| ", in: text) else { return false }
    record.severity = level
    record.format = .loguru
    let message = text.firstIndex(of: " - ", from: cursor.position).map { $0 + 3 }
    record.message = (message ?? cursor.position)..<text.count
    return true
  }

  // MARK: other languages

  /// `\tinfo\tflag-sync/sync_service.go:87\tmessage\t{…}`.
  private func readZapConsole(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard cursor.take(0x09, in: text), let word = cursor.takeLetters(in: text),
      cursor.take(0x09, in: text), let level = zapLevel(text, word)
    else { return false }
    record.severity = level
    record.format = .zapConsole
    // Logger and caller, if they are there, stand before the message.
    for _ in 0..<2 {
      var end = cursor.position
      while end < text.count, text[end] != 0x09, text[end] != 0x20 { end += 1 }
      guard end < text.count, text[end] == 0x09, end > cursor.position else { break }
      guard end + 1 < text.count, text[end + 1] != 0x7B else { break }
      cursor.position = end + 1
    }
    let message = cursor.position
    _ = cursor.take(upTo: 0x09, in: text)
    record.message = message..<(cursor.position > message ? cursor.position : text.count)
    return true
  }

  private func zapLevel(_ text: Span<UInt8>, _ word: Range<Int>) -> Severity? {
    if text.equals("dpanic", in: word) || text.equals("DPANIC", in: word) { return .critical }
    return Severity(word: text, word)
  }

  /// `0 [Note] [MY-012487] [InnoDB] message`.
  private func readMySQL(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard cursor.takeDigits(in: text) != nil, cursor.take(0x20, in: text),
      let word = cursor.takeBracketed(in: text)
    else { return false }
    guard let level = Severity(word: text, word) else { return false }
    for _ in 0..<2 {
      let before = cursor
      guard cursor.take(0x20, in: text), cursor.takeBracketed(in: text) != nil else {
        cursor = before
        break
      }
    }
    cursor.skip(0x20, in: text)
    record.severity = level
    record.format = .mysqlError
    record.message = cursor.position..<text.count
    return true
  }
}

extension Span where Element == UInt8 {
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, self[lower] == 0x20 || self[lower] == 0x5B { lower += 1 }
    while upper > lower, self[upper - 1] == 0x20 || self[upper - 1] == 0x5D { upper -= 1 }
    return lower..<upper
  }

  func isLoggerName(_ range: Range<Int>) -> Bool {
    for index in range where !(self[index].isWord || self[index] == 0x2E) { return false }
    return !range.isEmpty && range.count < Limits.loggerNameBytes
  }

  func hasComma(in range: Range<Int>) -> Bool {
    for index in range where self[index] == 0x2C { return true }
    return false
  }

  func firstByte(_ byte: UInt8, behind index: Int) -> Bool {
    index < count && self[index] == byte
  }

  /// `<0.6793.0>`.
  func isErlangProcess(at start: Int) -> Bool {
    var cursor = ByteCursor(start)
    guard cursor.take(0x3C, in: self), cursor.takeDigits(in: self) != nil,
      cursor.take(0x2E, in: self), cursor.takeDigits(in: self) != nil,
      cursor.take(0x2E, in: self), cursor.takeDigits(in: self) != nil
    else { return false }
    return cursor.take(0x3E, in: self)
  }
}
