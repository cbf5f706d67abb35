import Records
import Testing

@Suite("Durations as logs write them")
struct DurationTests {
  static func seconds(_ text: String, unit: DurationUnit? = nil) -> Double? {
    let bytes = Array("<\(text)>".utf8)
    return DurationText.seconds(in: bytes.span, 1..<bytes.count - 1, unit: unit)
  }

  @Test(
    "with a unit of their own, whatever unit is declared",
    arguments: [
      ("1.5s", 1.5), ("212µs", 0.000_212), ("212\u{3bc}s", 0.000_212), ("212us", 0.000_212),
      ("3m4s", 184), ("8.4ms", 0.008_4), ("8.4 ms", 0.008_4), ("1h2m3.5s", 3723.5),
      ("13ms", 0.013), ("0.5312s", 0.5312), ("42ns", 42e-9), ("21 msecs", 0.021),
      ("5007 milliseconds", 5.007), ("250 micros", 0.000_25), ("2 Seconds", 2), ("0s", 0),
      ("1.2e-3s", 0.001_2), ("PT0.5S", 0.5), ("PT1M2S", 62), ("0.1s, 0.2s", 0.2), ("+69ms", 0.069),
      (" 12ms ", 0.012), ("1 m 2 s", 62),
    ])
  func ownUnit(text: String, expected: Double) {
    #expect(Self.seconds(text) == expected)
    #expect(Self.seconds(text, unit: .hours) == expected)
  }

  @Test(
    "plain numbers in the declared unit",
    arguments: [
      ("0.012", DurationUnit.seconds, 0.012), ("12.5", .milliseconds, 0.012_5),
      ("929675", .nanoseconds, 0.000_929_675), ("212", .microseconds, 0.000_212),
      ("2", .minutes, 120), ("1", .hours, 3_600), ("0.000, 0.001", .seconds, 0.001),
      ("0.002 : 0.001", .seconds, 0.001), ("0.1, 0.2 : 0.3", .seconds, 0.3),
      ("-, 0.2", .seconds, 0.2),
      ("1e3", .milliseconds, 1), ("000", .seconds, 0),
    ])
  func declaredUnit(text: String, unit: DurationUnit, expected: Double) {
    #expect(Self.seconds(text, unit: unit) == expected)
    #expect(Self.seconds(text) == nil)
  }

  @Test(
    "absent, negative and other text",
    arguments: [
      "", "-", "-1", "-1.5s", "0.2, -", " ", "fast", "1.5x", "12ms/req", "1s2", "00:00:01.5", "PT",
      "PT5", "NaN", "inf", "1e999", "s", "1..2", "0x10", "1,", "9e307h",
    ])
  func none(text: String) {
    #expect(Self.seconds(text, unit: .seconds) == nil)
  }

  @Test("a range outside the text is no duration")
  func outside() {
    let bytes = Array("12ms".utf8)
    #expect(DurationText.seconds(in: bytes.span, 2..<9) == nil)
    #expect(DurationText.seconds(in: bytes.span, 0..<4) == 0.012)
  }
}
