package import Records
package import Rules

/// All windows of a watch by event time, from the start of the baseline to the newest record.
///
/// Records may come in any order: a window is judged when the watermark has passed it, and the
/// judge walks the windows in time order, so the order of files never matters.
package struct Timeline: Sendable {
  package let plan: WindowPlan
  /// Which measures want a sample of the record that raised them.
  private let sampledMeasures: [Bool]
  private let histogramCount: Int

  /// Windows -1, -2, … of the baseline, nearest first.
  var before: [Window] = []
  /// Windows 0, 1, … after the release.
  var after: [Window] = []
  package private(set) var routes: RouteTable

  /// Physical lines by phase.
  package internal(set) var baselineLines = 0
  package internal(set) var candidateLines = 0
  /// Lines before the baseline or behind the end of the watch.
  package internal(set) var outsideLines = 0
  /// Windows at and behind this index are outside.
  package var ceiling: Int
  /// Records without any time: they cannot be placed.
  package private(set) var unplacedRecords = 0
  /// Windows before this index are judged: a line that comes late for one of them is counted in this
  /// window instead. Nil while windows may still change.
  package var judgedEnd: Int?
  /// Lines that came too late for their own window.
  package private(set) var lateLines = 0
  /// Times of the oldest and newest records before the release, and of the newest of all.
  package private(set) var first: Timestamp?
  package private(set) var lastBefore: Timestamp?
  package private(set) var last: Timestamp?
  /// Bytes that samples hold, to bound them.
  private var sampleBytes = 0
  /// How often each rule matched, by phase.
  package private(set) var baselineMatches: [Int]
  package private(set) var candidateMatches: [Int]

  package init(plan: WindowPlan, rules: RuleSet) {
    self.plan = plan
    ceiling = plan.end ?? Limits.windowsAfterRelease
    var sampled = [Bool](repeating: false, count: rules.measureCount)
    var routed = [Bool](repeating: false, count: rules.measureCount)
    for signal in rules.signals {
      guard let count = signal.count else { continue }
      if signal.worse == .up { sampled[count] = true }
      if signal.byRoute {
        routed[count] = true
        if case .measure(let exposure) = signal.exposure { routed[exposure] = true }
      }
    }
    if let requests = rules.requestMeasure { sampled[requests] = false }
    sampledMeasures = sampled
    histogramCount = rules.histogramCount
    routes = RouteTable(measures: routed)
    baselineMatches = [Int](repeating: 0, count: rules.rules.count)
    candidateMatches = [Int](repeating: 0, count: rules.rules.count)
  }

  /// Index of the oldest window that has lines before the release, or 0.
  package var firstIndex: Int { -before.count }
  /// Index behind the newest window.
  package var endIndex: Int { after.count }

  /// The window at `index`; empty where nothing was logged.
  package subscript(index: Int) -> Window {
    if index < 0 { return -index <= before.count ? before[-index - 1] : Window() }
    return index < after.count ? after[index] : Window()
  }

  /// Adds what the rules saw in one record.
  ///
  /// - Returns: the window it went to, or nil when it lies outside or has no time.
  @discardableResult
  package mutating func add(
    _ observation: borrowing Observation, of record: borrowing Record, text: Span<UInt8>
  ) -> Int? {
    guard let time = record.time else {
      unplacedRecords += 1
      return nil
    }
    var index = plan.index(of: time)
    guard plan.phase(of: index) != .outside, index < ceiling else {
      outsideLines += record.physicalLines
      return nil
    }
    if let judgedEnd, index >= 0, index < judgedEnd, judgedEnd < ceiling {
      lateLines += record.physicalLines
      index = judgedEnd
    }
    let phase = plan.phase(of: index)
    if index < 0 {
      baselineLines += record.physicalLines
      lastBefore = lastBefore.map { max($0, time) } ?? time
      while before.count < -index { before.append(Window()) }
      for rule in observation.rules { baselineMatches[rule] += 1 }
      before[-index - 1].add(
        observation, of: record, measureCount: sampledMeasures.count,
        histogramCount: histogramCount)
    } else {
      candidateLines += record.physicalLines
      while after.count <= index { after.append(Window()) }
      for rule in observation.rules { candidateMatches[rule] += 1 }
      after[index].add(
        observation, of: record, measureCount: sampledMeasures.count,
        histogramCount: histogramCount)
      keepSamples(of: observation, record: record, time: time, text: text, in: index)
    }
    if phase != .settling { routes.add(observation, isBaseline: phase == .baseline) }
    first = first.map { min($0, time) } ?? time
    last = last.map { max($0, time) } ?? time
    return index
  }

  private mutating func keepSamples(
    of observation: borrowing Observation, record: borrowing Record, time: Timestamp,
    text: Span<UInt8>, in index: Int
  ) {
    var sample: Sample?
    for hit in observation.hits where sampledMeasures[hit.measure] {
      if let kept = after[index].samples[hit.measure] {
        guard Sample.precedes(time, text, kept) else { continue }
      } else if after[index].samples.count >= Limits.samplesPerWindow {
        continue
      }
      // One copy serves all measures; when many are kept already, their beginnings must do.
      if sample == nil {
        let isMany = sampleBytes >= Limits.samplesBytes
        let fresh = Sample(
          time: time, text: text, file: record.file, lineNumber: record.firstLineNumber,
          offset: record.offset,
          bytesLimit: isMany ? Limits.sampleBytesWhenMany : Limits.sampleBytes)
        sampleBytes += fresh.text.count
        sample = fresh
      }
      after[index].samples[hit.measure] = sample
    }
  }

  /// The windows of one phase added up, as far as index `end`.
  package func totals(_ phase: Phase, upTo end: Int) -> Window {
    var total = Window()
    switch phase {
    case .baseline:
      for window in before { total.merge(window) }
    case .settling:
      for index in 0..<min(plan.settleEnd, after.count, max(0, end)) { total.merge(after[index]) }
    case .candidate:
      for index in plan.settleEnd..<max(plan.settleEnd, min(after.count, end)) {
        total.merge(after[index])
      }
    case .outside:
      break
    }
    return total
  }
}
