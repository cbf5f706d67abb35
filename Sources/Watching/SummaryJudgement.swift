import Judgement
import Records
import Reports
import Rules
import Store
import Windows

/// What is new in a job's inputs, judged against its history as a watch would.
struct SummaryJudgement {
  let verdict: Verdict
  /// History and what is new.
  let timeline: Timeline

  /// Nil where there is nothing new to judge, or nothing to compare it with.
  ///
  /// - Parameter fresh: what is new, on a plan that begins with it.
  init?(
    _ fresh: Timeline, history: SummaryHistory, inputs: [String], options: SummaryOptions,
    rules: RuleSet, now: Timestamp, isSilenceTold: Bool
  ) throws(ArchiveError) {
    let release = fresh.plan.release
    let archives = history.days(before: release, rules: rules)
    let end = max(fresh.endIndex, isSilenceTold ? fresh.plan.index(of: now) : 0)
    let isLookedAt = end > 0 && (fresh.candidateLines > 0 || fresh.endIndex < end)
    guard isLookedAt, !archives.isEmpty || fresh.baselineLines > 0 else { return nil }
    // The window in which the last run ended is judged as a whole.
    var overlap = Timeline(plan: fresh.plan, rules: rules)
    let isAgain = options.since != nil
    var timeline = fresh
    for archive in archives {
      let index = fresh.plan.index(of: archive.start)
      let number = { inputs.firstIndex(of: $0) }
      try timeline.restore(
        archive, at: index, upTo: isAgain ? 0 : .max, rules: rules, input: number)
      if !isAgain, index + archive.count > 0 {
        try overlap.restore(archive, at: index, rules: rules, input: number)
      }
    }
    timeline.close(at: end)
    var settings = JudgeOptions()
    settings.alpha = options.alpha
    settings.advisesWatch = false
    // A span that is judged again has its signatures in the history already.
    settings.judgesSignatures = !isAgain && archives.allSatisfy(\.knowsSignatures)
    settings.excluded = history.excluded(at: release)
    var judge = Judge(timeline: timeline, rules: rules, options: settings)
    while judge.nextIndex < end { _ = judge.look(timeline) }
    var verdict = judge.verdict(timeline, blindness: [])
    verdict.nameInputs(inputs)
    let known = try archives.map { (archive) throws(ArchiveError) in
      try archive.knowsMeasures(of: rules)
    }
    let seen = overlap.totals(.candidate, upTo: .max)
    verdict.leaveOut { signal in
      guard let signal = rules.signals.first(where: { $0.id == signal }) else {
        return (isUnknown: false, wasSeen: false)
      }
      let unknown = signal.measures.contains { measure in known.contains { !$0[measure] } }
      return (unknown, signal.count.map { seen.amount($0) > 0 } ?? false)
    }
    verdict.mute(
      options.mutes(), end: timeline.plan.start(of: end), now: now)
    verdict.redact(with: options.redactor)
    self.verdict = verdict
    self.timeline = timeline
  }

  /// What regressed is no baseline for a while, whoever has silenced it.
  var hold: JobHistory.Hold? {
    guard verdict.signals.contains(where: { $0.state == .regressed }) else { return nil }
    let end = timeline.plan.start(of: timeline.plan.end ?? 0).nanoseconds
    return JobHistory.Hold(
      since: timeline.plan.release.nanoseconds, ended: end,
      until: end + SummaryPlan.holdNanoseconds)
  }
}

extension Signal {
  /// What it counts and what against.
  fileprivate var measures: [MeasureID] {
    var measures: [MeasureID] = []
    if let count { measures.append(count) }
    if case .measure(let exposure) = exposure { measures.append(exposure) }
    return measures
  }
}

extension Verdict {
  /// Leaves out what says nothing new: signals that the history could not count, and first sights of
  /// what the run before has told of.
  fileprivate mutating func leaveOut(
    _ knowledge: (String) -> (isUnknown: Bool, wasSeen: Bool)
  ) {
    alerts.removeAll { alert in
      let known = knowledge(alert.signal)
      return known.isUnknown || (alert.state == .noted && known.wasSeen)
    }
    signals.removeAll { knowledge($0.signal).isUnknown }
    guard outcome == .regressed, !signals.contains(where: { $0.state == .regressed }) else {
      return
    }
    outcome = .undecided
  }
}
