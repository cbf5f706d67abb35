import Rules
import Windows

/// What the logs no longer say: without it a quiet signal is no proof of health.
///
/// These are facts of the whole watch, not tests: a share has to fall to a tenth over at least a hundred
/// records before anything is called blind. Less than that may be another mix of requests.
struct Sight {
  /// Fewer records say nothing about how a log is written.
  private static let recordsMinimum = 100
  /// A share below this part of the baseline's is lost.
  private static let lostPart = 0.1
  /// With so many records without a time nothing can be placed; from the smaller share on it is said.
  private static let unstampedShare = 0.8
  private static let unstampedShareSaid = 0.2

  private let before: Window
  let after: Window
  private let rules: RuleSet
  private let unreadable: (lines: Int, seconds: Int)?
  /// Why times can no longer be trusted.
  private(set) var unstamped: String?
  /// Loggers said after the release, and not before, that they dropped lines.
  private(set) var isLowerBound = false
  private(set) var cautions: [String] = []

  init(_ judge: Judge, _ timeline: Timeline) {
    before = timeline.totals(.baseline, upTo: 0)
    after = timeline.totals(.candidate, upTo: judge.nextIndex)
    rules = judge.rules
    unreadable = judge.unreadable.map {
      ($0.lines, Int(Double($0.windows) * judge.plan.widthSeconds))
    }
    lookForTimes()
    lookForLoss(timeline)
  }

  private mutating func lookForTimes() {
    guard after.records >= Self.recordsMinimum, before.records >= Self.recordsMinimum else {
      return
    }
    let was = Double(before.unstampedRecords) / Double(before.records)
    let now = Double(after.unstampedRecords) / Double(after.records)
    guard now >= Self.unstampedShareSaid, now >= 2 * was else { return }
    let sentence =
      "\(Self.percent(now)) of the records after the release state no time, "
      + "\(Self.percent(was)) before: did the log format change? Log the time, or name what writes "
      + "such lines"
    if now >= Self.unstampedShare { unstamped = sentence } else { cautions.append(sentence) }
  }

  private mutating func lookForLoss(_ timeline: Timeline) {
    var names: [String] = []
    var isNew = false
    for (index, rule) in rules.rules.enumerated() where rule.losesLines {
      guard timeline.candidateMatches[index] > 0 else { continue }
      names.append(rule.id)
      if timeline.baselineMatches[index] == 0 { isNew = true }
    }
    guard !names.isEmpty else { return }
    isLowerBound = isNew
    cautions.append(
      "loggers said after the release that they dropped lines (\(names.joined(separator: ", "))): "
        + "every count is a lower bound"
        + (isNew ? ", and nothing is called healthy" : ""))
  }

  /// Why a signal cannot be seen any more, with what to do about it; nil when it can.
  func blindness(of track: Track) -> String? {
    if case .slower(let histogram, _, _) = track.series.form {
      return lost(
        "requests that state how long they took",
        had: count(before, histogram), has: count(after, histogram),
        of: rules.requestMeasure,
        remedy: "put the duration back into the access log")
    }
    if let exposure = track.series.exposureMeasure, exposure != rules.requestMeasure {
      return lost(
        rules.measureNames[exposure], had: before.amount(exposure), has: after.amount(exposure),
        of: rules.requestMeasure, remedy: "let the log state it again")
    }
    if track.signal.count == rules.errorMeasure, track.signal.count != nil {
      guard before.records >= Self.recordsMinimum, after.records >= Self.recordsMinimum,
        Double(before.ratedRecords) >= 0.5 * Double(before.records)
      else { return nil }
      let was = Double(before.ratedRecords) / Double(before.records)
      let now = Double(after.ratedRecords) / Double(after.records)
      guard now < Self.lostPart * was else { return nil }
      return "\(Self.percent(now)) of the records state a severity, \(Self.percent(was)) before: "
        + "errors cannot be told any more; let the log state levels again"
    }
    return requestsLost(track)
  }

  /// Whether what nearly every request stated has gone.
  private func lost(
    _ what: String, had: Double, has: Double, of requests: MeasureID?, remedy: String
  ) -> String? {
    guard let requests else { return nil }
    let total = (before.amount(requests), after.amount(requests))
    guard total.0 >= Double(Self.recordsMinimum), total.1 >= Double(Self.recordsMinimum) else {
      return nil
    }
    let was = had / total.0
    let now = has / total.1
    guard was * total.1 >= Double(Self.recordsMinimum), now < Self.lostPart * was else {
      return nil
    }
    return "\(what): \(Self.percent(now)) of the requests after the release, "
      + "\(Self.percent(was)) before; \(remedy)"
  }

  /// Lines go on, and no request is recognised among them any more.
  private func requestsLost(_ track: Track) -> String? {
    guard let requests = rules.requestMeasure, track.series.exposureMeasure == requests,
      let unreadable, unreadable.lines >= Self.recordsMinimum
    else { return nil }
    return
      "no request was recognised in the last \(unreadable.lines) lines, of \(unreadable.seconds) s: "
      + "did the format of the access log change?"
  }

  private func count(_ window: Window, _ histogram: Int) -> Double {
    window.histograms.isEmpty ? 0 : Double(window.histograms[histogram].count)
  }

  private static func percent(_ share: Double) -> String {
    "\((share * 1000).rounded() / 10) %"
  }
}
