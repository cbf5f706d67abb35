import Judgement
import Rules
import Testing

@testable import Simulation

/// Small runs that must come out as is known beforehand.
@Suite("The simulation")
struct HarnessTests {
  private func figure(_ name: String, _ measure: String, alpha: Double, watches: Int) async throws
    -> Scenario.Figure
  {
    let scenario = try #require(Scenario.all.first { $0.name == name })
    let run = Scenario.Run(
      seed: 11, watches: watches, workers: Workers(threads: 2), alpha: alpha)
    return try #require(await scenario.figures(run).first { $0.measure == measure })
  }

  /// The judge gets an alpha 4 nats larger than is stated; the harness must not miss that, and must not
  /// blame the judge that keeps to it.
  @Test("a judge whose threshold is 4 nats too low is seen to exceed the nominal")
  func planted() async throws {
    let nominal = 0.01 * 0.8 / Double(Scenario.ruleCount)
    let broken = try await figure("no-change/poi 10", "rules", alpha: 0.546, watches: 6)
    #expect(ExactInterval(count: Int(broken.value), of: broken.trials).low > nominal)
    let honest = try await figure("no-change/poi 10", "rules", alpha: 0.01, watches: 6)
    #expect(ExactInterval(count: Int(honest.value), of: honest.trials).low < nominal)
  }

  @Test("every scenario's signals are known to the rules that it uses")
  func names() {
    #expect(Set(Scenario.all.map(\.name)).count == Scenario.all.count)
    for rules in [Scenario.unseenRules, Scenario.requestRules] {
      #expect(rules.signals.allSatisfy { rules.rules.index(ofSignal: $0) != nil })
    }
  }

  @Test("all rules of a watch are judged and have equal shares of alpha")
  func judged() async throws {
    let judged = try await figure("no-change/poi 1", "judged", alpha: 0.01, watches: 1)
    #expect(Int(judged.value) == Scenario.ruleCount)
  }

  @Test("the results do not depend on the number of threads")
  func threads() async throws {
    let scenario = try #require(Scenario.all.first { $0.name == "delay/poi 100 x2" })
    func values(_ threads: Int) async -> [Double] {
      await scenario.figures(
        Scenario.Run(seed: 5, watches: 2, workers: Workers(threads: threads))
      ).map(\.value)
    }
    #expect(await values(1) == values(2))
  }

  @Test("a line of results reads back as it was written, a torn one does not")
  func lines() throws {
    let row = ResultRow(
      table: "delay", cell: "poi 10 x2", measure: "median delay", value: 200, trials: 50, seed: 4,
      watches: 1)
    let read = try #require(ResultRow(line: row.line[...]))
    #expect(read.line == row.line)
    #expect(ResultRow(line: row.line.dropLast(4)) == nil)
  }
}
