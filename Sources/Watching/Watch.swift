import Following
import Judgement
import Records
import Reports
import Rules
import Windows

/// One watch from the first byte to the verdict.
///
/// Replay and live share everything but the order of reading and judging: a replay reads all inputs
/// into windows first, a live watch judges each window when the watermark has passed it.
package struct Watch: ~Copyable {
  let options: WatchOptions
  let surroundings: Surroundings
  var report: WatchReport
  var pipeline: Pipeline
  var reading: InputReading
  /// How the judge is asked to judge.
  var judging: JudgeOptions
  var areBaselinesAdded = false
  /// Lines of stored baselines.
  var storedLines = 0

  package init(_ options: WatchOptions, _ surroundings: Surroundings) {
    self.options = options
    self.surroundings = surroundings
    report = WatchReport(options: options, surroundings: surroundings)
    pipeline = Pipeline(plan: options.plan, rules: options.rules, zone: options.zone)
    judging = options.judge
    reading = InputReading(
      surroundings: surroundings, lineBytesLimit: options.lineBytesLimit)
    if options.stored?.includesBefore == false { pipeline.sink.timeline.floor = 0 }
  }

  /// Runs to the end and prints everything.
  package consuming func run() -> WatchEnding {
    options.follows ? runLive() : runReplay()
  }

  /// How far ahead of our clock a line's may be. Nothing is logged in the future, but a log may be
  /// replayed or simulated ahead of time; a line that is further ahead carries a wrong clock, and
  /// must not make a million empty windows.
  private static let futureNanoseconds: Int64 = 86_400_000_000_000

  /// Sets the window from which on lines are outside.
  mutating func raiseCeiling(_ now: Timestamp) {
    let ahead = max(now, options.plan.release).advanced(byNanoseconds: Self.futureNanoseconds)
    pipeline.sink.timeline.ceiling = max(
      0,
      min(options.plan.end ?? Windows.Limits.windowsAfterRelease, options.plan.index(of: ahead) + 1)
    )
  }

  /// Behind the last window of a log that has been read to its end: that of the last record, or the
  /// planned end, but never past the present as far as windows without a line go.
  func finalIndex(_ now: Timestamp) -> Int {
    let recorded = pipeline.sink.timeline.bodyEnd
    guard let planned = options.plan.end else { return recorded }
    return min(planned, max(recorded, options.plan.index(of: now) + 1))
  }

  /// What was read, for the report.
  func readingFacts(requests: Double) -> ReadingFacts {
    let timeline = pipeline.sink.timeline
    var facts = ReadingFacts()
    facts.baselineLines = timeline.baselineLines
    facts.candidateLines = timeline.candidateLines
    facts.outsideLines = timeline.outsideLines
    facts.unparsedLines = pipeline.unparsedLines
    facts.truncatedLines = reading.counts.truncatedLines
    facts.unreadableFiles = reading.counts.unreadableFiles
    facts.unsupportedCompression = reading.counts.unsupportedCompression
    facts.nulBytes = reading.counts.nulBytes
    if timeline.firstIndex < 0 {
      facts.baselineFrom = timeline.first
      facts.baselineTo = timeline.lastBefore
    }
    facts.lateLines = timeline.lateLines
    facts.baselineRequests = requests
    return facts
  }

  /// Requests of the baseline.
  func baselineRequests() -> Double {
    guard let measure = options.rules.requestMeasure else { return 0 }
    return pipeline.sink.timeline.totals(.baseline, upTo: 0).amount(measure)
  }

  /// Reasons why no verdict would be honest, as far as reading tells.
  func blindness() -> [String] {
    // A rotated sibling or a file of a folder that cannot be read was named and counted; an input
    // that the user named must be there.
    var reasons = reading.problems.filter { options.arguments.contains($0.path) }.map(\.description)
    reasons += reading.failedFiles
    let timeline = pipeline.sink.timeline
    let placed =
      timeline.baselineLines - storedLines + timeline.candidateLines + timeline.outsideLines
    if pipeline.sink.recordCount == 0 {
      reasons.append("every input is empty; name the files that the service writes")
    } else if placed == 0 {
      reasons.append(
        "no line carries a time that can be read, so nothing can be placed before or after the "
          + "release; log the time, or read with kubectl logs --timestamps or from journald")
    } else if placed == timeline.outsideLines {
      let newest = pipeline.sink.frontiers.compactMap(\.newest).max()?.rfc3339 ?? "unknown"
      reasons.append(
        "every line lies outside the watched span: the newest is of \(newest), --at is "
          + "\(options.plan.release.rfc3339); look at --at, --timezone and --baseline-span; "
          + "tidemark doctor lists the restarts and versions that the log tells of")
    }
    return reasons + unreadableInputs()
  }

  /// Named inputs that hold lines, none of which carries a time.
  private func unreadableInputs() -> [String] {
    let frontiers = pipeline.sink.frontiers
    guard frontiers.contains(where: { $0.newest != nil }) else { return [] }
    return reading.inputs.enumerated().compactMap { input, name in
      guard options.arguments.contains(name) || name == InputFile.standardInputName,
        frontiers.indices.contains(input), frontiers[input].lines > 0,
        frontiers[input].newest == nil
      else { return nil }
      return
        "\(name): none of its \(frontiers[input].lines) lines carries a time that can be read; "
        + "log the time, or leave this input out"
    }
  }

  /// What a reader must know about the inputs beside what the judge says of the baseline.
  func cautions() -> [String] {
    var sentences: [String] = []
    let timeline = pipeline.sink.timeline
    if let last = timeline.last {
      for (input, name) in reading.inputs.enumerated()
      where pipeline.sink.frontiers.indices.contains(input) {
        let frontier = pipeline.sink.frontiers[input]
        guard let newest = frontier.newest, frontier.lines >= 100,
          last.nanoseconds(since: newest) > max(600_000_000_000, 10 * options.plan.widthNanoseconds)
        else { continue }
        sentences.append("\(name): no line since \(newest.rfc3339); the other inputs went on")
      }
    }
    for (input, name) in reading.inputs.enumerated()
    where pipeline.sink.frontiers.indices.contains(input) && name != InputFile.standardInputName {
      let frontier = pipeline.sink.frontiers[input]
      guard frontier.wentBack else { continue }
      let seconds = frontier.farthestBehindNanoseconds / 1_000_000_000
      sentences.append(
        "\(name): its clock went back by up to \(seconds) s (\(frontier.recordsBehind) records are "
          + "more than a minute behind one before them): a clock was set, or several programs write it"
      )
    }
    let damaged = reading.counts.truncatedGzip + reading.counts.corruptGzip
    if damaged > 0 {
      sentences.append(
        "\(damaged) gzip files were cut off or damaged; what could be read of them was judged")
    }
    sentences += limitedRules() + options.ledger.cautions
    if areBaselinesAdded, !judging.judgesSignatures {
      sentences.append(
        "a stored baseline holds no signatures: errors that no rule names are not told apart")
    }
    if timeline.bodyStart > timeline.firstIndex {
      sentences.append(
        "the first lines lie more than an hour before the others and were left out of the baseline")
    }
    if timeline.bodyEnd < timeline.endIndex {
      sentences.append("the last lines lie more than an hour behind the others and were left out")
    }
    return sentences
  }

  /// Rules whose patterns were too much for some records.
  private func limitedRules() -> [String] {
    zip(options.rules.rules, pipeline.sink.ruleLimits).filter { $0.1.hits > 0 }.map { rule, limit in
      "rule \(rule.id) hit its match limit \(limit.hits) times"
        + (limit.wasSuspended ? " and was suspended" : "")
        + "; its count is a lower bound: tidemark rules test shows on which lines"
    }
  }

  /// Looks at every window up to `end` and prints the alerts.
  ///
  /// - Returns: whether `--fail-fast` or a wish to stop ended it early.
  func judge(_ judge: inout Judge, upTo end: Int, isPrinted: (Alert) -> Bool = { _ in false })
    -> Bool
  {
    while judge.nextIndex < end {
      let alerts = judge.look(pipeline.sink.timeline)
      for var alert in alerts where !isPrinted(alert) {
        alert.nameInput(reading.inputs)
        report.alert(alert)
      }
      options.desk?.tick(options.plan.start(of: judge.nextIndex))
      publish(judge)
      if options.failsFast,
        alerts.contains(where: { $0.state == .firing && report.mute(of: $0) == nil })
      {
        return true
      }
      if options.endsWhenDecided, judge.isDecided { return true }
    }
    return false
  }
}
