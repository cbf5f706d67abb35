import Following
import Records
import Rules
import Windows

/// Inputs that are read to their end, as a watch reads its past, onto a clock of their own: where in
/// time they lie need not be known before.
struct FinishedSet: ~Copyable {
  /// On which side of a release its windows are counted; samples are kept of a candidate only.
  enum Side: Sendable {
    case baseline, candidate
  }

  let arguments: [String]
  private(set) var pipeline: Pipeline
  private(set) var reading: InputReading
  /// Whether lines were read that lie too far from the present to be placed, and cannot be read again.
  private(set) var isOutside = false

  /// A line may be so far ahead of our clock.
  private static let aheadNanoseconds: Int64 = 86_400_000_000_000
  private static let spanWindows = Windows.Limits.windowsBeforeRelease

  /// Reads everything.
  ///
  /// - Parameters:
  ///   - others: what the user has named for another set.
  ///   - edge: a moment at which a window begins.
  init(
    arguments: [String], others: [String] = [], side: Side, rules: RuleSet, zone: LocalZone,
    widthNanoseconds: Int64,
    lineBytesLimit: Int, workers: Int, edge: Timestamp = Timestamp(seconds: 0),
    takesCensus: Bool = false, thinning: RouteThinning? = nil,
    _ surroundings: Surroundings
  ) {
    self.arguments = arguments
    let now = surroundings.now()
    func reader(newest: Timestamp) -> Pipeline {
      let plan = Self.plan(
        side, newest: newest, widthNanoseconds: widthNanoseconds, edge: edge)
      var pipeline = Pipeline(
        plan: plan, rules: rules, zone: zone, takesCensus: takesCensus,
        thinning: thinning)
      pipeline.sink.timeline.ceiling = side == .baseline ? 0 : Self.spanWindows
      return pipeline
    }
    reading = InputReading(surroundings: surroundings, lineBytesLimit: lineBytesLimit)
    pipeline = reader(newest: now)
    let head = HeadTime(zone: zone, reference: now)
    reading.discover(arguments, headTime: { head($0) })
    reading.leaveOutSiblings(namedIn: others)
    let discovered = reading
    Self.read(&pipeline, &reading, workers: workers, now: now)
    // What lies years back is read again, around its own newest time.
    let newest = pipeline.sink.frontiers.compactMap(\.newest).max()
    guard let newest, !pipeline.sink.timeline.covers(newest, widthNanoseconds: widthNanoseconds)
    else { return }
    guard canBeReadAgain else {
      isOutside = true
      return
    }
    pipeline = reader(newest: newest)
    reading = discovered
    reading.isQuiet = true
    Self.read(&pipeline, &reading, workers: workers, now: now)
  }

  private static func read(
    _ pipeline: inout Pipeline, _ reading: inout InputReading, workers: Int, now: Timestamp
  ) {
    pipeline.read(reading.files, &reading, firstFile: 0, workers: workers) {
      // What a file holds was written before its last change.
      $0.kind == .regular ? Timestamp(nanoseconds: $0.modified) : now
    }
    pipeline.flushAll()
  }

  /// A plan in which everything up to shortly behind `newest` lies on one side of the release.
  private static func plan(
    _ side: Side, newest: Timestamp, widthNanoseconds: Int64, edge: Timestamp
  ) -> WindowPlan {
    // Short windows reach less far back than a day.
    let quarter = (widthNanoseconds / 4).multipliedReportingOverflow(by: Int64(spanWindows))
    let ahead = newest.advanced(
      byNanoseconds: quarter.overflow
        ? aheadNanoseconds : min(aheadNanoseconds, quarter.partialValue))
    let end = ahead.advanced(byNanoseconds: -(ahead.nanoseconds(since: edge) % widthNanoseconds))
    let (span, overflow) = widthNanoseconds.multipliedReportingOverflow(by: Int64(spanWindows))
    let reach = overflow ? Int64.max : span
    switch side {
    case .baseline:
      return WindowPlan(
        release: end, widthNanoseconds: widthNanoseconds, baselineSpan: reach, settle: 0,
        length: nil)
    case .candidate:
      return WindowPlan(
        release: end.advanced(byNanoseconds: -reach), widthNanoseconds: widthNanoseconds,
        baselineSpan: 0, settle: 0, length: nil)
    }
  }

  /// Whether the same would be read a second time.
  var canBeReadAgain: Bool { reading.files.allSatisfy { $0.kind == .regular } }

  var timeline: Timeline { pipeline.sink.timeline }

  /// Names of the files, by the index that samples carry.
  var fileNames: [String] { reading.files.map(\.name) }
}

extension Timeline {
  /// Whether the window of a moment exists and most of the span before it.
  fileprivate func covers(_ newest: Timestamp, widthNanoseconds: Int64) -> Bool {
    let index = plan.index(of: newest)
    let span = Windows.Limits.windowsBeforeRelease
    return plan.baselineStart < 0
      ? (-span / 2..<0).contains(index) : (span / 2..<span).contains(index)
  }
}
