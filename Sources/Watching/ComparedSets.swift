import Following
import Records
import Rules
import Windows

/// Two finished sets, read so that they can be compared: whatever their times are, on one clock, with the
/// same mix of routes.
struct ComparedSets: ~Copyable {
  /// As they stand.
  let whole: (a: SetCounts, b: SetCounts)
  /// The requests of both over their routes; nil where a side has none.
  let mix: RouteMix?
  /// Whether requests were left out to give both the same mix.
  let isMixed: Bool
  /// Why the mix could not be made the same although it differs.
  let obstacle: String?
  /// Set A before the release, set B after it.
  let timeline: Timeline
  /// Files of set B, by the index that samples carry.
  let fileNames: [String]

  /// Below this part of requests on other routes than those of the other side, nothing is left out:
  /// chance alone makes as much.
  private static let overlapEnough = 0.97

  init(
    a: [String], b: [String], rules: RuleSet, zone: LocalZone, widthNanoseconds: Int64,
    lineBytesLimit: Int, workers: Int, _ surroundings: Surroundings
  ) {
    func read(
      _ side: FinishedSet.Side, _ thinning: RouteThinning?
    ) -> FinishedSet {
      let isBaseline = side == .baseline
      return FinishedSet(
        arguments: isBaseline ? a : b, others: isBaseline ? b : a, side: side, rules: rules,
        zone: zone,
        widthNanoseconds: widthNanoseconds, lineBytesLimit: lineBytesLimit, workers: workers,
        takesCensus: thinning == nil, thinning: thinning, surroundings)
    }
    let first = read(.baseline, nil)
    let second = read(.candidate, nil)
    whole = (SetCounts(first), SetCounts(second))
    fileNames = second.fileNames
    let mix = rules.requestMeasure.map {
      RouteMix(
        baseline: first.timeline.routes, candidate: second.timeline.routes, requestMeasure: $0)
    }
    self.mix = mix.flatMap { $0.overlap > 0 || !$0.baselineOnly.isEmpty ? $0 : nil }
    guard let mix, mix.overlap > 0, mix.overlap < Self.overlapEnough else {
      isMixed = false
      obstacle = nil
      timeline = Self.joined(first.timeline, second.timeline, rules: rules)
      return
    }
    guard first.canBeReadAgain, second.canBeReadAgain else {
      isMixed = false
      obstacle =
        "a stream can be read only once; give both sets as files to compare them at one mix"
      timeline = Self.joined(first.timeline, second.timeline, rules: rules)
      return
    }
    isMixed = true
    obstacle = nil
    let thinnedA = read(.baseline, RouteThinning(kept: mix.kept(ofBaseline: true)))
    let thinnedB = read(.candidate, RouteThinning(kept: mix.kept(ofBaseline: false)))
    timeline = Self.joined(thinnedA.timeline, thinnedB.timeline, rules: rules)
  }

  /// One timeline with the windows of A before the release, where those of B begin.
  private static func joined(_ a: Timeline, _ b: Timeline, rules: RuleSet) -> Timeline {
    let width = b.plan.widthNanoseconds
    let before = a.body
    let after = b.body
    let release = after.isEmpty ? b.plan.release : b.plan.start(of: after.lowerBound)
    let end = matchedEnd(before, of: a, release: release)
    let plan = WindowPlan(
      release: release, widthNanoseconds: width,
      baselineSpan: Int64(end - before.lowerBound) * width, settle: 0,
      length: Int64(max(1, after.count)) * width)
    var timeline = Timeline(plan: plan, rules: rules)
    timeline.take(
      a, windows: before.lowerBound..<end, movedBy: -end, keepsInputs: false)
    timeline.take(b, windows: after, movedBy: -after.lowerBound)
    return timeline
  }

  /// Behind the last window of A that is compared. Days that are compared by the clock must lie as far
  /// from the release as their clock says: of three days or more, the rest behind the last such moment
  /// is left out.
  private static func matchedEnd(
    _ body: Range<Int>, of a: Timeline, release: Timestamp
  ) -> Int {
    let day: Int64 = 86_400_000_000_000
    let width = a.plan.widthNanoseconds
    guard day % width == 0, Int64(body.count) * width >= 3 * day else { return body.upperBound }
    let past = a.plan.start(of: body.upperBound).nanoseconds(since: release)
    let rest = ((past % day) + day) % day
    return max(body.lowerBound, body.upperBound - Int(rest / width))
  }
}

/// What is known of one set as a whole.
struct SetCounts {
  let inputs: [String]
  let lines: Int
  let from: Timestamp?
  let to: Timestamp?
  let requests: Double
  let unparsedLines: Int
  /// Lines by format.
  private(set) var formats: [LineFormat: Int] = [:]
  /// Records by rule.
  let matches: [Int]
  let routes: RouteTable
  let counts: SkipCounts
  /// Why it cannot be compared.
  let blindness: [String]

  init(_ set: borrowing FinishedSet) {
    let timeline = set.timeline
    let censuses = set.pipeline.sink.censuses
    inputs = set.reading.inputs
    lines = censuses.reduce(0) { $0 + $1.lines }
    from = censuses.compactMap(\.first).min()
    to = censuses.compactMap(\.last).max()
    requests = Double(censuses.reduce(0) { $0 + $1.requests.count })
    unparsedLines = set.pipeline.unparsedLines
    for census in censuses { formats.merge(census.linesByFormat, uniquingKeysWith: +) }
    matches = zip(timeline.baselineMatches, timeline.candidateMatches).map(+)
    routes = timeline.routes
    counts = set.reading.counts
    var reasons = set.reading.problems.filter { set.arguments.contains($0.path) }
      .map(\.description)
    reasons += set.reading.failedFiles
    for (index, name) in set.reading.inputs.enumerated()
    where censuses.indices.contains(index) && censuses[index].lines > 0
      && censuses[index].stampedLines == 0
    {
      reasons.append("\(name): none of its \(censuses[index].lines) lines carries a time")
    }
    if timeline.body.isEmpty, reasons.isEmpty {
      reasons.append(
        set.isOutside
          ? "the lines of a stream are too old to be placed; name a file instead"
          : "no line carries a time that can be read")
    }
    blindness = reasons
  }
}
