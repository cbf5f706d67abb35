import Glibc
import Records
import Testing

@Suite("Civil time")
struct TimestampCivilTests {
  @Test("days and seconds agree with the C library from 1900 to 2200", arguments: 1...4)
  func agreesWithTheLibrary(seed: Int) {
    var random = SeededNumbers(seed: UInt64(seed))
    for _ in 0..<20_000 {
      let seconds = Int64.random(in: -2_208_988_800..<7_289_654_400, using: &random)
      let civil = CivilTime(secondsSinceEpoch: seconds)
      var time = time_t(seconds)
      var expected = unsafe tm()
      // SAFETY: both arguments outlive the calls, and the pointer in `tm` is not used.
      _ = unsafe gmtime_r(&time, &expected)
      let parts = unsafe (
        expected.tm_year, expected.tm_mon, expected.tm_mday, expected.tm_hour, expected.tm_min,
        expected.tm_sec, expected.tm_wday
      )
      #expect(civil.year == Int(parts.0) + 1900)
      #expect(civil.month == Int(parts.1) + 1)
      #expect(civil.day == Int(parts.2))
      #expect(civil.hour == Int(parts.3))
      #expect(civil.minute == Int(parts.4))
      #expect(civil.second == Int(parts.5))
      #expect(civil.weekday == Int(parts.6))
      #expect(civil.isValid)
      // SAFETY: `expected` outlives the call.
      #expect(unsafe Int64(timegm(&expected)) == civil.secondsSinceEpoch)
    }
  }

  @Test("every day of four centuries follows the one before it")
  func consecutiveDays() {
    var expected = CivilTime.daysSinceEpoch(year: 1900, month: 1, day: 1)
    for year in 1900..<2300 {
      for month in 1...12 {
        for day in 1...CivilTime.daysInMonth(month, year: year) {
          #expect(CivilTime.daysSinceEpoch(year: year, month: month, day: day) == expected)
          expected += 1
        }
      }
    }
  }

  @Test(
    "RFC 3339 has as many digits as it needs",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (1, "1970-01-01T00:00:00.000000001Z"),
      (-1, "1969-12-31T23:59:59.999999999Z"), (1_000, "1970-01-01T00:00:00.000001Z"),
      (1_795_356_180_123_000_000, "2026-11-22T14:03:00.123Z"),
      (.min, "1677-09-21T00:12:43.145224192Z"), (.max, "2262-04-11T23:47:16.854775807Z"),
    ] as [(Int64, String)])
  func rfc3339(nanoseconds: Int64, text: String) {
    let time = Timestamp(nanoseconds: nanoseconds)
    #expect(time.rfc3339 == text)
    #expect(Timestamp(rfc3339: text) == time)
  }

  @Test("written times read back", arguments: 1...2)
  func roundTrip(seed: Int) {
    var random = SeededNumbers(seed: UInt64(seed))
    for _ in 0..<5_000 {
      let time = Timestamp(nanoseconds: Int64(bitPattern: random.next()))
      #expect(Timestamp(rfc3339: time.rfc3339) == time)
      let civil = CivilTime(time)
      #expect(civil.timestamp == time)
    }
  }

  @Test(
    "an option may leave out the zone, the seconds and the time of day",
    arguments: [
      ("2026-11-22T14:03:00+02:00", "2026-11-22T12:03:00Z"),
      ("2026-11-22 14:03:00", "2026-11-22T13:03:00Z"), ("2026-11-22T14:03", "2026-11-22T13:03:00Z"),
      ("2026-11-22T14:03Z", "2026-11-22T14:03:00Z"), ("2026-07-01", "2026-06-30T22:00:00Z"),
      ("2026-11-22T14:03:00.5", "2026-11-22T13:03:00.500Z"), ("2026-11-31", nil), ("2026", nil),
      ("2026-11-22T14:03:00Z ", nil), ("2026-11-22T", nil), ("", nil), ("now", nil),
      ("Nov 22 14:03:00", nil), ("22/Nov/2026:15:54:03 +0000", nil), ("2026-11-22T25:03", nil),
    ] as [(String, String?)])
  func options(text: String, expected: String?) {
    #expect(Timestamp(rfc3339: text, zone: berlin)?.rfc3339 == expected)
  }
}
