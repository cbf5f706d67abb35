import Bytes

/// A date and time as written, before its fraction and zone are known.
struct WrittenTime {
  /// The year is 0 where the text has none, the month too where it has no date.
  var civil = CivilTime(year: 0, month: 0, day: 0)
  /// Whether a zone may follow. Behind a bare syslog time there is a host name.
  var takesZone = true
}

extension TimestampForm {
  /// Parses up to the seconds (or AM and PM) and moves past them. Whether the date exists is not
  /// judged here.
  func parse(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> WrittenTime? {
    var time = WrittenTime()
    let isRead =
      switch self {
      case .isoT, .isoSpace: Self.iso(line, &cursor, &time.civil)
      case .slashes: Self.slashes(line, &cursor, &time.civil)
      case .shortSlashes: Self.shortSlashes(line, &cursor, &time.civil)
      case .accessLog: Self.accessLog(line, &cursor, &time.civil)
      case .dashes: Self.dashes(line, &cursor, &time.civil)
      case .spaces: Self.spaces(line, &cursor, &time)
      case .internet: Self.internet(line, &cursor, &time)
      case .clock: Self.clock(line, &cursor, &time.civil)
      case .monthFirst: Self.monthFirst(line, &cursor, &time)
      case .klog: Self.klog(line, &cursor, &time)
      case .timeOnly: Self.timeOnly(line, &cursor, &time)
      case .compact: Self.compact(line, &cursor, &time)
      }
    return isRead ? time : nil
  }

  private static func iso(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    guard yearMonthDay(line, &cursor, separator: 0x2D, &time), let gap = cursor.peek(line),
      gap == 0x20 || gap == 0x5F || gap | 0x20 == 0x74
    else { return false }
    cursor.position += 1
    return clockTime(line, &cursor, &time)
  }

  private static func slashes(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    yearMonthDay(line, &cursor, separator: 0x2F, &time) && cursor.take(0x20, in: line)
      && clockTime(line, &cursor, &time)
  }

  private static func yearMonthDay(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, separator: UInt8, _ time: inout CivilTime
  ) -> Bool {
    number(line, &cursor, digits: 4, &time.year) && cursor.take(separator, in: line)
      && number(line, &cursor, digits: 2, &time.month) && cursor.take(separator, in: line)
      && number(line, &cursor, digits: 2, &time.day)
  }

  private static func shortSlashes(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    guard number(line, &cursor, digits: 2, &time.year), cursor.take(0x2F, in: line),
      number(line, &cursor, digits: 2, &time.month), cursor.take(0x2F, in: line),
      number(line, &cursor, digits: 2, &time.day), cursor.take(0x20, in: line)
    else { return false }
    time.year = century(time.year)
    return clockTime(line, &cursor, &time)
  }

  private static func accessLog(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    number(line, &cursor, digits: 2, &time.day) && cursor.take(0x2F, in: line)
      && month(line, &cursor, &time) && cursor.take(0x2F, in: line)
      && number(line, &cursor, digits: 4, &time.year)
      && (cursor.take(0x3A, in: line) || cursor.take(0x20, in: line))
      && clockTime(line, &cursor, &time)
  }

  private static func dashes(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    day(line, &cursor, &time) && cursor.take(0x2D, in: line) && month(line, &cursor, &time)
      && cursor.take(0x2D, in: line) && number(line, &cursor, digits: 4, &time.year)
      && (cursor.take(0x20, in: line) || cursor.take("::", in: line))
      && clockTime(line, &cursor, &time)
  }

  private static func spaces(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout WrittenTime
  ) -> Bool {
    guard day(line, &cursor, &time.civil), cursor.take(0x20, in: line),
      month(line, &cursor, &time.civil), cursor.take(0x20, in: line)
    else { return false }
    if cursor.peek(line, ahead: 2) == 0x3A {
      time.takesZone = false
      return clockTime(line, &cursor, &time.civil)
    }
    return number(line, &cursor, digits: 4, &time.civil.year) && time.civil.year > 0
      && cursor.take(0x20, in: line) && clockTime(line, &cursor, &time.civil)
  }

  private static func internet(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout WrittenTime
  ) -> Bool {
    guard CalendarNames.isWeekday(line, at: cursor.position) else { return false }
    cursor.position += 3
    return cursor.take(0x2C, in: line) && cursor.take(0x20, in: line)
      && spaces(line, &cursor, &time)
  }

  /// The year comes after the seconds and is read by the caller.
  private static func clock(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    guard CalendarNames.isWeekday(line, at: cursor.position) else { return false }
    cursor.position += 3
    return cursor.take(0x20, in: line) && month(line, &cursor, &time)
      && paddedDay(line, &cursor, &time) && cursor.take(0x20, in: line)
      && clockTime(line, &cursor, &time)
  }

  private static func monthFirst(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout WrittenTime
  ) -> Bool {
    guard month(line, &cursor, &time.civil), paddedDay(line, &cursor, &time.civil) else {
      return false
    }
    if cursor.take(0x2C, in: line) {
      return cursor.take(0x20, in: line) && number(line, &cursor, digits: 4, &time.civil.year)
        && twelveHours(line, &cursor, &time.civil)
    }
    guard cursor.take(0x20, in: line) else { return false }
    if cursor.peek(line, ahead: 4) == 0x20 {
      return number(line, &cursor, digits: 4, &time.civil.year) && time.civil.year > 0
        && cursor.take(0x20, in: line) && clockTime(line, &cursor, &time.civil)
    }
    time.takesZone = false
    return clockTime(line, &cursor, &time.civil)
  }

  /// ` 4:09:43 PM` or `, 4:09:43 PM`; newer Java puts U+202F, a narrow space, before PM. Without a
  /// half of the day the hour must have two digits.
  private static func twelveHours(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    _ = cursor.take(0x2C, in: line)
    guard cursor.take(0x20, in: line) else { return false }
    let start = cursor.position
    guard let hour = cursor.takeDigits(in: line, atMost: 2) else { return false }
    let isPadded = cursor.position == start + 2
    guard minutesAndSeconds(line, &cursor, &time) else { return false }
    time.hour = hour
    guard let half = HalfDay(line, at: &cursor) else { return isPadded }
    guard let full = half.hour(hour) else { return false }
    time.hour = full
    return true
  }

  private static func klog(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout WrittenTime
  ) -> Bool {
    time.takesZone = false
    if cursor.peek(line, ahead: 8) == 0x20 {
      guard number(line, &cursor, digits: 4, &time.civil.year), time.civil.year > 0 else {
        return false
      }
    }
    return number(line, &cursor, digits: 2, &time.civil.month)
      && number(line, &cursor, digits: 2, &time.civil.day) && cursor.take(0x20, in: line)
      && clockTime(line, &cursor, &time.civil)
  }

  private static func timeOnly(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout WrittenTime
  ) -> Bool {
    time.takesZone = false
    return clockTime(line, &cursor, &time.civil)
  }

  /// MySQL pads the hour with a space.
  private static func compact(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout WrittenTime
  ) -> Bool {
    time.takesZone = false
    guard number(line, &cursor, digits: 2, &time.civil.year),
      number(line, &cursor, digits: 2, &time.civil.month),
      number(line, &cursor, digits: 2, &time.civil.day), cursor.take(0x20, in: line)
    else { return false }
    time.civil.year = century(time.civil.year)
    if cursor.take(0x20, in: line) {
      return number(line, &cursor, digits: 1, &time.civil.hour)
        && minutesAndSeconds(line, &cursor, &time.civil)
    }
    return clockTime(line, &cursor, &time.civil)
  }

  /// `HH:mm:ss`.
  private static func clockTime(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    number(line, &cursor, digits: 2, &time.hour) && minutesAndSeconds(line, &cursor, &time)
  }

  private static func minutesAndSeconds(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    cursor.take(0x3A, in: line) && number(line, &cursor, digits: 2, &time.minute)
      && cursor.take(0x3A, in: line) && number(line, &cursor, digits: 2, &time.second)
  }

  private static func number(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, digits: Int, _ number: inout Int
  ) -> Bool {
    guard let value = cursor.takeDigits(in: line, exactly: digits) else { return false }
    number = value
    return true
  }

  private static func month(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    guard let month = CalendarNames.month(line, at: cursor.position) else { return false }
    time.month = month
    cursor.position += 3
    return true
  }

  private static func day(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    guard let day = cursor.takeDigits(in: line, atMost: 2) else { return false }
    time.day = day
    return true
  }

  /// ` 14`, `  4`, ` 4`.
  private static func paddedDay(
    _ line: Span<UInt8>, _ cursor: inout ByteCursor, _ time: inout CivilTime
  ) -> Bool {
    guard cursor.take(0x20, in: line) else { return false }
    _ = cursor.take(0x20, in: line)
    return day(line, &cursor, &time)
  }

  /// POSIX's reading of two digits: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068.
  private static func century(_ year: Int) -> Int {
    year + (year < 69 ? 2_000 : 1_900)
  }
}
