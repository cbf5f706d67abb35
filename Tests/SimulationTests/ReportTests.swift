import Testing

@testable import Simulation

@Suite("The report")
struct ReportTests {
  private func row(_ seed: UInt64, watches: Int, count: Double) -> ResultRow {
    ResultRow(
      table: "no-change", cell: "ar 1", measure: "rules", value: count, trials: 50 * watches,
      seed: seed, watches: watches)
  }

  @Test("seeds are pooled, and of one seed the longest run counts")
  func pooled() throws {
    let report = Report([
      row(1, watches: 6, count: 1), row(1, watches: 60, count: 2), row(2, watches: 20, count: 3),
    ])
    let cell = try #require(report.cells("no-change", "rules").first)
    #expect(cell.count == 5)
    #expect(cell.trials == 4_000)
  }
}
