import Judgement

/// A signal that is exactly as bad as "healthy" rules out must rarely be called healthy.
extension Scenario {
  private static let oneUnseen = SimulatedRules(.counts(1), hasRequests: false)
  private static let oneRequest = SimulatedRules(.counts(1), hasRequests: true)

  static var healthy: [Scenario] {
    func cell(
      _ clustering: Clustering, _ rate: Double, x ratio: Double, perRequest: Bool = false
    ) -> Scenario {
      let unit = perRequest ? " per request" : ""
      return Scenario(
        table: "healthy",
        cell: "\(clustering) \(text(rate)) x\(text(ratio))\(unit)", watches: 1000
      ) { run in
        let design = SimulatedWatch.Design(
          clustering: clustering, rate: rate,
          traffic: perRequest ? .steps(factor: 1) : .unseen(wave: false),
          changes: [(from: 0, ratio: ratio)])
        return await called(design, perRequest ? oneRequest : oneUnseen, run)
      }
    }
    return [
      // Twice the baseline and above the floor of one event a minute.
      cell(.poi, 1, x: 2), cell(.poi, 10, x: 2), cell(.nb5, 10, x: 2), cell(.ar, 10, x: 2),
      cell(.mmpp, 10, x: 2),
      // Exactly at the floor, which is further than twice the baseline.
      cell(.poi, 0.1, x: 10), cell(.nb5, 0.1, x: 10),
      // 0.5 % of 6000 requests a minute is 30: at the floor and at twice the baseline at once.
      cell(.poi, 15, x: 2, perRequest: true), cell(.nb5, 15, x: 2, perRequest: true),
      // What should be called healthy.
      cell(.poi, 10, x: 1), cell(.nb5, 10, x: 1), cell(.poi, 15, x: 1, perRequest: true),
    ]
  }

  /// How often a judge of one rule decides that it is healthy, at any look.
  private static func called(
    _ design: SimulatedWatch.Design, _ rules: SimulatedRules, _ run: Run
  ) async -> [Figure] {
    var options = JudgeOptions()
    options.alpha = run.alpha
    let judging = options
    let calls = await run.workers.map(run.watches) { number -> Bool in
      let watch = SimulatedWatch(
        design, rules: rules, seed: run.seed, scenario: run.name, number: number)
      let judged = JudgedWatch(watch.timeline, rules: rules, options: judging)
      // The first decision is "healthy" unless it is the alarm.
      guard let decided = judged.decided else { return false }
      return judged.firstAlarms[0].map { decided < $0 } ?? true
    }
    return [Figure("healthy", count: calls.count { $0 }, of: calls.count)]
  }
}
