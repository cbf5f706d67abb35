import Testing

@Suite("Following through random histories")
struct FollowHistoryTests {
  @Test("loses no line and repeats none, whatever happens", arguments: 0..<HistoryEffort.batches)
  func random(batch: Int) {
    var statistics = HistoryStatistics()
    for seed in HistoryEffort.seeds(batch: batch, steps: 1_000_000) {
      let history = FollowHistory.random(seed: seed, steps: HistoryEffort.stepsEach)
      let run = HistoryRun(history, reader: FollowerUnderTest())
      if let failure = run.finish(history) {
        Issue.record("\(failureReport(failure, history) { FollowerUnderTest() })")
        return
      }
      statistics.add(run)
    }
    // Else the histories could pass by destroying what they write.
    #expect(statistics.excusedShare < HistoryStatistics.excusedShareLimit, "\(statistics)")
  }

  @Test("loses no line and repeats none where it might", arguments: RegressionHistories.all)
  func regression(titled: RegressionHistories.Titled) {
    let failure = HistoryRun.failure(of: titled.history, reader: FollowerUnderTest())
    if let failure { Issue.record("\(failure)\n\(titled.history)") }
  }
}
