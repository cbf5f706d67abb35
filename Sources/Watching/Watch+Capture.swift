import Following
import Records
import Windows

extension Watch {
  /// Reads everything before the release into a baseline. Returns nil, after saying why, where no line
  /// could be placed in it.
  ///
  /// - Parameter isOpenEnded: the baseline ends with its last record, not with the release.
  package consuming func capture(
    name: String, isOpenEnded: Bool
  ) -> (baseline: StoredBaseline, isComplete: Bool)? {
    let now = surroundings.now()
    let head = HeadTime(zone: options.zone, reference: now)
    reading.discover(options.arguments, headTime: { head($0) })
    pipeline.sink.timeline.ceiling = 0
    read(reading.files) { $0.kind == .regular ? Timestamp(nanoseconds: $0.modified) : now }
    pipeline.flushAll()
    let timeline = pipeline.sink.timeline
    let end = isOpenEnded ? min(0, timeline.recordedEnd) : 0
    guard timeline.baselineLines > 0, timeline.firstIndex < end else {
      for reason in blindness() { surroundings.warn(reason) }
      return nil
    }
    let bytes = timeline.archive(
      timeline.firstIndex..<end, rules: options.rules, inputs: reading.inputs)
    let facts = BaselineFacts(
      name: name, captured: now.rfc3339, inputs: reading.inputs, from: timeline.first?.rfc3339,
      to: timeline.last?.rfc3339, lines: timeline.baselineLines, requests: baselineRequests(),
      windowSeconds: options.plan.widthSeconds, windows: end - timeline.firstIndex,
      hoursOfWeek: timeline.hoursOfWeek)
    do throws(ArchiveError) {
      return (
        try StoredBaseline(facts: facts, bytes: bytes),
        reading.problems.isEmpty && reading.failedFiles.isEmpty
      )
    } catch {
      preconditionFailure("what was archived can be read: \(error)")
    }
  }
}

extension Timeline {
  /// Index behind the last window in which something was logged.
  fileprivate var recordedEnd: Int {
    var end = 0
    while end > firstIndex, self[end - 1].lines == 0 { end -= 1 }
    return end
  }

  /// Hours of the week, Monday midnight UTC first, in which something was logged.
  fileprivate var hoursOfWeek: [Int] {
    let hour: Int64 = 3_600_000_000_000
    // The first of January 1970 was a Thursday.
    let mondayHours: Int64 = 3 * 24
    let hours = (firstIndex..<0).filter { self[$0].lines > 0 }.map { index in
      let number = plan.start(of: index).nanoseconds / hour + mondayHours
      return Int((number % 168 + 168) % 168)
    }
    return Set(hours).sorted()
  }
}
