import Bytes

extension LineParser {
  /// `UTC [4629] app@shop ERROR:  message`, behind the time. A process or a zone must be there, since
  /// many logs have a time and a level.
  mutating func readPostgres(
    _ text: Span<UInt8>, _ start: ByteCursor, _ mark: Range<Int>, into record: inout Record,
    pid: inout Int?
  ) -> LineRole? {
    let limit = min(text.count, start.position + Limits.postgresPrefixBytes)
    var process: Int?
    var index = start.position
    while index < limit {
      let byte = text[index]
      if byte == 0x5B, process == nil {
        var cursor = ByteCursor(index + 1)
        if let number = cursor.takeDigits(in: text), cursor.take(0x5D, in: text) {
          process = number
          index = cursor.position
          continue
        }
      } else if byte == 0x3A, index + 1 < text.count, text[index + 1] == 0x20,
        let word = postgresWord(text, endingAt: index, from: start.position)
      {
        guard process != nil || text.statesZone(mark) else { return nil }
        pid = process
        var cursor = ByteCursor(index + 1)
        cursor.skip(0x20, in: text)
        record.format = .postgresStderr
        record.message = min(cursor.position, text.count)..<text.count
        guard let severity = word.severity else { return .attachment }
        record.severity = severity
        takePostgresDuration(text, cursor, into: &record)
        return .head
      }
      index += 1
    }
    return nil
  }

  private func postgresWord(
    _ text: Span<UInt8>, endingAt end: Int, from start: Int
  ) -> PostgresWord? {
    var first = end
    while first > start, text[first - 1].isUppercase || text[first - 1].isDigit { first -= 1 }
    guard end - first >= 3, first == start || text[first - 1] == 0x20 || text[first - 1] == 0x3A
    else { return nil }
    return PostgresWord(text, first..<end)
  }

  /// A row of csvlog: `…,42601,…` with the severity in its twelfth column. Only what lies on the
  /// first physical line is read.
  mutating func readPostgresCSV(
    _ text: Span<UInt8>, _ start: ByteCursor, _ mark: Range<Int>, into record: inout Record
  ) -> LineRole? {
    var cursor = start
    var column = 1
    var word: Range<Int>?
    while column < 14, cursor.take(0x2C, in: text) {
      column += 1
      let from = cursor.position
      if cursor.peek(text) == 0x22 {
        guard let quoted = cursor.takeCSVQuoted(in: text) else { break }
        if column == 14 { record.message = quoted }
      } else {
        while let byte = cursor.peek(text), byte != 0x2C { cursor.position += 1 }
        if column == 12 { word = from..<cursor.position }
      }
    }
    guard let word, let severity = PostgresWord(text, word)?.severity else { return nil }
    record.severity = severity
    record.format = .postgresCSV
    takePostgresDuration(text, ByteCursor(record.message.lowerBound), into: &record)
    return .head
  }

  /// `duration: 602.054 ms`, which `log_min_duration_statement` writes.
  private func takePostgresDuration(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) {
    var cursor = start
    guard cursor.take("duration: ", in: text),
      let seconds = cursor.takeSeconds(in: text, power: -3), cursor.take(" ms", in: text)
    else { return }
    record.request.databaseDuration = seconds
  }
}

extension ByteCursor {
  /// The inside of a CSV field in quotes, where two quotes stand for one; to the end of the line
  /// when the field goes on in the next.
  fileprivate mutating func takeCSVQuoted(in bytes: Span<UInt8>) -> Range<Int>? {
    guard take(0x22, in: bytes) else { return nil }
    let start = position
    while position < bytes.count {
      if bytes[position] == 0x22 {
        if peek(bytes, ahead: 1) != 0x22 {
          defer { position += 1 }
          return start..<position
        }
        position += 1
      }
      position += 1
    }
    position = bytes.count
    return start..<bytes.count
  }
}

/// The word before the colon of a PostgreSQL line.
enum PostgresWord {
  case level(Severity)
  /// It belongs to the error before it and repeats the user's own words.
  case attachment

  var severity: Severity? {
    if case .level(let severity) = self { return severity }
    return nil
  }

  init?(_ text: Span<UInt8>, _ word: Range<Int>) {
    guard !word.isEmpty else { return nil }
    switch text[word.lowerBound] {
    case 0x4C where text.equals("LOG", in: word): self = .level(.info)
    case 0x4C where text.equals("LOCATION", in: word): self = .attachment
    case 0x45 where text.equals("ERROR", in: word): self = .level(.error)
    case 0x57 where text.equals("WARNING", in: word): self = .level(.warning)
    case 0x4E where text.equals("NOTICE", in: word): self = .level(.notice)
    case 0x49 where text.equals("INFO", in: word): self = .level(.info)
    case 0x46 where text.equals("FATAL", in: word): self = .level(.critical)
    case 0x50 where text.equals("PANIC", in: word): self = .level(.emergency)
    case 0x44 where text.equals("DETAIL", in: word): self = .attachment
    case 0x44 where text.has("DEBUG", at: word.lowerBound) && word.count <= 6:
      self = .level(.debug)
    case 0x48 where text.equals("HINT", in: word): self = .attachment
    case 0x43 where text.equals("CONTEXT", in: word): self = .attachment
    case 0x53 where text.equals("STATEMENT", in: word): self = .attachment
    case 0x51 where text.equals("QUERY", in: word): self = .attachment
    default: return nil
    }
  }
}
