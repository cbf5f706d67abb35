import Judgement
import Records
import Rules
import Watching

/// What the judge is asked.
extension WatchCommand {
  /// A misspelt signal would be found out only at the end.
  func checkExplained(_ rules: RuleSet) throws {
    for name in explain where !name.hasPrefix(Judge.newName + ".") {
      let signal = name.firstRange(of: Subject.routeMark).map { String(name[..<$0.lowerBound]) }
      guard name != WatchOptions.everySignal, rules.index(ofSignal: signal ?? name) == nil else {
        continue
      }
      throw Mistake(
        "--explain \(name): no signal has that name; expected one such as http.5xx or a rule's id, or all"
          + NearestName.hint(name, among: rules.signals.map(\.id)))
    }
  }

  func judgeOptions(now: Timestamp, zone: LocalZone) throws -> JudgeOptions {
    var judge = judging.options(alpha: looks.alpha)
    switch healthyFloor?.rate {
    case .perRequest(let share): judge.healthyFloorPerRequest = share
    case .perSecond(let rate): judge.healthyFloorPerSecond = rate
    case nil: break
    }
    judge.assumesIndependentErrors = healthyIndependentErrors
    judge.excluded = try exclude.map { span in
      let from = span.from.resolve(now: now, zone: zone)
      let to = span.to.resolve(now: now, zone: zone)
      guard from < to else {
        throw Mistake(
          "--exclude \(from.rfc3339)..\(to.rfc3339): ends before it begins; expected FROM..TO, "
            + "such as -2h..-1h")
      }
      return from..<to
    }
    return judge
  }
}
