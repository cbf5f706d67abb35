package import Records
package import Rules

/// All windows of a watch by event time, from the start of the baseline to the newest record.
///
/// Records may come in any order: a window is judged when the watermark has passed it, and the
/// judge walks the windows in time order, so the order of files never matters.
package struct Timeline: Sendable {
  package internal(set) var plan: WindowPlan
  /// Which measures want a sample of the record that raised them.
  private let sampledMeasures: [Bool]
  private let histogramCount: Int
  private let isErrorRule: [Bool]

  var row = IndexedRow(empty: Window())
  package internal(set) var routes: RouteTable
  package internal(set) var inputLines = InputLines()
  package internal(set) var signatures = SignatureCounts()

  /// Physical lines by phase.
  package internal(set) var baselineLines = 0
  package internal(set) var candidateLines = 0
  /// Lines before the baseline or behind the end of the watch.
  package internal(set) var outsideLines = 0
  /// Windows at and behind this index are outside.
  package var ceiling: Int
  /// Windows before this index are outside, although the plan has them: their counts come from
  /// elsewhere.
  package var floor = Int.min
  /// Records without any time: they cannot be placed.
  package internal(set) var unplacedRecords = 0
  /// Windows before this index are judged: a line that comes late for one of them is counted in this
  /// window instead. Nil while windows may still change.
  package var judgedEnd: Int?
  /// Lines that came too late for their own window.
  package internal(set) var lateLines = 0
  /// Times of the oldest and newest records before the release, and of the newest of all.
  package internal(set) var first: Timestamp?
  package internal(set) var lastBefore: Timestamp?
  package internal(set) var last: Timestamp?
  /// Bytes that samples hold, to bound them.
  var sampleBytes = 0
  /// How often each rule matched, by phase.
  package internal(set) var baselineMatches: [Int]
  package internal(set) var candidateMatches: [Int]

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
    isErrorRule = rules.rules.map { $0.isError && !RuleSet.isGeneral(event: $0.event) }
    routes = RouteTable(measures: routed, requests: rules.requestMeasure)
    baselineMatches = [Int](repeating: 0, count: rules.rules.count)
    candidateMatches = [Int](repeating: 0, count: rules.rules.count)
  }

  /// Index of the oldest window that has lines before the release, or 0.
  package var firstIndex: Int { min(0, row.indices.lowerBound) }
  /// Index behind the newest window.
  package var endIndex: Int { max(0, row.indices.upperBound) }

  /// Routes that are judged by themselves keep their rows, whatever comes.
  package mutating func keepRoutesApart(_ rows: [Int]) { routes.keepApart(rows) }

  /// The window at `index`; empty where nothing was logged.
  package subscript(index: Int) -> Window { row[index] }

  /// Adds what the rules saw in one record of a logical input.
  ///
  /// - Parameter signatureKey: what the rules pin of an error record.
  /// - Returns: the window it went to, or nil when it lies outside or has no time.
  @discardableResult
  package mutating func add(
    _ observation: borrowing Observation, of record: borrowing Record, text: Span<UInt8>,
    signatureKey: Span<UInt8> = Span(), input: Int = 0
  ) -> Int? {
    guard let time = record.time else {
      unplacedRecords += 1
      return nil
    }
    var index = plan.index(of: time)
    guard plan.phase(of: index) != .outside, index < ceiling, index >= floor else {
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
      for rule in observation.rules { baselineMatches[rule] += 1 }
    } else {
      candidateLines += record.physicalLines
      for rule in observation.rules { candidateMatches[rule] += 1 }
    }
    let place = row.place(of: index)
    row.elements[place].add(
      observation, of: record, histogramCount: histogramCount)
    if index >= 0 {
      Self.keepSamples(
        of: observation, wanted: sampledMeasures, record: record, time: time, text: text,
        in: &row.elements[place].samples, bytes: &sampleBytes)
    }
    inputLines.add(
      record.physicalLines, of: input, in: index, isRequest: record.isRequest)
    // A request that failed is counted as one; what it says of itself is no message.
    let isPlainRequest = record.severity == nil ? record.isRequest : false
    if observation.isError, !isPlainRequest {
      signatures.add(
        text, record, rules: observation.rules, isErrorRule: isErrorRule, key: signatureKey,
        time: time, index: index, phase: phase)
    }
    if phase != .settling {
      routes.add(observation, isBaseline: phase == .baseline, window: index)
    }
    first = first.map { min($0, time) } ?? time
    last = last.map { max($0, time) } ?? time
    return index
  }

  private static func keepSamples(
    of observation: borrowing Observation, wanted: [Bool], record: borrowing Record,
    time: Timestamp, text: Span<UInt8>, in samples: inout [MeasureID: Sample], bytes: inout Int
  ) {
    var sample: Sample?
    for hit in observation.hits where wanted[hit.measure] {
      if let kept = samples[hit.measure] {
        guard Sample.precedes(time, text, kept) else { continue }
      } else if samples.count >= Limits.samplesPerWindow {
        continue
      }
      // One copy serves all measures; when many are kept already, their beginnings must do.
      if sample == nil {
        let isMany = bytes >= Limits.samplesBytes
        let fresh = Sample(
          time: time, text: text, file: record.file, lineNumber: record.firstLineNumber,
          offset: record.offset,
          bytesLimit: isMany ? Limits.sampleBytesWhenMany : Limits.sampleBytes)
        bytes += fresh.text.count
        sample = fresh
      }
      samples[hit.measure] = sample
    }
  }

  /// The windows of one phase added up, as far as index `end`.
  package func totals(_ phase: Phase, upTo end: Int) -> Window {
    var total = Window()
    switch phase {
    case .baseline:
      for index in firstIndex..<0 { total.merge(row[index]) }
    case .settling:
      for index in 0..<min(plan.settleEnd, endIndex, max(0, end)) { total.merge(row[index]) }
    case .candidate:
      for index in plan.settleEnd..<max(plan.settleEnd, min(endIndex, end)) {
        total.merge(row[index])
      }
    case .outside:
      break
    }
    return total
  }
}
