import Following
import Judgement
import Records
import Rules
import Store
import Windows

/// How a run cuts what is new from what it is compared with.
extension Summary {
  /// The windows of a run: from the one in which the last run ended.
  borrowing func plan(_ now: Timestamp) -> WindowPlan {
    if let since = options.since {
      return SummaryPlan.plan(
        release: SummaryPlan.floor(since), days: SummaryPlan.historyDays)
    }
    guard let newest = history.newest, let lastRun = past.record.lastRun else {
      // All of a first run is history.
      return SummaryPlan.plan(
        release: SummaryPlan.floor(now.advanced(byNanoseconds: 2 * SummaryPlan.futureNanoseconds)),
        days: SummaryPlan.firstRunDays)
    }
    // A line of the future must not keep what comes until then from being judged.
    let last = min(newest, Timestamp(nanoseconds: lastRun))
    return SummaryPlan.plan(release: SummaryPlan.floor(last), days: SummaryPlan.historyDays)
  }

  /// Leaves out what is too far ahead of the clock, and what the job has counted already.
  borrowing func limit(_ pipeline: inout Pipeline, _ now: Timestamp) {
    let plan = pipeline.sink.timeline.plan
    let ahead = now.advanced(byNanoseconds: SummaryPlan.futureNanoseconds)
    pipeline.sink.timeline.ceiling = min(
      Windows.Limits.windowsAfterRelease, plan.index(of: ahead) + 1)
    if options.since != nil, !history.isEmpty { pipeline.sink.timeline.floor = 0 }
  }

  /// Inputs that earlier runs have read.
  var knownInputs: Set<String> { Set(past.record.checkpoints.map(\.path)) }

  /// Nil where nothing is judged. A history that cannot be read is a failure of the run: what was not
  /// looked at is not quiet.
  borrowing func judgement(
    _ intake: borrowing SummaryIntake, _ reading: inout SummaryReading, _ rules: RuleSet,
    _ now: Timestamp
  ) -> SummaryJudgement? {
    do throws(ArchiveError) {
      return try SummaryJudgement(
        intake.timeline, history: history, inputs: reading.follower.inputs, options: options,
        rules: rules, now: now, isSilenceTold: isSilenceTold)
    } catch {
      reading.fail("job \(options.job): its history contradicts itself (\(error)); not judged")
      return nil
    }
  }
}
