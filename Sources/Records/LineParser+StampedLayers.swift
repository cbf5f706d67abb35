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
    guard cursor.takeField(in: text) != nil, let program = cursor.takeField(in: text),
      let process = cursor.takeField(in: text), cursor.takeField(in: text) != nil
    else { return nil }
    var digits = ByteCursor(process.lowerBound)
    layers.source = text.source(program, process: digits.takeDigits(in: text) ?? 0)
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
      cursor.takeField(in: text) != nil, takeProgram(text, &cursor, &layers)
    else { return .none }
    layers.time = layers.time ?? time
    layers.format = .syslogRFC3164
    return .prefix(cursor.position)
  }

  /// `program[pid]: ` or `program: `.
  private func takeProgram(
    _ text: Span<UInt8>, _ cursor: inout ByteCursor, _ layers: inout UnwrappedLine
  ) -> Bool {
    let start = cursor.position
    while let byte = cursor.peek(text), byte != 0x20, byte != 0x3A, byte != 0x5B {
      cursor.position += 1
    }
    let name = start..<cursor.position
    guard !name.isEmpty else { return false }
    var process = 0
    if cursor.take(0x5B, in: text) {
      guard let number = cursor.takeDigits(in: text), cursor.take(0x5D, in: text) else {
        return false
      }
      process = number
    }
    guard cursor.take(0x3A, in: text), cursor.isAtEnd(text) || cursor.take(0x20, in: text) else {
      return false
    }
    layers.source = text.source(name, process: process)
    layers.isKernel = text[name.lowerBound] == 0x6B && text.equals("kernel", in: name)
    return true
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
      isHostName(text, host), takeProgram(text, &cursor, &layers)
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

extension Span where Element == UInt8 {
  /// The container whose name, padding and bar are in `prefix`.
  func container(_ prefix: Range<Int>) -> UInt64 {
    var end = prefix.upperBound
    while end > prefix.lowerBound, self[end - 1] == 0x20 || self[end - 1] == 0x7C { end -= 1 }
    return source(prefix.lowerBound..<end, process: 0)
  }

  /// One number for a program or a container, cheap and nearly always its own. What shares one is joined
  /// as if nothing told it apart.
  func source(_ name: Range<Int>, process: Int) -> UInt64 {
    guard !name.isEmpty else { return 0 }
    let first = UInt64(self[name.lowerBound])
    let middle = UInt64(self[name.lowerBound + name.count / 2])
    let last = UInt64(self[name.upperBound - 1])
    let packed = first | middle << 8 | last << 16 | UInt64(name.count & 0xFF) << 24
    return (packed | UInt64(truncatingIfNeeded: process) << 32) &* 0x9E37_79B9_7F4A_7C15 | 1
  }
}
