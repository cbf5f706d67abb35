import Testing

@Suite("The model that following is held against")
struct FollowModelTests {
  private static let stepsEach = 250

  @Test("asks for nothing that cannot be done", arguments: 0..<2)
  func possible(batch: Int) {
    var statistics = HistoryStatistics()
    for seed in HistoryEffort.seeds(batch: batch, of: 2, steps: 30_000) {
      let history = FollowHistory.random(seed: seed, steps: HistoryEffort.stepsEach)
      let run = HistoryRun(history, reader: LineMemoryReader())
      if let failure = run.finish(history) {
        Issue.record("\(failureReport(failure, history) { LineMemoryReader() })")
        return
      }
      statistics.add(run)
    }
    #expect(statistics.excusedShare < HistoryStatistics.excusedShareLimit, "\(statistics)")
  }

  @Test("asks for nothing in the regression histories that cannot be done")
  func possibleRegressions() {
    for titled in RegressionHistories.all {
      let failure = HistoryRun.failure(of: titled.history, reader: LineMemoryReader())
      if let failure { Issue.record("\(titled.title): \(failure)\n\(titled.history)") }
    }
  }

  @Test("finds a reader out", arguments: LineMemoryReader.Flaw.allCases)
  func flaws(flaw: LineMemoryReader.Flaw) {
    let found = (0..<200 as Range<UInt64>).first { seed in
      let history = FollowHistory.random(seed: seed, steps: Self.stepsEach)
      return HistoryRun.failure(of: history, reader: LineMemoryReader(flaw: flaw)) != nil
    }
    #expect(found != nil)
  }

  @Test("shrinks a failing history to a handful of steps")
  func shrinking() throws {
    let shrinker = HistoryShrinker { history in
      HistoryRun.failure(of: history, reader: LineMemoryReader(flaw: .dropsLateLines))
    }
    let failing = (0..<200 as Range<UInt64>).lazy
      .map { FollowHistory.random(seed: $0, steps: Self.stepsEach) }
      .compactMap { shrinker.shrink($0) }
    let found = try #require(failing.first)
    #expect(found.history.steps.count <= 8, "\(found.failure)\n\(found.history)")
  }
}
