import Bytes

/// What follows the seconds: a fraction and a zone.
struct TimestampTail {
  var nanosecond = 0
  /// Nil when the text states no zone.
  var offsetSeconds: Int?
  /// Index among the zones that the reader keeps because a log names them.
  var namedZone: Int?

  /// `.5`, `.123456789` (digits after the ninth are dropped), or `,123`: behind a comma only groups
  /// of three digits, so that the next column of a table is not taken for a fraction.
  mutating func takeFraction(_ line: Span<UInt8>, at cursor: inout ByteCursor) {
    guard let mark = cursor.peek(line), mark == 0x2E || mark == 0x2C else { return }
    var index = cursor.position + 1
    var value = 0
    var digits = 0
    while index < line.count {
      let digit = line[index] &- 0x30
      guard digit < 10 else { break }
      if digits < 9 { value = value &* 10 &+ Int(digit) }
      digits += 1
      index += 1
    }
    guard digits > 0, mark == 0x2E || digits == 3 || digits == 6 || digits == 9 else { return }
    for _ in min(digits, 9)..<9 { value = value &* 10 }
    nanosecond = value
    cursor.position = index
  }

  /// `Z`, `+01:00`, `+0100`, `+01`, ` +0000`, ` +0000 UTC`, ` UTC`, ` CET`, ` GMT+01:00`. Text that is
  /// no zone is left alone. False for an offset that no place can have, such as `+99:00`.
  mutating func takeZone(
    _ line: Span<UInt8>, at cursor: inout ByteCursor, memory: inout ZoneMemory
  ) -> Bool {
    guard let first = cursor.peek(line) else { return true }
    switch first {
    case 0x5A, 0x7A:
      if Self.isBoundary(line, cursor.position + 1) {
        offsetSeconds = 0
        cursor.position += 1
      }
    case 0x2B, 0x2D:
      return takeOffset(line, at: &cursor) != .impossible
    case 0x20:
      guard let second = cursor.peek(line, ahead: 1) else { return true }
      var ahead = ByteCursor(cursor.position + 1)
      if second == 0x2B || second == 0x2D {
        guard takeOffset(line, at: &ahead) == .read, Self.isBoundary(line, ahead.position) else {
          offsetSeconds = nil
          return true
        }
        cursor = ahead
        skipName(line, at: &cursor, memory: &memory)
      } else if let (offset, end) = Self.name(line, ahead.position, memory: &memory) {
        offsetSeconds = offset
        cursor.position = end
      }
    default:
      break
    }
    return true
  }

  private enum OffsetAnswer { case none, read, impossible }

  private mutating func takeOffset(
    _ line: Span<UInt8>, at cursor: inout ByteCursor
  ) -> OffsetAnswer {
    var ahead = ByteCursor(cursor.position + 1)
    guard let hours = ahead.takeDigits(in: line, exactly: 2) else { return .none }
    var minutes = 0
    let afterHours = ahead.position
    _ = ahead.take(0x3A, in: line)
    if let number = ahead.takeDigits(in: line, exactly: 2) {
      minutes = number
    } else {
      ahead.position = afterHours
    }
    if let next = ahead.peek(line), next &- 0x30 < 10 { return .none }
    guard minutes < 60, hours * 60 + minutes <= 18 * 60 else { return .impossible }
    let offset = hours * 3_600 + minutes * 60
    offsetSeconds = line[cursor.position] == 0x2D ? -offset : offset
    cursor = ahead
    return .read
  }

  /// Go repeats the zone behind its offset: ` +0000 UTC`.
  private func skipName(
    _ line: Span<UInt8>, at cursor: inout ByteCursor, memory: inout ZoneMemory
  ) {
    guard cursor.peek(line) == 0x20 else { return }
    let answer = Self.name(line, cursor.position + 1, memory: &memory)
    if let answer { cursor.position = answer.end }
  }

  /// A known abbreviation of capital letters at `start`, which must end there as a word.
  private static func name(
    _ line: Span<UInt8>, _ start: Int, memory: inout ZoneMemory
  ) -> (offset: Int, end: Int)? {
    var end = start
    var code: UInt64 = 0
    while end < line.count, end - start < 6, line[end] &- 0x41 < 26 {
      code = code << 8 | UInt64(line[end])
      end += 1
    }
    // Levels such as INFO and WARN stand here more often than zones; no zone ends like them.
    guard end - start >= 2, end - start < 6, isZoneEnding(line[end - 1]) else { return nil }
    let isSigned = end < line.count && (line[end] == 0x2B || line[end] == 0x2D)
    guard isSigned || isBoundary(line, end) else { return nil }
    if memory.code != code {
      memory.code = code
      memory.offset =
        memory.zone.offsetSeconds(ofAbbreviation: code)
        ?? ZoneAbbreviation.offsetSeconds(line, start..<end)
    }
    guard let offset = memory.offset else { return nil }
    guard isSigned else { return (offset, end) }
    var tail = TimestampTail()
    var ahead = ByteCursor(end)
    guard offset == 0, tail.takeOffset(line, at: &ahead) == .read, let more = tail.offsetSeconds,
      isBoundary(line, ahead.position)
    else { return nil }
    return (more, ahead.position)
  }

  private static func isZoneEnding(_ byte: UInt8) -> Bool {
    byte == 0x54 || byte == 0x43 || byte == 0x4B || byte == 0x42
  }

  /// Whether a word may end before `index`: what follows is no letter, digit, `_`, `-`, `.` or `/`.
  static func isBoundary(_ line: Span<UInt8>, _ index: Int) -> Bool {
    guard index < line.count else { return true }
    return switch line[index] {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2E, 0x2F, 0x2B, 0x80...0xFF: false
    default: true
    }
  }
}

/// The zones that a reader knows.
struct ZoneMemory: Sendable {
  /// How a stamp without a zone is read.
  let zone: LocalZone
  /// The last abbreviation and its offset; nil when it is unknown.
  var code: UInt64 = 0
  var offset: Int?
  /// Zones of the database; nil for a name that it does not have.
  private var named: [(name: [UInt8], zone: LocalZone?)] = []

  init(zone: LocalZone) {
    self.zone = zone
  }

  /// Moves past ` Europe/Berlin` and returns the zone's index. Nil, without moving, when no such
  /// name follows. The first names are loaded, later ones count as unknown.
  mutating func takeName(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Int? {
    guard cursor.peek(line) == 0x20 else { return nil }
    let start = cursor.position + 1
    var end = start
    var hasSlash = false
    while end < line.count, Self.isNameByte(line[end]) {
      if line[end] == 0x2F { hasSlash = true }
      end += 1
    }
    guard hasSlash, line[start] &- 0x41 < 26, end - start <= Limits.zoneNameBytes else {
      return nil
    }
    cursor.position = end
    for index in named.indices where Self.isEqual(named[index].name, line, start..<end) {
      return index
    }
    guard named.count < Limits.namedZonesPerReader else { return named.count }
    let bytes = (start..<end).map { line[$0] }
    named.append((bytes, LocalZone(named: String(decoding: bytes, as: UTF8.self))))
    return named.count - 1
  }

  func zone(_ index: Int) -> LocalZone? {
    index < named.count ? named[index].zone : nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x5F: true
    default: false
    }
  }

  private static func isEqual(
    _ name: [UInt8], _ line: Span<UInt8>, _ range: Range<Int>
  ) -> Bool {
    guard name.count == range.count else { return false }
    for offset in name.indices where name[offset] != line[range.lowerBound + offset] {
      return false
    }
    return true
  }
}
