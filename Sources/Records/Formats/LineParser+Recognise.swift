import Bytes

extension LineParser {
  /// Finds the format of a text without outer layers and reads its fields.
  mutating func recognise(
    _ text: Span<UInt8>, into record: inout Record, pid: inout Int?
  ) -> LineRole {
    guard text.count > 0 else { return .continuation }
    let first = text[0]
    if first == 0x20 || first == 0x09 {
      return recogniseIndented(text, into: &record) ? .head : .continuation
    }
    if first == 0x23, table.takeDirective(text) { return .directive }
    if table.isActive, readTableRow(text, into: &record) { return .head }

    let shape = LeadShape(text)
    switch shape {
    case .dated:
      if let role = readDated(text, into: &record, pid: &pid) { return role }
    case .slashDated:
      if readSlashDated(text, into: &record) { return .head }
    case .bracketed:
      if readBracketed(text, into: &record) { return .head }
    default:
      if recogniseUndated(text, ByteCursor(), shape, into: &record) {
        if shape == .levelled { takeTimeOfMessage(text, into: &record) }
        return .head
      }
    }
    if readGeneric(text, into: &record) { return .head }
    record = Record()
    stamp = nil
    return .continuation
  }

  /// The families that may stand behind a time as well as at the start of a line.
  mutating func recogniseUndated(
    _ text: Span<UInt8>, _ cursor: ByteCursor, _ shape: LeadShape, into record: inout Record
  ) -> Bool {
    switch shape {
    case .json: readJSON(text, cursor, into: &record)
    case .levelled: readLevelled(text, cursor, into: &record)
    case .method: readMorgan(text, cursor, into: &record)
    case .pairs: readLogfmt(text, cursor, into: &record)
    case .rails: readRails(text, cursor, into: &record)
    case .klog: readKlog(text, cursor, into: &record)
    case .redis: readRedis(text, cursor, into: &record)
    case .timeOfDay: readLogbackDefault(text, cursor, into: &record)
    case .shortDated: readSpark(text, cursor, into: &record)
    case .monthDay: readJavaUtilLogging(text, cursor, into: &record)
    case .word:
      readDotnet(text, cursor, into: &record) || readBalancer(text, cursor, into: &record)
        || readAccess(text, cursor, into: &record)
    case .dated, .slashDated, .bracketed: false
    }
  }

  /// White space at the start of a line means continuation, unless a full time follows it.
  private mutating func recogniseIndented(
    _ text: Span<UInt8>, into record: inout Record
  ) -> Bool {
    var cursor = ByteCursor()
    while let byte = cursor.peek(text), byte == 0x20 || byte == 0x09 { cursor.position += 1 }
    guard cursor.position + 19 <= text.count, text[cursor.position].isDigit else { return false }
    skipZabbixProcess(text, &cursor)
    let start = cursor.position
    guard start + 18 <= text.count,
      text[start + 4] == 0x2D || text[start - 1] == 0x3A || text[start + 2] == 0x2D,
      let time = times.readLoose(text, at: &cursor, place: .elsewhere),
      cursor.position - start >= 18
    else { return false }
    finishGeneric(text, time, start..<cursor.position, cursor, into: &record)
    return true
  }

  /// `  4242:` before `20261122:010203.123`.
  private func skipZabbixProcess(_ text: Span<UInt8>, _ cursor: inout ByteCursor) {
    var ahead = cursor
    guard ahead.takeDigits(in: text, atMost: 10) != nil, ahead.take(0x3A, in: text),
      text.firstByte(0x3A, behind: ahead.position + 8)
    else { return }
    cursor = ahead
  }

  /// Reads a time at the cursor and remembers where it stood.
  @inline(__always)
  mutating func takeTime(_ text: Span<UInt8>, _ cursor: inout ByteCursor) -> Timestamp? {
    let start = cursor.position
    guard let time = times.read(text, at: &cursor) else { return nil }
    stamp = start..<cursor.position
    return time
  }
}

/// What the first bytes of a text look like. Every text has exactly one shape, which decides the
/// family of recognisers that may read it.
enum LeadShape: Sendable {
  /// `{`
  case json
  /// `[`
  case bracketed
  /// `2026-11-22`
  case dated
  /// `2026/11/22`
  case slashDated
  /// `17/06/09 `
  case shortDated
  /// `12:41:22`
  case timeOfDay
  /// `1952:M ` and `1:signal-handler`
  case redis
  /// `I, [`
  case rails
  /// `E0517 `
  case klog
  /// `Nov 22, 2026`
  case monthDay
  /// `ERROR:`
  case levelled
  /// `GET /`
  case method
  /// `key=`
  case pairs
  /// Anything else.
  case word

  init(_ text: Span<UInt8>, at start: Int = 0) {
    guard start < text.count else {
      self = .word
      return
    }
    let first = text[start]
    switch first {
    case 0x7B: self = .json
    case 0x5B: self = .bracketed
    case 0x30...0x39: self = Self.numeric(text, start)
    case 0x41...0x5A: self = Self.capital(text, start)
    default: self = Self.startsWithPair(text, start) ? .pairs : .word
    }
  }

  private static func numeric(_ text: Span<UInt8>, _ start: Int) -> LeadShape {
    let left = text.count - start
    if left >= 10, text[start + 4] == 0x2D, text[start + 7] == 0x2D { return .dated }
    if left >= 10, text[start + 4] == 0x2F, text[start + 7] == 0x2F { return .slashDated }
    if left >= 17, text[start + 2] == 0x2F, text[start + 5] == 0x2F, text[start + 8] == 0x20 {
      return .shortDated
    }
    if left >= 8, text[start + 2] == 0x3A, text[start + 5] == 0x3A, text[start + 4].isDigit,
      text[start + 6].isDigit
    {
      return .timeOfDay
    }
    var cursor = ByteCursor(start)
    if cursor.takeDigits(in: text, atMost: 10) != nil, cursor.take(0x3A, in: text),
      let role = cursor.peek(text)
    {
      if cursor.peek(text, ahead: 1) == 0x20,
        role == 0x58 || role == 0x43 || role == 0x53 || role == 0x4D
      {
        return .redis
      }
      if cursor.take("signal-handler (", in: text) { return .redis }
    }
    return .word
  }

  private static func capital(_ text: Span<UInt8>, _ start: Int) -> LeadShape {
    if text.has(", [", at: start + 1) { return .rails }
    var cursor = ByteCursor(start)
    guard let word = cursor.takeUppercase(in: text) else { return .word }
    let next = cursor.peek(text)
    if word.count == 1, let next, next.isDigit, text.count - start > 20 {
      let letter = text[start]
      if letter == 0x49 || letter == 0x57 || letter == 0x45 || letter == 0x46 { return .klog }
    }
    if next == 0x3A, word.count >= 4 { return .levelled }
    if next == 0x20, cursor.peek(text, ahead: 1) == 0x2F, word.count >= 3 { return .method }
    if word.count == 1, text.count - start > 12, text[start + 3] == 0x20,
      text[start + 4].isDigit || text[start + 4] == 0x20,
      text[start + 5].isDigit || text[start + 5] == 0x2C
    {
      return .monthDay
    }
    return startsWithPair(text, start) ? .pairs : .word
  }

  private static func startsWithPair(_ text: Span<UInt8>, _ start: Int) -> Bool {
    guard text[start].isLetter || text[start] == 0x5F else { return false }
    var index = start + 1
    while index < text.count {
      let byte = text[index]
      if byte == 0x3D { return true }
      guard byte.isWord || byte == 0x2E || byte == 0x2D else { return false }
      index += 1
    }
    return false
  }
}
