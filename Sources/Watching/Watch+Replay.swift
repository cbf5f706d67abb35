import Following
import Judgement
import Records
import Reports
import Rules
import Windows

extension Watch {
  /// Reads everything that is there, then judges the windows in time order, so that the order of
  /// files never matters.
  consuming func runReplay() -> WatchEnding {
    let now = surroundings.now()
    let head = HeadTime(zone: options.zone, reference: now)
    reading.discover(options.arguments, headTime: { head($0) })
    raiseCeiling(now)
    // What a file holds was written before its last change.
    read(reading.files) { $0.kind == .regular ? Timestamp(nanoseconds: $0.modified) : now }
    pipeline.flushAll()
    addBaselines(reading.inputs)
    let facts = readingFacts(requests: baselineRequests())
    report.started(facts)
    let timeline = pipeline.sink.timeline
    let end = finalIndex(now)
    var judge = Judge(timeline: timeline, rules: options.rules, options: judging)
    _ = self.judge(&judge, upTo: end)
    var verdict = judge.verdict(timeline, blindness: blindness())
    verdict.nameInputs(reading.inputs)
    verdict.cautions += cautions()
    report.explain(judge, timeline)
    return report.verdict(
      verdict, WatchEnding.Cause(surroundings.stopRequest()), timeline, upTo: judge.nextIndex,
      facts)
  }

  /// Reads files into the pipeline, in their order.
  mutating func read(_ files: [InputFile], reference: (InputFile) -> Timestamp) {
    let pieces = files.map { $0.pieces() }
    var tasks: [PieceTask] = []
    for (file, pieces) in zip(files, pieces) {
      report.nameFile(file.name)
      tasks += pieces.map {
        PieceTask(piece: $0, file: report.fileNames.count - 1, reference: reference(file))
      }
    }
    var empty = Timeline(plan: options.plan, rules: options.rules)
    empty.ceiling = pipeline.sink.timeline.ceiling
    empty.floor = pipeline.sink.timeline.floor
    let stopRequest = surroundings.stopRequest
    let reader = PieceReader(
      empty: empty, rules: options.rules, zone: options.zone, limits: reading.limits,
      workers: options.workers, isStopped: { stopRequest() != nil })
    var remaining = pieces.map(\.count)[...]
    var counts: [PieceCount] = []
    var lines = 0
    reader.read(tasks) { task, records in
      pipeline.take(records, of: task, linesBefore: lines)
      counts.append(records.count)
      lines += records.lines
      guard counts.count == remaining.first else { return }
      reading.adopt(counts, of: task.piece.file)
      remaining = remaining.dropFirst()
      counts = []
      lines = 0
    }
  }
}
