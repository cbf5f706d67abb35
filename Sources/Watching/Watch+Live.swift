import Following
import Judgement
import Records
import Reports
import Rules
import Windows

extension Watch {
  /// A record that may still grow is complete when its input has been quiet so long.
  private static let recordQuietNanoseconds: Int64 = 500_000_000
  private static let replayQuietNanoseconds: Int64 = 5_000_000_000
  /// A stream whose history has been read says nothing for so long.
  private static let quietNanoseconds: Int64 = 1_000_000_000
  /// Event time this near to the clock is live.
  private static let liveNanoseconds: Int64 = 600_000_000_000

  /// What a live watch remembers between two rounds.
  private struct Round {
    let start: Timestamp
    /// How long a silent stream is waited for.
    let patienceNanoseconds: Int64
    var mark: Watermark
    /// Lines of each input when the watermark was last told of it.
    var linesNoted: [Int: Int] = [:]
    var judge: Judge?
    var hasStarted = false
    /// Alerts that were printed: a second walk over the windows does not print them again.
    var printed: [Alert] = []
    /// A line came for a window that was judged already.
    var isDirty = false
    /// The planned end was reached, by event time or by the clock.
    var isOver = false
    var endsEarly = false
  }

  /// Reads what is there, then what comes; judges each window when the watermark has passed it.
  consuming func runLive() -> WatchEnding {
    let start = surroundings.now()
    let head = HeadTime(zone: options.zone, reference: start)
    var followOptions = options.following
    followOptions.lineBytes = options.lineBytesLimit
    let follower = Follower(
      arguments: options.arguments, options: followOptions, now: start.nanoseconds,
      firstTime: { head($0) })
    let patience = options.latenessNanoseconds + 2 * options.plan.widthNanoseconds
    var inputs = LiveInputs(
      follower: follower, head: head, start: start,
      patienceNanoseconds: patience)
    for problem in follower.problems { surroundings.warn(problem.description) }
    // Rotated siblings that were there at the start.
    read(follower.past) { Timestamp(nanoseconds: $0.modified) }
    let fileOffset = report.fileNames.count
    var round = Round(
      start: start, patienceNanoseconds: patience,
      mark: Watermark(
        latenessNanoseconds: options.latenessNanoseconds,
        idleNanoseconds: 2 * options.plan.widthNanoseconds))
    while surroundings.stopRequest() == nil {
      let now = surroundings.now()
      options.board?.beat(now.nanoseconds)
      raiseCeiling(now)
      let result = inputs.read(into: &pipeline, now: now, fileOffset: fileOffset)
      nameFiles(follower, from: fileOffset)
      for change in result.changes { surroundings.warn(change.description) }
      for notice in inputs.takeNotices() { surroundings.warn(notice) }
      // A pipe that replays history may be slow; nothing waits for its last record.
      inputs.flushQuiet(
        into: &pipeline, now: now,
        after: isLive(now) ? Self.recordQuietNanoseconds : Self.replayQuietNanoseconds)
      note(now, &round)
      if result.isEnded { break }
      if inputs.isCaughtUp { look(now, inputs, isDrained: !result.isPending, &round) }
      if round.isOver || round.endsEarly { break }
      if !result.isPending { _ = follower.wait(timeout: followOptions.pollMilliseconds) }
    }
    inputs.finish(into: &pipeline, now: surroundings.now(), fileOffset: fileOffset)
    note(surroundings.now(), &round)
    reading.adopt(follower, missing: inputs.missing)
    return finish(&round, gone: inputs.gone)
  }

  private mutating func nameFiles(_ follower: Follower, from offset: Int) {
    while report.fileNames.count < offset + follower.inputs.count {
      report.nameFile(follower.inputs[report.fileNames.count - offset])
    }
  }

  /// Tells the watermark what was read, and whether windows that were judged have changed.
  private mutating func note(_ now: Timestamp, _ round: inout Round) {
    for (input, frontier) in pipeline.sink.frontiers.enumerated() {
      guard let newest = frontier.newest, round.linesNoted[input] != frontier.lines else {
        continue
      }
      round.linesNoted[input] = frontier.lines
      let oldest = pipeline.sink.takeOldestTime(input: input) ?? newest
      round.mark.on(.record(input: input, newest: newest, oldest: oldest, now: now))
    }
    guard let judge = round.judge else { return }
    let oldest = pipeline.sink.takeOldestWindow() ?? .max
    guard oldest < judge.nextIndex || (!judge.hasRequests && pipeline.sink.sawRequest) else {
      return
    }
    if judge.nextIndex <= options.plan.settleEnd {
      // Nothing is judged yet: the baseline is learnt anew from what has come to it.
      round.judge = nil
    } else if pipeline.sink.timeline.judgedEnd == nil {
      round.isDirty = true
    }
  }

  /// Whether events happen about now: then a late line goes to the current window, as nothing that
  /// was judged is judged twice. In a replay through a pipe, files may come one after the other;
  /// there every line keeps its own window, and the end walks over all of them again.
  private func isLive(_ now: Timestamp) -> Bool {
    pipeline.sink.frontiers.contains { frontier in
      frontier.newest.map {
        now.nanoseconds(since: $0).magnitude < Self.liveNanoseconds.magnitude
      } ?? false
    }
  }

  /// Judges the windows that are complete.
  private mutating func look(
    _ now: Timestamp, _ inputs: LiveInputs, isDrained: Bool, _ round: inout Round
  ) {
    let isLive = self.isLive(now)
    guard isDrained || isLive else { return }
    let mark = round.mark.on(.tick(now: now, isDrained: isDrained))
    let complete = mark.map { options.plan.index(of: $0) } ?? .min
    round.isOver = isOver(now, inputs, complete: complete, round)
    // What files hold has been read by now. A pipe may hand its history on in pieces: the baseline
    // is complete when an event, or the clock of a live or silent log, has reached the release.
    let isReleased =
      pipeline.sink.timeline.endIndex > 0
      || ((isLive || !inputs.wasAnyHeard) && options.plan.index(of: now) >= 0)
    guard isReleased || !inputs.hasStreams || round.isOver else { return }
    if round.judge == nil {
      addBaselines(inputs.follower.inputs)
      round.judge = Judge(
        timeline: pipeline.sink.timeline, rules: options.rules, options: judging)
      // A route that is judged keeps its name however many others a scanner tries.
      pipeline.sink.timeline.keepRoutesApart(round.judge?.judgedRoutes ?? [])
      start(&round)
    }
    let end = round.isOver ? options.plan.end ?? complete : complete
    round.endsEarly = judge(&round, upTo: min(end, options.plan.end ?? .max))
    pipeline.sink.timeline.judgedEnd = isLive ? round.judge?.nextIndex : nil
    // Also before the first window is complete: a scraper must not take silence for absence.
    if let judge = round.judge { publish(judge) }
  }

  private func start(_ round: inout Round) {
    guard !round.hasStarted else { return }
    round.hasStarted = true
    report.started(readingFacts(requests: baselineRequests()))
  }

  /// Whether the planned end has been reached.
  private func isOver(
    _ now: Timestamp, _ inputs: LiveInputs, complete: Int, _ round: borrowing Round
  ) -> Bool {
    guard let planned = options.plan.end else { return false }
    if options.plan.start(of: planned) > round.start {
      // When nothing is logged at all, the clock alone ends the watch.
      let byClock = options.plan.index(
        of: now.advanced(byNanoseconds: -options.latenessNanoseconds))
      return complete >= planned || byClock >= planned
    }
    // The end lies in the past: everything is history, and what counts is that it has been read.
    guard inputs.hasStreams else { return true }
    return inputs.quiet(now: now)
      >= (complete >= planned ? Self.quietNanoseconds : round.patienceNanoseconds)
  }

  private func judge(_ round: inout Round, upTo end: Int) -> Bool {
    guard var judge = round.judge else { return false }
    let printed = round.printed
    let before = judge.alerts.count
    let endsEarly = self.judge(&judge, upTo: end) { alert in
      printed.contains {
        $0.subject == alert.subject && $0.state == alert.state && $0.at >= alert.at
      }
    }
    round.printed += judge.alerts.dropFirst(before)
    round.judge = judge
    return endsEarly
  }

  /// The verdict, over all windows in time order where late lines of a replay have changed them, and
  /// with every alarm that was raised on the way.
  private mutating func finish(_ round: inout Round, gone: Set<String>) -> WatchEnding {
    addBaselines(reading.inputs)
    let timeline = pipeline.sink.timeline
    let reached = round.judge?.nextIndex ?? 0
    let isAgain = round.judge == nil || round.isDirty
    if isAgain {
      round.judge = Judge(timeline: timeline, rules: options.rules, options: judging)
    }
    start(&round)
    let end = round.endsEarly ? reached : max(reached, finalIndex(round))
    _ = judge(&round, upTo: end)
    guard let judge = round.judge else {
      preconditionFailure("the judge was made above")
    }
    let lost = gone.sorted().map {
      "\($0): the file is gone, and none has taken its place"
    }
    var verdict = judge.verdict(timeline, blindness: blindness() + lost)
    verdict.nameInputs(reading.inputs)
    verdict.cautions += cautions()
    if isAgain { verdict.keep(round.printed) }
    report.explain(judge, timeline)
    let ending = report.verdict(
      verdict, WatchEnding.Cause(surroundings.stopRequest()), timeline, upTo: judge.nextIndex,
      readingFacts(requests: baselineRequests()))
    publish(judge, isLast: true)
    return ending
  }

  /// Behind the last window that the verdict takes in.
  private func finalIndex(_ round: borrowing Round) -> Int {
    if round.isOver, let planned = options.plan.end { return planned }
    if surroundings.stopRequest() != nil { return pipeline.sink.timeline.bodyEnd }
    return finalIndex(surroundings.now())
  }
}
