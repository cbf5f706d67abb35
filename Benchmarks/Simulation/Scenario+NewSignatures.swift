import Judgement
import Records
import Rules
import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Kinds of errors that are so rare that some come for the first time after the release, by chance.
extension Scenario {
  /// Kinds of one service: from one a fortnight to two a minute, as many in each decade.
  private static let kindCount = 80
  private static let rarest = 1.0 / 20_160
  private static let commonest = 2.0

  static var newSignatures: [Scenario] {
    Clustering.allCases.map { clustering in
      Scenario(table: "new-signatures", cell: "\(clustering)", watches: 1000) { run in
        let outcomes = await run.workers.map(run.watches) { number in
          newSignatures(clustering, run, number)
        }
        let appeared = outcomes.reduce(0) { $0 + $1.appeared }
        return [
          Figure("watches with an alarm", count: outcomes.count { $0.alarms > 0 }, of: run.watches),
          Figure(
            "signatures with an alarm", count: outcomes.reduce(0) { $0 + $1.alarms }, of: appeared),
        ]
      }
    }
  }

  /// New signatures of one watch in which nothing changed, and those that alarmed.
  private static func newSignatures(
    _ clustering: Clustering, _ run: Run, _ number: Int
  ) -> (appeared: Int, alarms: Int) {
    let design = SimulatedWatch.Design(rate: 1)
    var timeline = SimulatedWatch.timeline(design, unseenRules)
    let key = RandomStream.key(run.name)
    for kind in 0..<kindCount {
      var source = EventSource(
        clustering, RandomStream(seed: run.seed, place: key, UInt64(number), UInt64(kind)))
      let share = (Double(kind) + 0.5) / Double(kindCount)
      let rate = rarest * exp(share * log(commonest / rarest))
      let text = Array("relation \"table\(kind)\" does not exist".utf8)
      for index in -design.baselineWindows..<design.looks {
        for _ in 0..<Int(source.count(mean: rate / 6)) { add(text, at: index, to: &timeline) }
      }
    }
    var options = JudgeOptions()
    options.alpha = run.alpha
    var judge = Judge(timeline: timeline, rules: unseenRules.rules, options: options)
    var seen: Set<String> = []
    var alarmed: Set<String> = []
    while judge.nextIndex < design.looks {
      for alert in judge.look(timeline) where alert.kind == Judge.newName {
        seen.insert(alert.signal)
        if alert.state == .firing { alarmed.insert(alert.signal) }
      }
    }
    return (seen.count, alarmed.count)
  }

  private static func add(_ text: [UInt8], at index: Int, to timeline: inout Timeline) {
    var observation = Observation()
    observation.isError = true
    var record = Record()
    record.time = timeline.plan.start(of: index).advanced(byNanoseconds: 1_000_000_000)
    record.timeSource = .line
    record.severity = .error
    record.message = 0..<text.count
    timeline.add(observation, of: record, text: text.span)
  }
}
