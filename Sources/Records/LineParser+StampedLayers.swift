import Bytes

// The layers that put a priority or a time in front of a line.
extension LineParser {
  /// `<165>`, and RFC 5424 behind it.
  mutating func takePriority(
    _ text: Span<UInt8>, _ layers: inout UnwrappedLine
  ) -> LayerStep {
    var cursor = ByteCursor(layers.text.lowerBound + 1)
    guard let priority = cursor.takeDigits(in: text, atMost: 3), cursor.take(0x3E, in: text),
      let severity = Severity(syslogPriority: priority)
    else { return .none }
    let inner = cursor.position
    if cursor.take("1 ", in: text), let message = takeModernHeader(text, &cursor, &layers) {
      layers.severity = severity
      layers.format = .syslogRFC5424
      return .prefix(message)
    }
    layers.severity = severity
    layers.format = layers.format ?? .syslogRFC3164
    return .prefix(inner)
  }

  /// RFC 5424 behind `<pri>1 `: time, host, program, process, message id, structured data.
  private mutating func takeModernHeader(
    _ text: Span<UInt8>, _ cursor: inout ByteCursor, _ layers: inout UnwrappedLine
  ) -> Int? {
    var time: Timestamp?
    if !cursor.take("- ", in: text) {
      time = times.read(text, at: &cursor)
      guard time != nil, cursor.take(0x20, in: text) else { return nil }
    }
    for _ in 0..<4 {
      guard cursor.takeField(in: text) != nil else { return nil }
    }
    if !cursor.take(0x2D, in: text) {
      guard cursor.peek(text) == 0x5B else { return nil }
      while cursor.take(0x5B, in: text) {
        guard skipStructuredData(text, &cursor) else { return nil }
      }
    }
    guard cursor.isAtEnd(text) || cursor.take(0x20, in: text) else { return nil }
    _ = cursor.take("\u{FEFF}", in: text)
    if let time {
      layers.time = time
      layers.timeHasZone = true
    }
    return cursor.position
  }

  private func skipStructuredData(_ text: Span<UInt8>, _ cursor: inout ByteCursor) -> Bool {
    var isQuoted = false
    while let byte = cursor.peek(text) {
      cursor.position += 1
      if byte == 0x5C, isQuoted {
        cursor.position += 1
      } else if byte == 0x22 {
        isQuoted.toggle()
      } else if byte == 0x5D, !isQuoted {
        return true
      }
    }
    return false
  }

  /// RFC 3164 as files hold it: `Jun 14 15:16:01 host program[pid]: `.
  mutating func takeTraditionalSyslog(
    _ text: Span<UInt8>, _ start: Int, _ layers: inout UnwrappedLine
  ) -> LayerStep {
    guard start + 16 < text.count, text[start + 3] == 0x20, text[start + 6] == 0x20,
      text[start + 9] == 0x3A, text[start + 15] == 0x20
    else { return .none }
    var cursor = ByteCursor(start)
    guard let time = times.read(text, at: &cursor), cursor.take(0x20, in: text),
      cursor.takeField(in: text) != nil, takeProgram(text, &cursor)
    else { return .none }
    layers.time = layers.time ?? time
    layers.format = .syslogRFC3164
    return .prefix(cursor.position)
  }

  /// `program[pid]: ` or `program: `.
  private func takeProgram(_ text: Span<UInt8>, _ cursor: inout ByteCursor) -> Bool {
    let start = cursor.position
    while let byte = cursor.peek(text), byte != 0x20, byte != 0x3A, byte != 0x5B {
      cursor.position += 1
    }
    guard cursor.position > start else { return false }
    if cursor.take(0x5B, in: text) {
      guard cursor.takeDigits(in: text) != nil, cursor.take(0x5D, in: text) else { return false }
    }
    guard cursor.take(0x3A, in: text) else { return false }
    return cursor.isAtEnd(text) || cursor.take(0x20, in: text)
  }

  /// CRI, rsyslog's ISO form, and the times that `kubectl logs --timestamps` and GitHub Actions put
  /// in front of a line.
  mutating func takeStampedLayer(
    _ text: Span<UInt8>, _ start: Int, _ layers: inout UnwrappedLine
  ) -> LayerStep {
    var cursor = ByteCursor(start)
    guard let time = times.read(text, at: &cursor), cursor.take(0x20, in: text) else {
      return .none
    }
    let stampEnd = cursor.position - 1
    if let inner = takeContainerRuntime(text, cursor, &layers) {
      layers.time = time
      layers.timeHasZone = true
      layers.format = .cri
      return .prefix(inner)
    }
    let inner = cursor.position
    if let host = cursor.takeField(in: text), Severity(word: text, host) == nil,
      isHostName(text, host), takeProgram(text, &cursor)
    {
      layers.time = time
      layers.timeHasZone = true
      layers.format = .rsyslogISO
      return .prefix(cursor.position)
    }
    // Seven digits of fraction and more are a runtime's, not a program's.
    let hasFineFraction =
      stampEnd - start >= 28 && text[stampEnd - 1] == 0x5A && text[start + 19] == 0x2E
    guard hasFineFraction, inner < text.count else { return .none }
    layers.time = time
    layers.timeHasZone = true
    layers.format = layers.format ?? .generic
    return .prefix(inner)
  }

  private func takeContainerRuntime(
    _ text: Span<UInt8>, _ start: ByteCursor, _ layers: inout UnwrappedLine
  ) -> Int? {
    var cursor = start
    let stream: OutputStream
    if cursor.take("stdout ", in: text) {
      stream = .standardOutput
    } else if cursor.take("stderr ", in: text) {
      stream = .standardError
    } else {
      return nil
    }
    let isPartial = cursor.take(0x50, in: text)
    guard isPartial || cursor.take(0x46, in: text) else { return nil }
    if cursor.take(0x3A, in: text) { _ = cursor.takeWord(in: text) }
    guard cursor.isAtEnd(text) || cursor.take(0x20, in: text) else { return nil }
    layers.stream = stream
    layers.isPartial = isPartial
    return cursor.position
  }

  private func isHostName(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      guard byte.isWord || byte == 0x2E || byte == 0x2D || byte == 0x3A else { return false }
      index += 1
    }
    return true
  }
}
