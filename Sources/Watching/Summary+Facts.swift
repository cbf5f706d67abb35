import Following
import Judgement
import Records
import Reports
import Rules
import Windows

extension Summary {
  /// Kinds of error that a digest lists.
  private static let errorsListed = 8

  /// What there is to say of a run.
  borrowing func facts(
    _ reading: borrowing SummaryReading, _ intake: borrowing SummaryIntake,
    _ judgement: SummaryJudgement?, _ rules: RuleSet
  ) -> SummaryFacts {
    let fresh = intake.timeline
    let lines = intake.lines
    var facts = SummaryFacts(job: options.job)
    facts.redactor = options.redactor
    facts.isAgain = options.since != nil
    facts.lines = options.since == nil ? lines.reduce(0, +) : fresh.candidateLines
    facts.lateLines = isFirst || options.since != nil ? 0 : fresh.baselineLines
    facts.files = reading.follower.inputs.enumerated().map { input, name in
      (
        name == InputFile.standardInputName ? WatchFacts.standardInput : name,
        lines.indices.contains(input) ? lines[input] : 0
      )
    }
    facts.from = [fresh.first, options.since].compactMap(\.self).max()
    facts.to = fresh.last
    facts.isFirst = isFirst
    facts.problems = reading.problems
    facts.reading = skipped(reading.follower)
    facts.reading.unparsedLines = intake.unparsedLines
    facts.reading.outsideLines = options.since == nil ? fresh.outsideLines : 0
    let phase: Phase = isFirst ? .baseline : .candidate
    let now = fresh.totals(phase, upTo: .max)
    facts.errors = errors(now, fresh, rules)
    guard let judgement else {
      facts.measured = measured(before: Window(), now: now, rules)
      return facts
    }
    let timeline = judgement.timeline
    let before = timeline.totals(.baseline, upTo: 0)
    facts.verdict = judgement.verdict
    facts.measured = measured(before: before, now: now, rules)
    if let requests = rules.requestMeasure, now.amount(requests) > 0 {
      let width = timeline.plan.widthSeconds
      facts.requests = (
        Counted(
          count: before.amount(requests), exposure: Double(-timeline.firstIndex) * width),
        Counted(count: now.amount(requests), exposure: Double(timeline.endIndex) * width)
      )
    }
    if timeline.firstIndex < 0 {
      facts.historyFrom = timeline.plan.start(of: timeline.firstIndex)
      facts.historyTo = timeline.plan.release
    }
    return facts
  }

  func skipped(_ follower: Follower) -> ReadingFacts {
    let counts = follower.counts
    var facts = ReadingFacts()
    facts.truncatedLines = counts.truncatedLines
    facts.unreadableFiles = counts.unreadableFiles
    facts.unsupportedCompression = counts.unsupportedCompression
    facts.nulBytes = counts.nulBytes
    return facts
  }

  /// The errors that rules know, the most frequent first.
  private func errors(
    _ total: Window, _ fresh: Timeline, _ rules: RuleSet
  ) -> [SummaryFacts.ErrorCount] {
    let counted = rules.signals.compactMap { signal -> (Signal, MeasureID, Double)? in
      guard signal.rule != nil, signal.severity >= .error, let measure = signal.count,
        total.amount(measure) > 0
      else { return nil }
      return (signal, measure, total.amount(measure))
    }
    return counted.sorted { $0.2 != $1.2 ? $0.2 > $1.2 : $0.0.id < $1.0.id }
      .prefix(Self.errorsListed).map { signal, measure, count in
        SummaryFacts.ErrorCount(
          signal: signal.id, about: signal.about, count: count,
          sample: (0..<fresh.endIndex).lazy.compactMap { fresh[$0].samples[measure] }.first)
      }
  }

  private func measured(before: Window, now: Window, _ rules: RuleSet) -> [Measured] {
    rules.signals.compactMap { signal in
      guard signal.kind == .latency, let histogram = signal.histogram,
        !now.histograms.isEmpty, now.histograms[histogram].count > 0
      else { return nil }
      return Measured(
        signal: signal.id, quantiles: signal.quantiles,
        baseline: before.histograms.isEmpty ? Histogram() : before.histograms[histogram],
        candidate: now.histograms[histogram])
    }
  }
}
