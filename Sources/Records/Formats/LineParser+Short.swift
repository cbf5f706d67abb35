import Bytes

// The formats whose first word gives them away.
extension LineParser {
  /// `1952:M 22 Nov 2026 15:56:18.164 * Ready` and `1:signal-handler (1693279182) Received SIGTERM`.
  mutating func readRedis(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard cursor.takeDigits(in: text) != nil, cursor.take(0x3A, in: text) else { return false }
    if cursor.take("signal-handler (", in: text) {
      let mark = cursor.position
      guard let time = times.readEpoch(text, at: &cursor) else { return false }
      stamp = mark..<cursor.position
      guard cursor.take(0x29, in: text) else { return false }
      cursor.skip(0x20, in: text)
      record.time = time
      record.format = .redis
      record.message = cursor.position..<text.count
      return true
    }
    cursor.position += 2
    guard let time = takeTime(text, &cursor), cursor.take(0x20, in: text),
      let mark = cursor.peek(text), let level = Severity(redisMark: mark)
    else { return false }
    cursor.position += 1
    cursor.skip(0x20, in: text)
    record.time = time
    record.severity = level
    record.format = .redis
    record.message = cursor.position..<text.count
    return true
  }

  /// `E0517 15:04:22.619632 1952452992 logging_unittest.cc:253] message`.
  mutating func readKlog(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = ByteCursor(start.position + 1)
    let mark = cursor.position
    guard let level = Severity(klogLetter: text[start.position]),
      let time = times.readKlog(text, at: &cursor)
    else { return false }
    stamp = mark..<cursor.position
    guard cursor.skip(0x20, in: text) > 0, cursor.takeDigits(in: text) != nil,
      cursor.take(0x20, in: text), cursor.take(upTo: 0x5D, in: text) != nil
    else { return false }
    cursor.position += 1
    cursor.skip(0x20, in: text)
    record.time = time
    record.severity = level
    record.format = .klog
    record.message = cursor.position..<text.count
    return true
  }

  /// `GET /api/orders 500 12.345 ms - 21`.
  func readMorgan(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = start
    guard let method = cursor.takeUppercase(in: text), cursor.take(0x20, in: text),
      let path = cursor.takeField(in: text), let status = cursor.takeStatus(in: text),
      cursor.take(0x20, in: text)
    else { return false }
    let duration = cursor.takeSeconds(in: text, power: -3)
    guard duration != nil || cursor.take(0x2D, in: text), cursor.take(" ms - ", in: text)
    else { return false }
    record.request.method = method
    record.request.path = path
    record.request.status = status
    record.request.duration = duration
    record.format = .morgan
    record.message = start.position..<text.count
    return true
  }

  /// `I, [2024-06-26T17:00:04.497736 #126554]  INFO -- : message`.
  mutating func readRails(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    var cursor = ByteCursor(start.position + 4)
    guard let time = takeTime(text, &cursor), cursor.take(" #", in: text),
      cursor.takeDigits(in: text) != nil, cursor.take(0x5D, in: text),
      let dashes = text.firstIndex(of: " -- ", from: cursor.position),
      dashes < cursor.position + 10
    else { return false }
    cursor.position = dashes + 4
    guard cursor.take(upTo: 0x3A, in: text) != nil else { return false }
    cursor.position += 1
    cursor.skip(0x20, in: text)
    record.time = time
    record.severity = Severity(railsLetter: text[start.position])
    record.format = .railsLogger
    record.message = cursor.position..<text.count
    readRailsCompletion(text, cursor.position, into: &record)
    return true
  }

  /// `[id] Completed 500 Internal Server Error in 180ms (Views: … | ActiveRecord: 143.3ms (12
  /// queries, 3 cached) | …)`.
  private func readRailsCompletion(
    _ text: Span<UInt8>, _ start: Int, into record: inout Record
  ) {
    var cursor = ByteCursor(start)
    while cursor.peek(text) == 0x5B {
      guard cursor.takeBracketed(in: text) != nil else { return }
      cursor.skip(0x20, in: text)
    }
    guard cursor.take("Completed ", in: text) else { return }
    record.request.status = cursor.takeStatus(in: text)
    guard let within = text.firstIndex(of: " in ", from: cursor.position) else { return }
    cursor.position = within + 4
    if let seconds = cursor.takeSeconds(in: text, power: -3), cursor.take("ms", in: text) {
      record.request.duration = seconds
    }
    let label: StaticString = "ActiveRecord: "
    guard let found = text.firstIndex(of: label, from: cursor.position) else { return }
    cursor.position = found + label.utf8CodeUnitCount
    if let seconds = cursor.takeSeconds(in: text, power: -3), cursor.take("ms", in: text) {
      record.request.databaseDuration = seconds
      if cursor.take(" (", in: text), let calls = cursor.takeDigits(in: text),
        cursor.take(" quer", in: text)
      {
        record.request.databaseCalls = Double(calls)
      }
    }
  }

  /// `fail: Microsoft.AspNetCore.Server.Kestrel[13]`; the message stands in the next lines.
  func readDotnet(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    let first = start.position
    guard text.has(": ", at: first + 4), text[text.count - 1] == 0x5D else { return false }
    let level: Severity
    switch text[first] {
    case 0x74 where text.has("trce", at: first): level = .trace
    case 0x64 where text.has("dbug", at: first): level = .debug
    case 0x69 where text.has("info", at: first): level = .info
    case 0x77 where text.has("warn", at: first): level = .warning
    case 0x66 where text.has("fail", at: first): level = .error
    case 0x63 where text.has("crit", at: first): level = .critical
    default: return false
    }
    var cursor = ByteCursor(first + 6)
    while let byte = cursor.peek(text), byte != 0x5B, byte != 0x20 { cursor.position += 1 }
    let category = (first + 6)..<cursor.position
    guard !category.isEmpty, let event = cursor.takeBracketed(in: text), text.isNumber(event),
      cursor.isAtEnd(text)
    else { return false }
    record.severity = level
    record.format = .dotnetSimpleConsole
    record.message = category
    return true
  }
}
