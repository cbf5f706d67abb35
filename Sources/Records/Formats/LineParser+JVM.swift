import Bytes

extension LineParser {
  /// ` 51304 --- [app] [thread] logger : message`, behind time and level.
  func readSpring(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    if cursor.peek(text) == 0x5B {
      guard cursor.takeBracketed(in: text) != nil, cursor.take(0x20, in: text) else {
        return false
      }
    }
    guard cursor.takeDigits(in: text) != nil, cursor.take(" --- [", in: text) else {
      return false
    }
    cursor.position -= 1
    for _ in 0..<3 where cursor.peek(text) == 0x5B {
      guard cursor.takeBracketed(in: text) != nil, cursor.take(0x20, in: text) else {
        return false
      }
    }
    _ = cursor.takeWord(in: text)
    cursor.skip(0x20, in: text)
    guard cursor.take(0x3A, in: text) else { return false }
    cursor.skip(0x20, in: text)
    record.format = .springBoot
    record.message = cursor.position..<text.count
    return true
  }

  /// `[thread] logger: message` and `[thread] - message`, behind time and level.
  func readLog4j(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard cursor.peek(text) == 0x5B,
      let end = text.firstIndex(of: "] ", from: cursor.position)
    else { return false }
    cursor.position = end + 2
    if !cursor.take("- ", in: text) {
      let logger = cursor.position
      while let byte = cursor.peek(text), byte.isWord || byte == 0x2E || byte == 0x24 {
        cursor.position += 1
      }
      guard cursor.position > logger, cursor.take(0x3A, in: text),
        cursor.isAtEnd(text) || cursor.take(0x20, in: text)
      else { return false }
    }
    record.format = .log4jISO
    record.message = cursor.position..<text.count
    return true
  }

  /// `12:41:22.381 [main] ERROR c.acme.orders.OrderService -- save failed`; the date is that of the
  /// reference.
  mutating func readLogbackDefault(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let time = times.readTimeOnly(text, at: &cursor) else { return false }
    let mark = start.position..<cursor.position
    guard cursor.take(0x20, in: text) else { return false }
    let behind = cursor
    record.time = time
    stamp = mark
    if cursor.takeBracketed(in: text) != nil, cursor.take(0x20, in: text),
      let word = cursor.takeUppercase(in: text), let level = Severity(word: text, word)
    {
      cursor.skip(0x20, in: text)
      _ = cursor.takeWord(in: text)
      if cursor.take(" - ", in: text) || cursor.take(" -- ", in: text) {
        record.severity = level
        record.format = .logbackDefault
        record.message = cursor.position..<text.count
        return true
      }
    }
    finishGeneric(text, time, mark, behind, into: &record)
    return true
  }

  /// `17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: message`.
  mutating func readSpark(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let time = takeTime(text, &cursor), cursor.take(0x20, in: text),
      let word = cursor.takeUppercase(in: text), let level = Severity(word: text, word),
      cursor.take(0x20, in: text)
    else { return false }
    while let byte = cursor.peek(text), byte.isWord || byte == 0x2E || byte == 0x24 {
      cursor.position += 1
    }
    guard cursor.take(": ", in: text) else { return false }
    record.time = time
    record.severity = level
    record.format = .spark
    record.message = cursor.position..<text.count
    return true
  }

  /// `Nov 22, 2026 4:09:43 PM T main`. Severity and message stand in the next line.
  mutating func readJavaUtilLogging(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let comma = text.firstIndex(of: ", ", from: start.position),
      comma <= start.position + 6, let time = takeTime(text, &cursor),
      cursor.take(0x20, in: text)
    else { return false }
    let source = cursor.position
    guard !cursor.takeWord(in: text).isEmpty else { return false }
    if cursor.take(0x20, in: text) {
      _ = cursor.takeWord(in: text)
    }
    guard cursor.isAtEnd(text) else { return false }
    record.time = time
    record.format = .javaUtilLogging
    record.message = source..<text.count
    return true
  }
}
