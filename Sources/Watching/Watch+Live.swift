import Following
import Judgement
import Records
import Reports
import Rules
import Windows

extension Watch {
  /// A record that may still grow is complete when its input has been quiet so long.
  private static let quietNanoseconds: Int64 = 1_000_000_000
  /// Event time this near to the clock is live, even if more lines wait to be read.
  private static let liveNanoseconds: Int64 = 60_000_000_000

  /// What a live watch remembers between two rounds.
  private struct Round {
    var mark: Watermark
    var judge: Judge?
    /// Alerts that were printed: the final walk over all windows does not print them again.
    var printed: [Alert] = []
    /// A line came for a window that was judged already.
    var isDirty = false
    var cause = WatchEnding.Cause.finished
    /// The planned end was reached, by event time or by the clock.
    var isOver = false
    var endsEarly = false
  }

  /// Reads what is there, then what comes; judges each window when the watermark has passed it.
  consuming func runLive() -> WatchEnding {
    let start = surroundings.now()
    let head = HeadTime(zone: options.zone, reference: start)
    var followOptions = FollowOptions()
    followOptions.lineBytes = options.lineBytesLimit
    followOptions.usesInotify = options.usesNotification
    followOptions.pollMilliseconds = Int32(
      clamping: max(1, options.pollIntervalNanoseconds / 1_000_000))
    let follower = Follower(
      arguments: options.arguments, options: followOptions, now: start.nanoseconds,
      firstTime: { head($0) })
    var inputs = LiveInputs(
      follower: follower, head: head, quietNanoseconds: Self.quietNanoseconds)
    for problem in follower.problems { surroundings.warn(problem.description) }
    readPast(follower.past)
    let fileOffset = report.fileNames.count
    var round = Round(
      mark: Watermark(
        latenessNanoseconds: options.latenessNanoseconds,
        idleNanoseconds: 2 * options.plan.widthNanoseconds))
    while true {
      let now = surroundings.now()
      raiseCeiling(now)
      let result = inputs.read(into: &pipeline, now: now, fileOffset: fileOffset)
      nameFiles(follower, from: fileOffset)
      for change in result.changes { surroundings.warn(change.description) }
      for notice in inputs.takeNotices() { surroundings.warn(notice) }
      inputs.flushQuiet(into: &pipeline, now: now)
      note(follower, now, &round)
      if let request = surroundings.stopRequest() {
        round.cause = request == .interrupt ? .interrupted : .terminated
        break
      }
      if result.isEnded { break }
      if inputs.isCaughtUp { look(now, isDrained: !result.isPending, &round) }
      if round.isOver || round.endsEarly { break }
      if !result.isPending { _ = follower.wait(timeout: followOptions.pollMilliseconds) }
    }
    inputs.finish(into: &pipeline, now: surroundings.now(), fileOffset: fileOffset)
    note(follower, surroundings.now(), &round)
    reading.adopt(follower, missing: inputs.missing)
    return finish(&round)
  }

  /// Rotated siblings that were there at the start.
  private mutating func readPast(_ files: [InputFile]) {
    for file in files {
      report.nameFile(file.name)
      Self.readPast(
        file, &reading, &pipeline, file: report.fileNames.count - 1)
    }
  }

  private static func readPast(
    _ file: InputFile, _ reading: inout InputReading, _ pipeline: inout Pipeline, file index: Int
  ) {
    let reference = Timestamp(nanoseconds: file.modified)
    _ = reading.read(file) { bytes, position in
      pipeline.line(
        bytes, position, input: file.input, file: index, reference: reference, arrival: nil)
    }
  }

  private mutating func nameFiles(_ follower: Follower, from offset: Int) {
    while report.fileNames.count < offset + follower.inputs.count {
      report.nameFile(follower.inputs[report.fileNames.count - offset])
    }
  }

  /// Tells the watermark and the judge what was read.
  private mutating func note(_ follower: Follower, _ now: Timestamp, _ round: inout Round) {
    for input in follower.inputs.indices {
      guard let newest = pipeline.sink.takeNewest(input: input) else { continue }
      round.mark.on(.record(input: input, time: newest, now: now))
    }
    if let oldest = pipeline.sink.takeOldestWindow(), let judge = round.judge,
      oldest < judge.nextIndex
    {
      round.isDirty = true
    }
  }

  /// Judges the windows that are complete.
  private mutating func look(_ now: Timestamp, isDrained: Bool, _ round: inout Round) {
    let newest = pipeline.sink.timeline.last
    let isLive = newest.map { now.nanoseconds - $0.nanoseconds < Self.liveNanoseconds } ?? false
    guard isDrained || isLive else { return }
    let mark = round.mark.on(.tick(now: now))
    if round.judge == nil {
      // The baseline is what was there when the inputs had been read for the first time.
      guard mark != nil || options.plan.index(of: now) >= 0 else { return }
      round.judge = Judge(
        timeline: pipeline.sink.timeline, rules: options.rules, options: options.judge)
      report.started(readingFacts(requests: baselineRequests()))
    }
    let complete = mark.map { options.plan.index(of: $0) } ?? 0
    // When nothing is logged at all, the clock alone ends the watch.
    let byClock = options.plan.index(
      of: now.advanced(byNanoseconds: -options.latenessNanoseconds))
    var end = min(complete, options.plan.end ?? .max)
    if let planned = options.plan.end, complete >= planned || byClock >= planned {
      round.isOver = true
      end = planned
    }
    round.endsEarly = judge(&round, upTo: end)
  }

  private func judge(_ round: inout Round, upTo end: Int) -> Bool {
    guard var judge = round.judge else { return false }
    let before = judge.alerts.count
    let endsEarly = self.judge(&judge, upTo: end)
    round.printed += judge.alerts.dropFirst(before)
    round.judge = judge
    return endsEarly
  }

  /// The verdict over all windows in time order, late lines included: what a replay of the same
  /// log would say, and every alarm that was raised on the way.
  private mutating func finish(_ round: inout Round) -> WatchEnding {
    let timeline = pipeline.sink.timeline
    let facts = readingFacts(requests: baselineRequests())
    if round.judge == nil || round.isDirty {
      if round.judge == nil { report.started(facts) }
      let reached = round.judge?.nextIndex ?? 0
      var judge = Judge(timeline: timeline, rules: options.rules, options: options.judge)
      let printed = round.printed
      _ = self.judge(&judge, upTo: reached) { alert in
        printed.contains { $0.signal == alert.signal && $0.state == alert.state }
      }
      round.judge = judge
    }
    if !round.endsEarly { _ = judge(&round, upTo: finalIndex(round)) }
    guard let judge = round.judge else {
      preconditionFailure("the judge was made above")
    }
    var verdict = judge.verdict(timeline, blindness: blindness(upTo: judge.nextIndex))
    verdict.keep(round.printed)
    report.verdict(verdict, timeline, upTo: judge.nextIndex, facts)
    return WatchEnding(outcome: verdict.outcome, cause: round.cause)
  }

  /// Behind the last window that the verdict takes in.
  private func finalIndex(_ round: borrowing Round) -> Int {
    let timeline = pipeline.sink.timeline
    if round.isOver, let planned = options.plan.end { return planned }
    if round.cause != .finished { return max(round.judge?.nextIndex ?? 0, timeline.endIndex) }
    return finalIndex(surroundings.now())
  }
}
