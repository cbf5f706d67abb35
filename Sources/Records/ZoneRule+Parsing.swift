private import Bytes

extension ZoneRule {
  /// Parses `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1-2017, 8.3, with the hours from -167 to 167 of
  /// RFC 8536). Nil when it is malformed or names daylight time without saying when it holds.
  init?(posix text: Span<UInt8>) {
    var cursor = ByteCursor()
    guard let name = Self.takeName(text, at: &cursor),
      let west = Self.takeTime(text, at: &cursor, hoursLimit: 24)
    else { return nil }
    self.init(standardOffset: -west, standardName: name, daylight: nil)
    if cursor.isAtEnd(text) { return }
    guard let daylightName = Self.takeName(text, at: &cursor) else { return nil }
    var offset = standardOffset + 3_600
    if cursor.peek(text) != 0x2C {
      guard let west = Self.takeTime(text, at: &cursor, hoursLimit: 24) else { return nil }
      offset = -west
    }
    guard let start = Self.takeDate(text, at: &cursor), let end = Self.takeDate(text, at: &cursor),
      cursor.isAtEnd(text)
    else { return nil }
    daylight = (offset, daylightName, start, end)
  }

  /// `CET` or `<+03>`, at least three characters.
  private static func takeName(_ text: Span<UInt8>, at cursor: inout ByteCursor) -> UInt64? {
    let isQuoted = cursor.take(0x3C, in: text)
    let start = cursor.position
    while let byte = cursor.peek(text), isNameByte(byte, isQuoted: isQuoted) {
      cursor.position += 1
    }
    let range = start..<cursor.position
    guard range.count >= 3, !isQuoted || cursor.take(0x3E, in: text) else { return nil }
    return ZoneAbbreviation.code(text, range) ?? 0
  }

  private static func isNameByte(_ byte: UInt8, isQuoted: Bool) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A: true
    case 0x30...0x39, 0x2B, 0x2D: isQuoted
    default: false
    }
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private static func takeTime(
    _ text: Span<UInt8>, at cursor: inout ByteCursor, hoursLimit: Int
  ) -> Int? {
    let isNegative = cursor.take(0x2D, in: text)
    if !isNegative { _ = cursor.take(0x2B, in: text) }
    guard let hours = cursor.takeDigits(in: text, atMost: 3), hours <= hoursLimit else {
      return nil
    }
    var seconds = hours * 3_600
    var unit = 60
    while unit > 0, cursor.take(0x3A, in: text) {
      guard let number = cursor.takeDigits(in: text, exactly: 2), number < 60 else { return nil }
      seconds += number * unit
      unit /= 60
    }
    return isNegative ? -seconds : seconds
  }

  /// `,M3.5.0/2`, `,J60` or `,59`.
  private static func takeDate(_ text: Span<UInt8>, at cursor: inout ByteCursor) -> Date? {
    guard cursor.take(0x2C, in: text), let day = takeDay(text, at: &cursor) else { return nil }
    var date = Date(day: day)
    if cursor.take(0x2F, in: text) {
      guard let second = takeTime(text, at: &cursor, hoursLimit: 167) else { return nil }
      date.second = second
    }
    return date
  }

  private static func takeDay(_ text: Span<UInt8>, at cursor: inout ByteCursor) -> Date.Day? {
    if cursor.take(0x4D, in: text) {
      guard let month = cursor.takeDigits(in: text, atMost: 2), (1...12).contains(month),
        cursor.take(0x2E, in: text), let week = cursor.takeDigits(in: text, atMost: 1),
        (1...5).contains(week), cursor.take(0x2E, in: text),
        let weekday = cursor.takeDigits(in: text, atMost: 1), weekday < 7
      else { return nil }
      return .weekday(month: month, week: week, weekday: weekday)
    }
    if cursor.take(0x4A, in: text) {
      guard let day = cursor.takeDigits(in: text, atMost: 3), (1...365).contains(day) else {
        return nil
      }
      return .withoutLeapDay(day)
    }
    guard let day = cursor.takeDigits(in: text, atMost: 3), day <= 365 else { return nil }
    return .counted(day)
  }
}
