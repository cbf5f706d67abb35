import Bytes
import Records
import Testing

@Suite("Reading timestamps")
struct TimestampReaderTests {
  @Test(
    "fractions and zones behind the seconds",
    arguments: [
      ("2026-11-22T14:03:00Z", "2026-11-22T14:03:00Z", ""),
      ("2026-11-22T14:03:00.5Z rest", "2026-11-22T14:03:00.500Z", " rest"),
      ("2026-11-22T14:03:00.1234567Z x", "2026-11-22T14:03:00.123456700Z", " x"),
      ("2026-11-22T14:03:00.12345678999Z", "2026-11-22T14:03:00.123456789Z", ""),
      ("2026-11-22T14:03:00+01:00", "2026-11-22T13:03:00Z", ""),
      ("2026-11-22T14:03:00.25-0330 x", "2026-11-22T17:33:00.250Z", " x"),
      ("2026-11-22 14:03:00+01]", "2026-11-22T13:03:00Z", "]"),
      ("2026-11-22 14:03:00 -03 [1]", "2026-11-22T17:03:00Z", " [1]"),
      ("2026-11-22 14:03:00 +0000 UTC m=+0.1", "2026-11-22T14:03:00Z", " m=+0.1"),
      ("2026-11-22 14:03:00 CEST [1]", "2026-11-22T12:03:00Z", " [1]"),
      ("2026-11-22 14:03:00.001 EST:10.0.0.1", "2026-11-22T19:03:00.001Z", ":10.0.0.1"),
      ("2026-11-22 14:03:00 GMT+01:00 x", "2026-11-22T13:03:00Z", " x"),
      ("2026-11-22 14:03:00 INFO x", "2026-11-22T14:03:00Z", " INFO x"),
      ("2026-11-22 14:03:00 WARN", "2026-11-22T14:03:00Z", " WARN"),
      ("2026-11-22 14:03:00 UTCX", "2026-11-22T14:03:00Z", " UTCX"),
      ("2026-11-22 14:03:00 - WARN", "2026-11-22T14:03:00Z", " - WARN"),
      ("2026-11-22 14:03:00 -12345 x", "2026-11-22T14:03:00Z", " -12345 x"),
      ("2026-11-22 14:03:00 +9900", "2026-11-22T14:03:00Z", " +9900"),
      ("2026-11-22 14:03:00,123 x", "2026-11-22T14:03:00.123Z", " x"),
      ("2026-11-22 14:03:00,5,foo", "2026-11-22T14:03:00Z", ",5,foo"),
      ("2026-11-22 14:03:00. Done", "2026-11-22T14:03:00Z", ". Done"),
      ("2026-11-22_14:03:00.5 x", "2026-11-22T14:03:00.500Z", " x"),
      ("2026-11-22T14:03:00Zebra", "2026-11-22T14:03:00Z", "Zebra"),
      ("2026/11/22 15:56:14.123456 x", "2026-11-22T15:56:14.123456Z", " x"),
      ("2 Nov 2026 15:56:18.164 *", "2026-11-02T15:56:18.164Z", " *"),
      ("9-Aug-2020::06:26:14 ===", "2020-08-09T06:26:14Z", " ==="),
      ("11-Jun-2024 10:00:00 Europe/Nowhere] x", "2024-06-11T10:00:00Z", "] x"),
      ("Sun Nov 22 15:56:14 2026]", "2026-11-22T15:56:14Z", "]"),
      ("Sun Nov 22 15:56:14 CET 2026", "2026-11-22T14:56:14Z", ""),
      ("Sun, 22 Nov 2026 15:56:14 GMT", "2026-11-22T15:56:14Z", ""),
      ("Nov 22 2026 15:56:14.5 UTC: %", "2026-11-22T15:56:14.500Z", ": %"),
      ("Nov 22, 2026 12:09:43 AM x", "2026-11-22T00:09:43Z", " x"),
      ("Nov 22, 2026, 12:09:43 PM x", "2026-11-22T12:09:43Z", " x"),
      ("Nov 22, 2026, 4:09:43\u{202F}PM x", "2026-11-22T16:09:43Z", " x"),
      ("Jun 14 15:16:01 UTC sshd", "2026-06-14T15:16:01Z", " UTC sshd"),
      ("99/12/31 23:59:59 INFO", "1999-12-31T23:59:59Z", " INFO"),
      ("2026-12-31T23:59:60Z", "2027-01-01T00:00:00Z", ""),
      ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z", ""),
      ("1677-09-22T00:00:00Z", "1677-09-22T00:00:00Z", ""),
      ("2262-04-11T23:47:16Z", "2262-04-11T23:47:16Z", ""),
    ])
  func tail(text: String, time: String, rest: String) {
    let answer = Stamp.time(text)
    #expect(answer.time == time)
    #expect(answer.rest == rest)
  }

  @Test(
    "what cannot exist, or is no stamp, leaves the cursor where it was",
    arguments: [
      "2026-13-22T14:03:00Z", "2026-00-22T14:03:00Z", "2026-02-30T14:03:00Z",
      "2025-02-29T14:03:00Z", "1900-02-29 14:03:00", "2026-11-31 14:03:00", "2026-11-00 14:03:00",
      "2026-11-22T25:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T14:60:00Z",
      "2026-11-22T14:03:61Z", "2026-11-22T14:03:00+99:00", "2026-11-22T14:03:00+01:60",
      "2026-11-22T14:03:001", "2026-11-22T14:03", "2026-11-22X14:03:00", "2026-11-22",
      "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "31/Nov/2026:15:54:03 +0000",
      "22/Nof/2026:15:54:03 +0000", "Xun Nov 22 15:56:14 2026", "Sun Nov 31 15:56:14 2026",
      "Sun Feb 29 15:56:14 2026", "Sun Nov 22 15:56:14", "Sun Nov 22 15:56:14 20266",
      "Feb 30 15:16:01 host", "Jun 14 25:16:01 host", "Nov 22, 2026 13:09:43 PM",
      "Nov 22, 2026 0:09:43 PM", "Nov 22, 2026 4:09:43 XM", "17/13/09 20:10:40",
      "30-Feb-2017 01:02:21 UTC", "192.168.100.200 - -", "", "2", "ERROR: something is wrong",
      "GET /orders/12/3456 HTTP", "12:41:22.381 [main] x",
    ])
  func impossible(text: String) {
    let answer = Stamp.time(text)
    #expect(answer.time == nil)
    #expect(answer.rest == text)
  }

  @Test(
    "a stamp without a year is in the last year that is at most a day after the reference",
    arguments: [
      ("Dec 31 23:59:59", "2027-01-01T00:00:30Z", "2026-12-31T23:59:59Z"),
      ("Jan  1 00:00:10", "2027-01-01T00:00:30Z", "2027-01-01T00:00:10Z"),
      ("Jan  1 00:00:10", "2026-12-31T23:59:50Z", "2027-01-01T00:00:10Z"),
      ("Jan  2 12:00:00", "2026-12-31T23:59:50Z", "2026-01-02T12:00:00Z"),
      ("Nov 23 16:59:59", "2026-11-22T17:00:00Z", "2026-11-23T16:59:59Z"),
      ("Nov 23 17:00:01", "2026-11-22T17:00:00Z", "2025-11-23T17:00:01Z"),
      ("Feb 29 12:00:00", "2026-11-22T17:00:00Z", "2024-02-29T12:00:00Z"),
      ("Feb 29 12:00:00", "2024-02-28T11:00:00Z", "2020-02-29T12:00:00Z"),
      ("Feb 29 12:00:00", "2024-02-28T13:00:00Z", "2024-02-29T12:00:00Z"),
      ("Feb 29 12:00:00", "1903-02-28T13:00:00Z", "1896-02-29T12:00:00Z"),
    ])
  func yearless(text: String, reference: String, expected: String) throws {
    let reference = try #require(Timestamp(rfc3339: reference))
    #expect(Stamp.time(text, reference: reference).time == expected)
  }

  @Test("the year of a stamp is the one of its own zone")
  func yearlessZone() throws {
    let zone = try #require(LocalZone(named: "+13:00"))
    let reference = try #require(Timestamp(rfc3339: "2026-12-31T11:30:00Z"))
    let answer = Stamp.time("Jan  1 00:20:00", zone: zone, reference: reference)
    #expect(answer.time == "2026-12-31T11:20:00Z")
  }

  @Test(
    "a time without a date is on the last day that is at most an hour after the reference",
    arguments: [
      ("12:41:22.381", "2026-11-22T17:00:00Z", "2026-11-22T12:41:22.381Z"),
      ("17:59:59", "2026-11-22T17:00:00Z", "2026-11-22T17:59:59Z"),
      ("18:00:01", "2026-11-22T17:00:00Z", "2026-11-21T18:00:01Z"),
      ("00:00:05", "2026-12-31T23:59:58Z", "2027-01-01T00:00:05Z"),
      ("23:59:58", "2027-01-01T00:00:05Z", "2026-12-31T23:59:58Z"),
    ])
  func dateless(text: String, reference: String, expected: String) throws {
    let reference = try #require(Timestamp(rfc3339: reference))
    #expect(Stamp.time(text, reference: reference, how: .timeOnly).time == expected)
  }

  @Test("a new reference is heeded at once")
  func newReference() throws {
    let text = Array("Jun 14 15:16:01 host".utf8)
    var reader = TimestampReader(zone: .utc, reference: november)
    var cursor = ByteCursor()
    #expect(reader.read(text.span, at: &cursor)?.rfc3339 == "2026-06-14T15:16:01Z")
    reader.reference = try #require(Timestamp(rfc3339: "2020-01-01T00:00:00Z"))
    cursor = ByteCursor()
    #expect(reader.read(text.span, at: &cursor)?.rfc3339 == "2019-06-14T15:16:01Z")
  }

  @Test("the year behind the seconds is not taken from the line before")
  func clockYears() {
    var reader = TimestampReader(zone: berlin, reference: november)
    for (text, expected) in [
      ("Wed Jul 04 06:28:08 2012", "2012-07-04T04:28:08Z"),
      ("Wed Jul 04 06:28:08 2018", "2018-07-04T04:28:08Z"),
      ("Wed Feb 29 06:28:08 2012", "2012-02-29T05:28:08Z"),
      ("Wed Feb 29 06:28:08 2013", nil),
      ("Wed Feb 29 06:28:08 2016", "2016-02-29T05:28:08Z"),
    ] {
      var cursor = ByteCursor()
      #expect(reader.read(Array(text.utf8).span, at: &cursor)?.rfc3339 == expected)
    }
  }

  @Test("whether a stamp states its zone is known")
  func statedZone() {
    var reader = TimestampReader(zone: berlin, reference: november)
    for (text, states) in [
      ("2026-11-22T14:03:00Z", true), ("2026-11-22 14:03:00 CET", true),
      ("2026-11-22 14:03:00", false), ("Jun 14 15:16:01 host", false),
    ] {
      var cursor = ByteCursor()
      #expect(reader.read(Array(text.utf8).span, at: &cursor) != nil)
      #expect(reader.lastStatedZone == states)
    }
    var cursor = ByteCursor()
    #expect(reader.readEpoch(Array("1700000000".utf8).span, at: &cursor) != nil)
    #expect(reader.lastStatedZone)
  }

  @Test("a zone's own abbreviations come before the usual ones")
  func abbreviations() throws {
    let israel = try #require(LocalZone(named: "IST-2IDT,M3.4.4/26,M10.5.0"))
    let text = "2026-01-22 14:00:00 IST [1]"
    #expect(Stamp.time(text, zone: israel).time == "2026-01-22T12:00:00Z")
    #expect(Stamp.time(text).time == "2026-01-22T08:30:00Z")
    #expect(Stamp.time("2026-10-25 02:30:00 CET", zone: berlin).time == "2026-10-25T01:30:00Z")
    #expect(Stamp.time("2026-10-25 02:30:00 CEST", zone: berlin).time == "2026-10-25T00:30:00Z")
  }

  @Test(
    "the unit of an epoch follows from its size",
    arguments: [
      ("1700000000", "2023-11-14T22:13:20Z"), ("1700000000.5", "2023-11-14T22:13:20.500Z"),
      ("1700000000123", "2023-11-14T22:13:20.123Z"),
      ("1700000000123.25", "2023-11-14T22:13:20.123250Z"),
      ("1700000000123456", "2023-11-14T22:13:20.123456Z"),
      ("1700000000123456789", "2023-11-14T22:13:20.123456789Z"),
      ("1.7e9", "2023-11-14T22:13:20Z"), ("1.700000000123E12", "2023-11-14T22:13:20.123Z"),
      ("100000000", "1973-03-03T09:46:40Z"),
      ("9223372036854775807", "2262-04-11T23:47:16.854775807Z"),
      ("99999999", nil), ("0", nil), ("-1700000000", nil), ("12.5", nil), ("", nil), ("x", nil),
      ("9300000000000000000", nil), ("99999999999999999999999", nil), ("1e400", nil),
      ("10000000000", nil), ("1e99999999999999999999", nil), ("1e-99999999999999999999", nil),
    ] as [(String, String?)])
  func epoch(text: String, expected: String?) {
    #expect(Stamp.time(text, how: .epoch).time == expected)
  }
}
