import Bytes

extension LineParser {
  /// Everything that starts with `[`. What the bracket holds decides.
  mutating func readBracketed(_ text: Span<UInt8>, into record: inout Record) -> Bool {
    guard text.count > 4 else { return false }
    if text.has("pid: ", at: 1) { return readUWSGI(text, into: &record) }
    let first = text[1]
    if first == 0x20 || first.isDigit, readKernel(text, ByteCursor(), into: &record) {
      return true
    }
    if !first.isDigit, !first.isUppercase { return false }
    var cursor = ByteCursor(1)
    guard let time = takeTime(text, &cursor), let mark = stamp else {
      guard first.isUppercase, readLevelOnly(text, into: &record) else { return false }
      takeTimeOfMessage(text, into: &record)
      return true
    }
    let isFound: Bool
    switch cursor.peek(text) {
    case 0x3A: isFound = readCelery(text, cursor, into: &record)
    case 0x5D:
      cursor.position += 1
      isFound = readBehindBracket(text, cursor, mark, into: &record)
    default: isFound = false
    }
    if isFound {
      if record.time == nil {
        record.time = time
        stamp = mark
      }
      return true
    }
    record = Record()
    var behind = ByteCursor(mark.upperBound)
    _ = behind.take(0x5D, in: text)
    finishGeneric(text, time, mark, behind, into: &record)
    return true
  }

  private mutating func readBehindBracket(
    _ text: Span<UInt8>, _ start: ByteCursor, _ mark: Range<Int>, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard cursor.take(0x20, in: text), let next = cursor.peek(text) else { return false }
    if text[1].isUppercase { return readApacheError(text, cursor, into: &record) }
    if text[3] == 0x2D { return readPHP(text, cursor, into: &record) }
    if text[3] == 0x2F { return readDjango(text, cursor, into: &record) }
    if next == 0x5B { return readGunicorn(text, cursor, into: &record) }
    if next == 0x22 { return readEnvoy(text, cursor, into: &record) }
    return readLaravel(text, cursor, into: &record)
  }

  /// `[29843] [INFO] Listening at: …`.
  private func readGunicorn(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let process = cursor.takeBracketed(in: text), text.isNumber(process),
      cursor.take(0x20, in: text), let word = cursor.takeBracketed(in: text),
      let level = Severity(word: text, text.trimmed(word))
    else { return false }
    cursor.skip(0x20, in: text)
    record.severity = level
    record.format = .gunicornError
    record.message = cursor.position..<text.count
    return true
  }

  /// `: INFO/ForkPoolWorker-2] Task app.add[…] succeeded in 0.5312s: 4`.
  private func readCelery(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard cursor.take(": ", in: text), let word = cursor.takeUppercase(in: text),
      cursor.take(0x2F, in: text), let level = Severity(word: text, word),
      cursor.take(upTo: 0x5D, in: text) != nil
    else { return false }
    cursor.position += 1
    cursor.skip(0x20, in: text)
    record.severity = level
    record.format = .celery
    record.message = cursor.position..<text.count
    if cursor.take("Task ", in: text) {
      let phrase: StaticString = "] succeeded in "
      if let found = text.firstIndex(of: phrase, from: cursor.position) {
        var behind = ByteCursor(found + phrase.utf8CodeUnitCount)
        if let number = behind.takeSeconds(in: text), behind.take(0x73, in: text) {
          record.request.duration = number
        }
      }
    }
    return true
  }

  /// `local.ERROR: Something bad happened`.
  private func readLaravel(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    while let byte = cursor.peek(text), byte.isWord || byte == 0x2D { cursor.position += 1 }
    guard cursor.position > start.position, cursor.take(0x2E, in: text),
      let word = cursor.takeUppercase(in: text), cursor.take(0x3A, in: text),
      let level = Severity(word: text, word)
    else { return false }
    cursor.skip(0x20, in: text)
    record.severity = level
    record.format = .laravel
    record.message = cursor.position..<text.count
    return true
  }

  /// `WARNING: [pool www] …` and `PHP Fatal error:  Uncaught …`.
  private func readPHP(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    if cursor.take("PHP ", in: text) {
      guard let word = cursor.take(upTo: 0x3A, in: text) else { return false }
      if text.equals("Fatal error", in: word) || text.equals("Parse error", in: word)
        || text.equals("Recoverable fatal error", in: word)
      {
        record.severity = .error
      } else if text.equals("Warning", in: word) {
        record.severity = .warning
      } else if text.equals("Notice", in: word) || text.equals("Deprecated", in: word) {
        record.severity = .notice
      } else {
        return false
      }
    } else {
      guard let word = cursor.takeUppercase(in: text), cursor.peek(text) == 0x3A,
        let level = Severity(word: text, word)
      else { return false }
      record.severity = level
    }
    cursor.position += 1
    cursor.skip(0x20, in: text)
    record.format = .phpFPM
    record.message = cursor.position..<text.count
    return true
  }

  /// `[core:error] [pid 17962] [client …] message` (2.4), `[error] message` (2.2), and what
  /// `dmesg -T` prints behind the same stamp.
  private func readApacheError(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let inside = cursor.takeBracketed(in: text) else {
      record.format = .kernelDmesg
      record.message = start.position..<text.count
      return true
    }
    var colon = inside.upperBound
    while colon > inside.lowerBound, text[colon - 1] != 0x3A { colon -= 1 }
    guard let level = Severity(word: text, text.withoutDigits(colon..<inside.upperBound)) else {
      return false
    }
    record.severity = level
    record.format = colon > inside.lowerBound ? .apacheError24 : .apacheError22
    while text.has(" [pid ", at: cursor.position) || text.has(" [client ", at: cursor.position) {
      cursor.position += 1
      guard cursor.takeBracketed(in: text) != nil else { break }
    }
    cursor.skip(0x20, in: text)
    record.message = cursor.position..<text.count
    return true
  }

  /// `[ 1804.826761] traps: …`: seconds since boot, which is no time of day.
  func readKernel(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard cursor.take(0x5B, in: text) else { return false }
    cursor.skip(0x20, in: text)
    // Ten digits are a count since 1970.
    guard let seconds = cursor.takeDigits(in: text), seconds < 1_000_000_000,
      cursor.take(0x2E, in: text), cursor.takeDigits(in: text, exactly: 6) != nil,
      cursor.take(0x5D, in: text),
      cursor.isAtEnd(text) || cursor.take(0x20, in: text)
    else { return false }
    record.format = .kernelDmesg
    record.message = cursor.position..<text.count
    return true
  }

  /// `[ERROR] message`: a severity without a time.
  private func readLevelOnly(_ text: Span<UInt8>, into record: inout Record) -> Bool {
    var cursor = ByteCursor()
    guard let inside = cursor.takeBracketed(in: text), inside.count <= 10,
      text.isUppercaseWord(text.trimmed(inside)),
      let level = Severity(word: text, text.trimmed(inside))
    else { return false }
    guard cursor.take(0x20, in: text) || cursor.take(0x3A, in: text) else { return false }
    cursor.skip(0x20, in: text)
    record.severity = level
    record.format = .generic
    record.message = cursor.position..<text.count
    return true
  }
}

extension Span where Element == UInt8 {
  func isNumber(_ range: Range<Int>) -> Bool {
    for index in range where !self[index].isDigit { return false }
    return !range.isEmpty
  }

  func isUppercaseWord(_ range: Range<Int>) -> Bool {
    for index in range where !self[index].isUppercase { return false }
    return !range.isEmpty
  }

  /// Apache's `trace1` to `trace8`, without the number.
  func withoutDigits(_ range: Range<Int>) -> Range<Int> {
    var upper = range.upperBound
    while upper > range.lowerBound, self[upper - 1].isDigit { upper -= 1 }
    return range.lowerBound..<upper
  }
}
