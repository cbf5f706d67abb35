import Statistics
import Testing

@testable import Simulation

@Suite("Trials")
struct TrialRuleTests {
  @Test("the rule with nothing changed is the judge's", arguments: [Clustering.poi, .nb5, .mmpp])
  func control(_ clustering: Clustering) {
    let design = SimulatedWatch.Design(clustering: clustering, rate: 4, looks: 90)
    let row = SimulatedWatch.row(design, seed: 8, scenario: "control", number: 0, rule: 0)
    var trial = TrialRule(row[..<2_160], looks: 90, variant: .none)
    var rule = CountRule(
      counts: Array(row[..<2_160]), exposures: [Double](repeating: 10, count: 2_160), weight: 0,
      r0: 1, looks: 90)
    for x in row[2_160...] {
      rule.update(events: x, exposure: 10)
      #expect(abs(trial.update(x) - rule.logE) < 1e-9)
    }
  }

  @Test("clusters are one for one event, and few for many of small shape")
  func clusters() {
    #expect(TrialRule.clusters(0, shape: 0.3) == 0)
    #expect(abs(TrialRule.clusters(1, shape: 0.3) - 1) < 1e-12)
    #expect(TrialRule.clusters(1_000, shape: 1e-9) < 1 + 1e-6)
    let sum = (0..<500).reduce(0.0) { $0 + 2 / (2 + Double($1)) }
    #expect(abs(TrialRule.clusters(500, shape: 2) - sum) < 1e-9)
  }
}
