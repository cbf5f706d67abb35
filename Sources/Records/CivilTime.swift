/// A date and a time of day in the proleptic Gregorian calendar, without a zone.
package struct CivilTime: Hashable, Sendable {
  package var year: Int
  /// 1 to 12.
  package var month: Int
  /// 1 to 31.
  package var day: Int
  package var hour: Int
  package var minute: Int
  /// 0 to 60; a leap second counts as the first second of the next minute.
  package var second: Int
  package var nanosecond: Int

  package init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
    nanosecond: Int = 0
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.nanosecond = nanosecond
  }

  /// Whether such a moment exists on the calendar: no month 13, no 30 February, no 25:00. Years
  /// from 1 to 9999.
  package var isValid: Bool {
    year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
      && day <= Self.daysInMonth(month, year: year) && hour >= 0 && hour < 24 && minute >= 0
      && minute < 60 && second >= 0 && second <= 60 && nanosecond >= 0
      && nanosecond < 1_000_000_000
  }

  package static func isLeap(year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// 28 to 31. The month must be 1 to 12.
  package static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year: year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
