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
    let ending = report.verdict(
      verdict, WatchEnding.Cause(surroundings.stopRequest()), timeline, upTo: judge.nextIndex,
      facts)
    publish(judge, isLast: true)
    return ending
  }

  /// Reads files into the pipeline, in their order.
  mutating func read(_ files: [InputFile], reference: (InputFile) -> Timestamp) {
    let firstFile = report.fileNames.count
    for file in files { report.nameFile(file.name) }
    pipeline.read(
      files, &reading, firstFile: firstFile, workers: options.workers, reference: reference)
  }
}
