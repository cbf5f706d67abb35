import Judgement
import Reports
import Testing

@Suite("Numbers in reports")
struct NumberTextTests {
  @Test(
    "counts have commas between thousands",
    arguments: [
      (0.0, "0"), (999, "999"), (1_000, "1,000"), (90_211, "90,211"), (-1_234_567, "-1,234,567"),
    ])
  func counts(number: Double, text: String) {
    #expect(NumberText.count(number) == text)
  }

  @Test(
    "decimals keep three significant digits and no trailing zeros",
    arguments: [
      (0.0, "0"), (0.00773, "0.00773"), (58.12, "58.1"), (1.999, "2"), (12_345.6, "12,346"),
      (-0.5, "-0.5"), (0.000_000_123_4, "0.000000123"), (99.95, "100"),
    ])
  func decimals(number: Double, text: String) {
    #expect(NumberText.decimal(number, significant: 3) == text)
  }

  @Test(
    "durations have two units at most",
    arguments: [
      (0.25, "250 ms"), (1.5, "1.5 s"), (45, "45 s"), (60, "1 min"), (730, "12 min 10 s"),
      (21_900, "6 h 5 min"), (266_400, "3 d 2 h"), (.infinity, "-"),
    ])
  func durations(seconds: Double, text: String) {
    #expect(NumberText.duration(seconds: seconds) == text)
  }

  @Test(
    "odds are capped where nobody cares any more",
    arguments: [
      (-1.0, "none"), (0.0, "none"), (2.995_732_274, "20:1"), (8.517_193_191, "5,000:1"),
      (50, "over 1,000,000:1"),
    ])
  func odds(logEvidence: Double, text: String) {
    #expect(NumberText.odds(logEvidence) == text)
  }

  @Test("a side without exposure says so")
  func noData() {
    #expect(NumberText.rate(Counted(count: 0, exposure: 0), .requests) == "no data")
    #expect(NumberText.rate(Counted(count: 3, exposure: 1_000), .requests) == "0.3 %")
    #expect(NumberText.rate(Counted(count: 3, exposure: 90), .seconds) == "2/min")
  }
}
