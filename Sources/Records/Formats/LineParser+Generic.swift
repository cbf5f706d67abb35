import Bytes

extension LineParser {
  /// A line of no known format that still states a time at its start or behind its first fields, or
  /// an HTTP request and its status.
  mutating func readGeneric(_ text: Span<UInt8>, into record: inout Record) -> Bool {
    record = Record()
    if isFreeText {
      if takeLeadingTime(text, into: &record) { return true }
    } else if let found = findStamp(text), found.isPlain || !hasLayerTime {
      let behind = ByteCursor(found.mark.upperBound)
      finishGeneric(text, found.time, found.mark, behind, into: &record)
      record.severity = record.severity ?? found.severity
      isDoubtful = !found.isPlain
      if hasLayerTime, found.mark.lowerBound > 1 {
        // The layer's is as good, and it stands where a time must be.
        record.time = nil
        stamp = nil
      }
      return true
    }
    stamp = nil
    if readPythonWarning(text, into: &record) { return true }
    guard findRequest(text, from: 0, into: &record) else { return false }
    record.format = .genericAccess
    record.message = 0..<text.count
    return true
  }

  /// The time at the start of a message of syslog.
  private mutating func takeLeadingTime(_ text: Span<UInt8>, into record: inout Record) -> Bool {
    let first = text[0]
    guard first.isDigit || first.isUppercase else { return false }
    var cursor = ByteCursor()
    guard let time = takeTime(text, &cursor), let mark = stamp, mark.count >= 8 else {
      return false
    }
    finishGeneric(text, time, mark, cursor, into: &record)
    return true
  }

  /// The time at the start of the message of a line whose level was read first: `[INFO] 2026-11-22
  /// 01:02:03 started`, `[WARNING] 325/010203 (4242) : Server a/b is DOWN`.
  mutating func takeTimeOfMessage(_ text: Span<UInt8>, into record: inout Record) {
    var cursor = ByteCursor(record.message.lowerBound)
    guard record.time == nil, record.request.status == nil, let first = cursor.peek(text),
      first.isDigit || first == 0x5B
    else { return }
    if first == 0x5B { cursor.position += 1 }
    let start = cursor.position
    guard
      let time = times.readLoose(text, at: &cursor, place: .elsewhere)
        ?? times.readDayOfYear(text, at: &cursor)
    else { return }
    record.time = time
    stamp = start..<cursor.position
    while let byte = cursor.peek(text),
      byte == 0x20 || byte == 0x09 || byte == 0x2D || byte == 0x5D || byte == 0x3A
    {
      cursor.position += 1
    }
    record.message = cursor.position..<text.count
  }

  /// A known time, then perhaps a severity word, then text.
  mutating func finishGeneric(
    _ text: Span<UInt8>, _ time: Timestamp, _ mark: Range<Int>, _ behind: ByteCursor,
    into record: inout Record
  ) {
    record.time = time
    record.format = .generic
    stamp = mark
    let level = GenericLevel(text, from: behind.position)
    record.severity = level.severity
    record.message = min(level.messageStart, text.count)..<text.count
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
