import Following
import Judgement
import Records
package import Reports
package import Rules
package import Store
import Windows

/// `tidemark summary`: what is new since the last run of a job, told if it is noteworthy.
///
/// Everything is read, judged and told; then places, counts and windows are committed in one
/// transaction. A run that is killed before it has changed nothing, so that the next one reads and
/// tells the same again; no line is counted twice or not at all.
package struct Summary: ~Copyable {
  /// What earlier runs of a job left.
  package struct Past {
    package var record: JobRecord
    package var history: JobHistory?
    package var days: () throws(StateError) -> [JobHistory.Day]

    /// - Parameter days: reads the windows; they are asked for when there is something to compare.
    package init(
      record: JobRecord, history: JobHistory?,
      days: @escaping () throws(StateError) -> [JobHistory.Day]
    ) {
      self.record = record
      self.history = history
      self.days = days
    }
  }

  let options: SummaryOptions
  let rules: () -> RuleSet
  let surroundings: Surroundings
  private let render: (SummaryFacts) -> String
  private let job: Job?
  let past: Past
  var history: SummaryHistory
  let isFirst: Bool

  /// - Parameters:
  ///   - rules: asked for when there is something to count.
  ///   - job: where places and windows are kept, its lock held by the caller; nil leaves no trace.
  ///   - render: makes a digest of what was found.
  package init(
    _ options: SummaryOptions, rules: @escaping () -> RuleSet, job: Job?, past: Past,
    _ surroundings: Surroundings, render: @escaping (SummaryFacts) -> String
  ) {
    self.options = options
    self.rules = rules
    self.surroundings = surroundings
    self.render = render
    self.job = job
    self.past = past
    history = past.history.map { SummaryHistory($0) } ?? SummaryHistory()
    isFirst = history.newest == nil && options.since == nil
  }

  /// Runs to the end. Throws when what was found cannot be committed: the next run tells it again.
  package consuming func run() throws(StateError) -> SummaryEnding {
    let now = surroundings.now()
    var reading = SummaryReading(options, checkpoints: checkpoints, surroundings)
    let isNew = reading.look()
    if let ending = interruption { return ending }
    guard isNew || isSilenceTold else { return try endQuietly(reading, now) }

    let rules = rules()
    history.load(try past.days())
    for sentence in history.damage { surroundings.warn(sentence) }
    var pipeline = Pipeline(plan: plan(now), rules: rules, zone: options.zone)
    limit(&pipeline, now)
    var intake = SummaryIntake(
      pipeline: pipeline, head: HeadTime(zone: options.zone, reference: now),
      streams: reading.streams)
    reading.read(into: &intake, readsPartial: job == nil)
    if let ending = interruption { return ending }
    reading.failUnstamped(intake, known: knownInputs)
    let judgement = isFirst ? nil : judgement(intake, &reading, rules, now)
    let facts = facts(reading, intake, judgement, rules)
    if isFirst, facts.lines > 0 { tellFirst(facts) }
    let ending = tell(facts, reading, judgement)
    try commit(reading, intake, judgement, rules, now)
    return ending
  }

  private var interruption: SummaryEnding? {
    guard let request = surroundings.stopRequest() else { return nil }
    surroundings.warn("interrupted: nothing is told and nothing kept; the next run reads it again")
    return SummaryEnding(cause: WatchEnding.Cause(request))
  }

  private var checkpoints: [PathCheckpoint]? {
    options.since != nil || past.record.lastRun == nil ? nil : past.record.checkpoints
  }

  /// Whether the last run found the log to be written as it happened: then no line since means that
  /// none was written.
  var isSilenceTold: Bool {
    guard options.since == nil, let newest = history.newest, let lastRun = past.record.lastRun
    else { return false }
    return Timestamp(nanoseconds: lastRun).nanoseconds(since: newest).magnitude
      < SummaryPlan.liveNanoseconds.magnitude
  }

  /// Nothing is new: what is left to tell is what could not be read.
  private borrowing func endQuietly(
    _ reading: borrowing SummaryReading, _ now: Timestamp
  ) throws(StateError) -> SummaryEnding {
    var facts = SummaryFacts(job: options.job)
    facts.problems = reading.problems
    facts.reading = skipped(reading.follower)
    let ending = tell(facts, reading, nil)
    try commit(
      JobCommit(
        paths: reading.follower.takeCheckpoints(), forgotten: reading.follower.takeForgotten(),
        counts: ["lines": 0], lastRun: now.nanoseconds,
        history: JobHistoryChange(days: [], firstDay: 0, newest: nil)))
    return ending
  }

  private func tell(
    _ facts: SummaryFacts, _ reading: borrowing SummaryReading, _ judgement: SummaryJudgement?
  ) -> SummaryEnding {
    var ending = SummaryEnding(cause: .finished)
    ending.isBlind = !reading.problems.isEmpty
    if let verdict = judgement?.verdict, verdict.outcome == .blind {
      for reason in verdict.blindness { surroundings.warn(reason) }
      ending.isBlind = true
    }
    ending.isRegressed = judgement?.verdict.outcome == .regressed
    if facts.isNoteworthy || ending.isBlind || options.isAlways {
      surroundings.write(render(facts))
    }
    return ending
  }

  /// The first run of a job says what it took as history.
  private func tellFirst(_ facts: SummaryFacts) {
    let span =
      if let from = facts.from, let to = facts.to {
        " from \(from.rfc3339) to \(to.rfc3339)"
      } else {
        ""
      }
    surroundings.warn(
      "job \(options.job): no history yet; took \(NumberText.count(facts.lines)) lines\(span) as "
        + "history, judged nothing; the next run tells what is new since")
  }

  private borrowing func commit(
    _ reading: borrowing SummaryReading, _ intake: borrowing SummaryIntake,
    _ judgement: SummaryJudgement?, _ rules: RuleSet, _ now: Timestamp
  ) throws(StateError) {
    let fresh = intake.timeline
    let changed = history.changed(by: fresh, rules: rules, inputs: reading.follower.inputs)
    let newest = [history.newest, fresh.last].compactMap(\.self).max()
    try commit(
      JobCommit(
        paths: reading.follower.takeCheckpoints(), forgotten: reading.follower.takeForgotten(),
        counts: ["lines": Int64(intake.lines.reduce(0, +))], cursor: intake.cursor,
        lastRun: now.nanoseconds,
        history: JobHistoryChange(
          days: changed.days, firstDay: changed.firstDay, newest: newest?.nanoseconds,
          hold: judgement?.hold)))
  }

  private borrowing func commit(_ commit: JobCommit) throws(StateError) {
    try job?.commit(commit)
  }
}
