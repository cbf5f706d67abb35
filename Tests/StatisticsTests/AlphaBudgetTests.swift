import Foundation
import Statistics
import Testing

@Suite("The shared alpha")
struct AlphaBudgetTests {
  @Test("all that is ever spent stays below alpha")
  func sums() {
    let rules = AlphaBudget.weights(severities: [4, 2, 2, 1, 1]).reduce(0, +)
    let kinds = (1...100_000).reduce(0) { $0 + AlphaBudget.newKindWeight(slot: $1) }
    #expect(abs(rules - 0.8) < 1e-12)
    #expect(kinds < 0.2 && kinds > 0.199)
    let blocks = (1...100_000).reduce(0) { $0 + AlphaBudget.blockAlpha(0.01, block: $1) }
    #expect(blocks < 0.01 && blocks > 0.00999)
    let restarts = (0...60).reduce(0) { $0 + AlphaBudget.restartedWeight(0.1, alarms: $1) }
    #expect(restarts <= 0.2)
  }

  @Test("the global alarm is never later than the rules' own")
  func global() {
    var random = SeededRandom(71)
    for _ in 0..<1000 {
      let count = Int(random.whole(1...12))
      let weights = AlphaBudget.weights(severities: (0..<count).map { _ in random.uniform() })
      let logEs = (0..<count).map { _ in 20 * random.uniform() - 5 }
      guard !AlphaBudget.eHolm(logEs: logEs, weights: weights, alpha: 0.01).isEmpty else {
        continue
      }
      #expect(AlphaBudget.global(logEs: logEs, weights: weights) >= -log(0.01) - 1e-12)
    }
  }

  @Test("a weight of nothing never alarms")
  func noWeight() {
    #expect(AlphaBudget.threshold(alpha: 0.01, weight: 0) == .infinity)
    #expect(AlphaBudget.eHolm(logEs: [1e9], weights: [0], alpha: 0.01).isEmpty)
    #expect(AlphaBudget.global(logEs: [50], weights: [0]) == 0)
  }

  @Test("the triage list holds the strongest first and grows with its rate")
  func triage() {
    let logEs = [3.0, 8, 6, 0.2, 4.1]
    #expect(AlphaBudget.eBH(logEs: logEs, rate: 0.05) == [1, 2, 4])
    #expect(AlphaBudget.eBH(logEs: logEs, rate: 1e-4).isEmpty)
    #expect(AlphaBudget.eBH(logEs: logEs, rate: 0.5) == [0, 1, 2, 4])
  }
}
