import Judgement

/// Something changes: how long it takes to see it, and to see its end.
extension Scenario {
  /// A change with median delays known from elsewhere and Wald's bound, in seconds.
  struct DelayReference: Sendable {
    let clustering: Clustering
    let rate: Double
    let ratio: Double
    /// The median that the method's description lists.
    let listed: Double
    /// The median of the reference program as it is now.
    let present: Double
    /// log 5000 over the information of an event stream, or the exact bound for clusters.
    let bound: Double

    var cell: String { "\(clustering) \(Scenario.text(rate)) x\(Scenario.text(ratio))" }
  }

  static let delayReferences = [
    DelayReference(
      clustering: .poi, rate: 10, ratio: 2, listed: 200, present: 180,
      bound: 132),
    DelayReference(
      clustering: .poi, rate: 1, ratio: 5, listed: 200, present: 190,
      bound: 126),
    DelayReference(
      clustering: .poi, rate: 0.1, ratio: 10, listed: 550, present: 630,
      bound: 364),
    DelayReference(
      clustering: .poi, rate: 100, ratio: 2, listed: 20, present: 30,
      bound: 13),
    DelayReference(
      clustering: .nb5, rate: 1, ratio: 5, listed: 760, present: 830,
      bound: 365),
    DelayReference(
      clustering: .nb5, rate: 10, ratio: 2, listed: 820, present: 950,
      bound: 501),
    DelayReference(
      clustering: .nb20, rate: 10, ratio: 2, listed: 2080, present: 2090,
      bound: 1060),
    DelayReference(
      clustering: .nb20, rate: 10, ratio: 5, listed: 300, present: 340,
      bound: 135),
    DelayReference(
      clustering: .nb20, rate: 10, ratio: 10, listed: 190, present: 190,
      bound: 56),
    DelayReference(
      clustering: .nb20, rate: 100, ratio: 2, listed: 420, present: 460,
      bound: 234),
  ]

  static var delays: [Scenario] {
    delayReferences.map { reference in
      Scenario(table: "delay", cell: reference.cell, watches: 40) { run in
        let design = SimulatedWatch.Design(
          clustering: reference.clustering, rate: reference.rate,
          changes: [(from: 0, ratio: reference.ratio)])
        return await delay(design, run)
      }
    }
  }

  /// Times to the first alarm of each rule; all 50 rise at the release.
  private static func delay(_ design: SimulatedWatch.Design, _ run: Run) async -> [Figure] {
    var options = JudgeOptions()
    // The reference gave each of 50 rules a fiftieth of alpha; here they share 0.8 of it.
    options.alpha = run.alpha / 0.8
    options.minimumEffect = 1
    let judging = options
    let alarms = await run.workers.map(run.watches) { number in
      let watch = SimulatedWatch(
        design, rules: unseenRules, seed: run.seed, scenario: run.name, number: number)
      return JudgedWatch(
        watch.timeline, rules: unseenRules, options: judging, stopsWhenAllAlarmed: true
      ).firstAlarms
    }
    return times("median delay", alarms.flatMap { $0 }, from: 0)
  }

  /// The share that came at all, and the median of all, late ones at the end.
  static func times(_ measure: String, _ looks: [Int?], from start: Int) -> [Figure] {
    let seconds = looks.map { look in
      look.map { SimulatedWatch.seconds(look: $0 - start) } ?? .infinity
    }
    let median = seconds.median ?? .infinity
    return [
      Figure("came", count: looks.count { $0 != nil }, of: looks.count),
      Figure(measure, median.isFinite ? median : -1, of: looks.count),
    ]
  }

  static var recoveries: [Scenario] {
    let stays = [(Clustering.poi, 10.0), (.poi, 100), (.nb5, 10), (.ar, 10)].map { kind, rate in
      Scenario(
        table: "recovery", cell: "stays at 1.25, \(kind) \(text(rate))", watches: 40
      ) { run in
        let design = SimulatedWatch.Design(
          clustering: kind, rate: rate, looks: 420,
          changes: [(from: 0, ratio: 5), (from: 60, ratio: 1.25)])
        let outcomes = await recovered(design, run)
        let alarmed = outcomes.filter { $0.alarm != nil }
        return [
          Figure("recovered", count: alarmed.count { $0.recovery != nil }, of: alarmed.count)
        ]
      }
    }
    let ends = [(Clustering.poi, 100.0), (.poi, 10), (.nb5, 10)].map { kind, rate in
      Scenario(
        table: "recovery", cell: "ends after 20 min, \(kind) \(text(rate))", watches: 10
      ) { run in
        let design = SimulatedWatch.Design(
          clustering: kind, rate: rate, looks: 840,
          changes: [(from: 0, ratio: 5), (from: 120, ratio: 1)])
        let outcomes = await recovered(design, run)
        return times(
          "median recovery", outcomes.filter { $0.alarm != nil }.map(\.recovery), from: 120)
      }
    }
    return stays + ends
  }

  private static func recovered(
    _ design: SimulatedWatch.Design, _ run: Run
  ) async -> [(alarm: Int?, recovery: Int?)] {
    var options = JudgeOptions()
    options.alpha = run.alpha
    let judging = options
    return await run.workers.map(run.watches) { number in
      let watch = SimulatedWatch(
        design, rules: unseenRules, seed: run.seed, scenario: run.name, number: number)
      let judged = JudgedWatch(watch.timeline, rules: unseenRules, options: judging)
      return zip(judged.firstAlarms, judged.firstRecoveries).map { (alarm: $0, recovery: $1) }
    }.flatMap { $0 }
  }
}
