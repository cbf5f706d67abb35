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
    for file in reading.files where surroundings.stopRequest() == nil {
      // What a file holds was written before its last change.
      let reference = file.kind == .regular ? Timestamp(nanoseconds: file.modified) : now
      report.nameFile(file.name)
      Self.read(
        file, &reading, &pipeline, file: report.fileNames.count - 1, reference: reference)
    }
    pipeline.flushAll()
    let facts = readingFacts(requests: baselineRequests())
    report.started(facts)
    let timeline = pipeline.sink.timeline
    let end = finalIndex(now)
    var judge = Judge(timeline: timeline, rules: options.rules, options: options.judge)
    _ = self.judge(&judge, upTo: end)
    var verdict = judge.verdict(timeline, blindness: blindness(upTo: judge.nextIndex))
    verdict.cautions += cautions()
    return report.verdict(
      verdict, WatchEnding.Cause(surroundings.stopRequest()), timeline, upTo: judge.nextIndex,
      facts)
  }

  /// Reads one file into the pipeline.
  static func read(
    _ file: InputFile, _ reading: inout InputReading, _ pipeline: inout Pipeline, file index: Int,
    reference: Timestamp
  ) {
    _ = reading.read(file) { bytes, position in
      pipeline.line(
        bytes, position, input: file.input, file: index, reference: reference, arrival: nil)
    }
  }
}
