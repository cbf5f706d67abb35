import Bytes

/// The order of day and month where a log writes both as numbers before the year.
enum DateOrder: Sendable {
  case dayFirst, monthFirst
}

/// Where a stamp stands. Some forms are stamps only where nothing else is to be expected.
enum StampPlace: Sendable {
  /// At the start of the line, or the whole value of a field.
  case lineStart
  /// Right behind an opening bracket at the start of the line.
  case firstBracket
  case elsewhere
}

/// A date and a time written in one of the rarer ways, read number by number.
///
/// `TimestampForm` has the usual ways, which are tried first and remembered; this is for what is left,
/// and keeps nothing. A time of day must follow the date, so that a version, an address or a fraction
/// is not taken for one.
struct LooseStamp {
  var civil = CivilTime(year: 0, month: 0, day: 0)
  var tail = TimestampTail()
  var hasYear = true
  /// Day and month as written, when their order is open.
  var openFields: (first: Int, second: Int)?
  /// What is likelier for this separator.
  var usualOrder: DateOrder = .monthFirst
  /// `20261122` and `261122`, behind which the time may have no colons either.
  var isBasic = false
  /// The year has four digits, so that a time without seconds is believed.
  var hasFullYear = true
  /// False for `20261122010203`.
  var needsGap = true
  /// `15.42.50` may follow.
  var takesDottedTime = false
  var place: StampPlace

  init(place: StampPlace) {
    self.place = place
  }

  /// Reads up to the zone, which is not included. False when it is no stamp; the cursor may have
  /// moved then.
  mutating func read(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Bool {
    skipWeekday(line, at: &cursor)
    guard let first = cursor.peek(line) else { return false }
    let isDate = first.isDigit ? takeNumbers(line, at: &cursor) : takeMonthFirst(line, at: &cursor)
    return isDate && takeTime(line, at: &cursor)
  }

  /// `Sun `, `Sunday, `.
  private func skipWeekday(_ line: Span<UInt8>, at cursor: inout ByteCursor) {
    guard CalendarNames.isWeekday(line, at: cursor.position) else { return }
    var ahead = cursor
    _ = ahead.takeLetters(in: line)
    _ = ahead.take(0x2C, in: line)
    if ahead.skip(0x20, in: line) > 0 { cursor = ahead }
  }

  // MARK: time of day

  mutating func takeTime(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Bool {
    let gapStart = cursor.position
    guard !needsGap || takeGap(line, at: &cursor) else { return false }
    let isDash =
      needsGap && line[gapStart] == 0x2D && cursor.position == gapStart + 1
    let start = cursor.position
    guard let first = cursor.takeDigits(in: line) else { return false }
    let digits = cursor.position - start
    if isBasic, digits == 6 {
      civil.hour = first / 10_000
      civil.minute = first / 100 % 100
      civil.second = first % 100
    } else {
      guard digits <= 2 else { return false }
      civil.hour = first
      guard takeMinutes(line, at: &cursor, isDash: isDash, hourDigits: digits) else { return false }
    }
    if let next = cursor.peek(line), next.isDigit { return false }
    takeFraction(line, at: &cursor)
    var ahead = cursor
    if let half = HalfDay(line, at: &ahead), let hour = half.hour(civil.hour) {
      civil.hour = hour
      cursor = ahead
    }
    return true
  }

  /// `:02:03`, `.02.03` behind dashes, and `:02` alone behind a full date.
  private mutating func takeMinutes(
    _ line: Span<UInt8>, at cursor: inout ByteCursor, isDash: Bool, hourDigits: Int
  ) -> Bool {
    let isDotted = takesDottedTime && cursor.peek(line) == 0x2E
    let mark: UInt8 = isDotted ? 0x2E : 0x3A
    // HealthApp writes `20171224-0:7:20:4`.
    let isUnpadded = isBasic && isDash
    guard cursor.take(mark, in: line), takeTwo(line, at: &cursor, isUnpadded, &civil.minute) else {
      return false
    }
    if cursor.peek(line) == mark, let next = cursor.peek(line, ahead: 1), next.isDigit {
      cursor.position += 1
      guard takeTwo(line, at: &cursor, isUnpadded, &civil.second) else { return false }
      if isUnpadded { takeMilliseconds(line, at: &cursor) }
      return true
    }
    return !isDotted && hasFullYear && hasYear && !isBasic && hourDigits == 2
  }

  private func takeTwo(
    _ line: Span<UInt8>, at cursor: inout ByteCursor, _ isUnpadded: Bool, _ number: inout Int
  ) -> Bool {
    let start = cursor.position
    guard let value = cursor.takeDigits(in: line, atMost: 2) else { return false }
    number = value
    return isUnpadded || cursor.position == start + 2
  }

  private mutating func takeMilliseconds(_ line: Span<UInt8>, at cursor: inout ByteCursor) {
    var ahead = cursor
    guard ahead.take(0x3A, in: line), let value = ahead.takeDigits(in: line, atMost: 3) else {
      return
    }
    tail.nanosecond = value * 1_000_000
    cursor = ahead
  }

  /// `.5`, `,123`, and `:123` as WebSphere and Sybase write it.
  private mutating func takeFraction(_ line: Span<UInt8>, at cursor: inout ByteCursor) {
    var ahead = cursor
    if tail.nanosecond == 0, ahead.take(0x3A, in: line),
      let value = ahead.takeDigits(in: line, exactly: 3), !(ahead.peek(line)?.isDigit ?? false)
    {
      tail.nanosecond = value * 1_000_000
      cursor = ahead
      return
    }
    if tail.nanosecond == 0 { tail.takeFraction(line, at: &cursor) }
    takeMinuteOffset(line, at: &cursor)
  }

  /// DB2's `15.42.50.675872+060`: the offset in minutes.
  private mutating func takeMinuteOffset(_ line: Span<UInt8>, at cursor: inout ByteCursor) {
    var ahead = cursor
    guard takesDottedTime, ahead.take(0x2B, in: line) || ahead.take(0x2D, in: line),
      let minutes = ahead.takeDigits(in: line), ahead.position == cursor.position + 4,
      minutes <= 18 * 60
    else { return }
    tail.offsetSeconds = (line[cursor.position] == 0x2D ? -60 : 60) * minutes
    cursor = ahead
  }

  /// What may stand between a date and a time: up to three of ` `, tab, `T`, `_`, `-`, `:`, `,`, `;`
  /// and `|`, or ` at `.
  private func takeGap(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Bool {
    let start = cursor.position
    if cursor.take(" at ", in: line) { return true }
    while let byte = cursor.peek(line), Self.isGap(byte) { cursor.position += 1 }
    let count = cursor.position - start
    return hasYear ? (1...3).contains(count) : count == 1 && line[start] == 0x20
  }

  private static func isGap(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x54, 0x74, 0x5F, 0x2D, 0x3A, 0x2C, 0x3B, 0x7C: true
    default: false
    }
  }
}
