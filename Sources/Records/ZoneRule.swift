private import Bytes

/// The rule of a POSIX `TZ` value: two offsets a year, or one for ever. It is the footer of a TZif
/// file (RFC 8536, section 3.3) and holds after the file's last transition.
struct ZoneRule: Sendable {
  /// A day of the year and a second of that day, which may be negative or beyond it.
  struct Date: Sendable {
    enum Day: Sendable {
      /// `Mm.w.d`: day `weekday` (0 is Sunday) of week 1 to 5 of the month; 5 is the last one.
      case weekday(month: Int, week: Int, weekday: Int)
      /// `Jn`: 1 to 365, 29 February is never counted.
      case withoutLeapDay(Int)
      /// `n`: 0 to 365, 29 February is counted.
      case counted(Int)
    }

    var day: Day
    var second: Int = 7_200

    /// Local seconds since 1970 at which it comes in a year.
    func seconds(year: Int) -> Int64 {
      dayNumber(year: year) * 86_400 + Int64(second)
    }

    private func dayNumber(year: Int) -> Int64 {
      let newYear = CivilTime.daysSinceEpoch(year: year, month: 1, day: 1)
      switch day {
      case .counted(let day):
        return newYear + Int64(day)
      case .withoutLeapDay(let day):
        return newYear + Int64(day - 1) + (CivilTime.isLeap(year: year) && day >= 60 ? 1 : 0)
      case .weekday(let month, let week, let weekday):
        let first = CivilTime(year: year, month: month, day: 1)
        var day = 1 + (weekday - first.weekday + 7) % 7 + (week - 1) * 7
        if day > CivilTime.daysInMonth(month, year: year) { day -= 7 }
        return CivilTime.daysSinceEpoch(year: year, month: month, day: day)
      }
    }
  }

  /// The time when the other offset does not hold; east of Greenwich, unlike in the text.
  var standardOffset: Int
  var standardName: UInt64
  var daylight: (offset: Int, name: UInt64, start: Date, end: Date)?

  func offsetSeconds(atUTC seconds: Int64) -> Int {
    guard let daylight else { return standardOffset }
    let year = CivilTime(secondsSinceEpoch: seconds + Int64(standardOffset)).year
    let start = daylight.start.seconds(year: year) - Int64(standardOffset)
    let end = daylight.end.seconds(year: year) - Int64(daylight.offset)
    return offset(at: seconds, start: start, end: end)
  }

  /// See `LocalZone.offsetSeconds(atLocal:)` for the choice at a jump.
  func offsetSeconds(atLocal seconds: Int64) -> Int {
    guard let daylight else { return standardOffset }
    let year = CivilTime(secondsSinceEpoch: seconds).year
    let larger = Int64(max(standardOffset, daylight.offset))
    let start = daylight.start.seconds(year: year) - Int64(standardOffset) + larger
    let end = daylight.end.seconds(year: year) - Int64(daylight.offset) + larger
    return offset(at: seconds, start: start, end: end)
  }

  func offsetSeconds(ofAbbreviation code: UInt64) -> Int? {
    if code == standardName { return standardOffset }
    if let daylight, code == daylight.name { return daylight.offset }
    return nil
  }

  private func offset(at seconds: Int64, start: Int64, end: Int64) -> Int {
    guard let daylight else { return standardOffset }
    let isDaylight =
      start <= end ? seconds >= start && seconds < end : seconds >= start || seconds < end
    return isDaylight ? daylight.offset : standardOffset
  }
}
