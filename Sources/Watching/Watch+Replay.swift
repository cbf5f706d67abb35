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
    var newest: [Int: Int64] = [:]
    for file in reading.files {
      newest[file.input] = max(newest[file.input] ?? .min, file.modified)
    }
    var cause = WatchEnding.Cause.finished
    for file in reading.files {
      if let request = surroundings.stopRequest() {
        cause = request == .interrupt ? .interrupted : .terminated
        break
      }
      let modified = file.kind == .regular ? newest[file.input] ?? 0 : now.nanoseconds
      report.nameFile(file.name)
      Self.read(
        file, &reading, &pipeline, file: report.fileNames.count - 1,
        reference: Timestamp(nanoseconds: modified))
    }
    pipeline.flushAll()
    let facts = readingFacts(requests: baselineRequests())
    report.started(facts)
    let timeline = pipeline.sink.timeline
    let end = finalIndex(now)
    var judge = Judge(timeline: timeline, rules: options.rules, options: options.judge)
    _ = self.judge(&judge, upTo: end)
    let verdict = judge.verdict(timeline, blindness: blindness(upTo: judge.nextIndex))
    report.verdict(verdict, timeline, upTo: judge.nextIndex, facts)
    return WatchEnding(outcome: verdict.outcome, cause: cause)
  }

  private static func read(
    _ file: InputFile, _ reading: inout InputReading, _ pipeline: inout Pipeline, file index: Int,
    reference: Timestamp
  ) {
    _ = reading.read(file) { bytes, position in
      pipeline.line(
        bytes, position, input: file.input, file: index, reference: reference, arrival: nil)
    }
  }
}
