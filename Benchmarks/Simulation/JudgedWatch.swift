import Judgement
import Rules
import Windows

/// What the real judge said about one simulated watch, look by look.
struct JudgedWatch {
  /// For each signal under test the look of its first alarm, from 0.
  private(set) var firstAlarms: [Int?]
  /// The same for the first alarm that was declared over.
  private(set) var firstRecoveries: [Int?]
  /// Whether all signals together alarmed.
  private(set) var alarmedTogether = false
  /// The look at which every signal was healthy or regressed, from 0.
  private(set) var decided: Int?
  private(set) var verdict: Verdict?

  /// Runs the judge over the whole watch.
  ///
  /// - Parameters:
  ///   - stopsWhenAllAlarmed: what comes after the last first alarm is not needed.
  ///   - wantsVerdict: the verdict has an interval for each signal, which takes a while.
  init(
    _ timeline: Timeline, rules: SimulatedRules, options: JudgeOptions,
    stopsWhenAllAlarmed: Bool = false, wantsVerdict: Bool = false
  ) {
    var positions: [String: Int] = [:]
    for (position, name) in rules.signals.enumerated() { positions[name] = position }
    firstAlarms = [Int?](repeating: nil, count: rules.signals.count)
    firstRecoveries = firstAlarms
    var silent = rules.signals.count
    var judge = Judge(timeline: timeline, rules: rules.rules, options: options)
    for look in 0..<(timeline.plan.end ?? 0) {
      for alert in judge.look(timeline) {
        guard let position = positions[alert.signal] else {
          alarmedTogether = true
          continue
        }
        switch alert.state {
        case .firing:
          if firstAlarms[position] == nil {
            firstAlarms[position] = look
            silent -= 1
          }
        case .resolved:
          firstRecoveries[position] = firstRecoveries[position] ?? look
        case .noted: break
        }
      }
      if decided == nil, judge.isDecided { decided = look }
      if stopsWhenAllAlarmed, silent == 0 { break }
    }
    if wantsVerdict { verdict = judge.verdict(timeline, blindness: []) }
  }

  var alarms: Int { firstAlarms.count { $0 != nil } }

  /// How many of the signals under test this judge judges at all.
  static func judgedSignals(_ verdict: Verdict, among signals: [String]) -> Int {
    let judged = verdict.signals.filter { !$0.isAdvisory && $0.logThreshold != nil }
    return Set(judged.map(\.signal)).intersection(signals).count
  }
}
