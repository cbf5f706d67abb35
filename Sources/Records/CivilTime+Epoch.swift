extension CivilTime {
  /// Days from 1970-01-01 to a date, which must exist.
  ///
  /// The algorithm is `days_from_civil` of Howard Hinnant, "chrono-Compatible Low-Level Date
  /// Algorithms" (2013): years begin in March, so that the leap day is the last one, and eras of 400
  /// years all have 146,097 days.
  package static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int64 {
    let year = Int64(month <= 2 ? year - 1 : year)
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let monthFromMarch = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Seconds from 1970-01-01T00:00:00 to this time of the same zone; the nanoseconds are left out.
  /// Second 60 is the first one of the next minute, as in POSIX.
  package var secondsSinceEpoch: Int64 {
    Self.daysSinceEpoch(year: year, month: month, day: day) * 86_400
      + Int64(hour * 3_600 + minute * 60 + second)
  }

  /// The civil time that lies `secondsSinceEpoch` after 1970-01-01T00:00:00 of the same zone
  /// (`civil_from_days` of the same paper). Any year up to ±250 thousand million.
  package init(secondsSinceEpoch: Int64, nanosecond: Int = 0) {
    let days = (secondsSinceEpoch >= 0 ? secondsSinceEpoch : secondsSinceEpoch - 86_399) / 86_400
    let secondOfDay = Int(secondsSinceEpoch - days * 86_400)
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      year: Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), month: Int(month), day: Int(day),
      hour: secondOfDay / 3_600, minute: secondOfDay / 60 % 60, second: secondOfDay % 60,
      nanosecond: nanosecond)
  }

  /// The civil time in UTC.
  package init(_ timestamp: Timestamp) {
    let (seconds, nanosecond) = timestamp.secondsAndNanosecond
    self.init(secondsSinceEpoch: seconds, nanosecond: nanosecond)
  }

  /// 0 for Sunday to 6 for Saturday.
  package var weekday: Int {
    let days = Self.daysSinceEpoch(year: year, month: month, day: day)
    return Int(((days + 4) % 7 + 7) % 7)
  }

  /// The moment, read as UTC; nil when it lies outside the years that a timestamp can carry.
  package var timestamp: Timestamp? {
    Timestamp(seconds: secondsSinceEpoch, nanosecond: nanosecond)
  }
}

extension Timestamp {
  /// The moment `seconds` and `nanosecond` (0 to 999,999,999) after 1970-01-01T00:00:00Z; nil when
  /// 64 bits of nanoseconds cannot carry it.
  package init?(seconds: Int64, nanosecond: Int) {
    // Before 1970 both are counted from the second after: the first moment that can be carried lies
    // within a second that cannot.
    let isBefore = seconds < 0
    let (whole, overflow) = (isBefore ? seconds + 1 : seconds)
      .multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return nil }
    let rest = Int64(isBefore ? nanosecond - 1_000_000_000 : nanosecond)
    let (sum, carry) = whole.addingReportingOverflow(rest)
    guard !carry else { return nil }
    self.init(nanoseconds: sum)
  }

  /// Whole seconds since 1970, rounded down, and the rest: 0 to 999,999,999.
  package var secondsAndNanosecond: (seconds: Int64, nanosecond: Int) {
    let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return remainder < 0
      ? (quotient - 1, Int(remainder) + 1_000_000_000) : (quotient, Int(remainder))
  }
}
