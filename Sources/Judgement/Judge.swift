import Records
package import Rules
import Statistics
package import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Compares the windows after a release with those before it, one look a window, and raises alerts.
///
/// The false-alarm probability of the whole watch is at most `alpha`, over all signals and looks,
/// under any dependence: signals share alpha by weights, new kinds share a reserve of it, and a
/// watch without a planned end is judged in blocks of an hour that share it too.
package struct Judge: Sendable {
  /// Length of a block of a watch without a planned end.
  private static let blockSeconds = 3600.0

  package let plan: WindowPlan
  let rules: RuleSet
  let options: JudgeOptions
  let looksPerBlock: Int
  var tracks: [Track] = []
  var kinds: [NewKindTrack] = []
  /// Signatures that the baseline never showed.
  var signatureTracks: [SignatureTrack] = []
  /// Those for which a rule speaks that is as new.
  var coveredSignatures: Set<Int> = []
  /// New signatures that are not judged because there are too many.
  var signaturesUnjudged = 0
  let signatureExposureBefore: Double
  /// Of the judged windows so far.
  var signatureExposureAfter = 0.0
  /// New texts of errors without a class that would come in this watch if nothing had changed.
  let newTextsExpected: Double
  /// Signals that are shown and never gate.
  var shown: [(signal: Signal, series: SignalSeries)] = []
  /// Inputs that may fall silent.
  var silences: [InputSilence] = []
  let windows: BaselineWindows
  private var pulse: PulseMeter
  /// Whether lines come as before and no request is recognised among them; how many windows and lines.
  private(set) var unreadable: (windows: Int, lines: Int)?
  package private(set) var alerts: [Alert] = []
  var logGlobalLargest = 0.0
  var isGlobalRegressed = false
  let baselineWindows: Int
  /// Whether the inputs carried requests when the judge was made; signals are per request then.
  package let hasRequests: Bool
  private(set) var block = 1
  private var looksInBlock = 0
  var slotsUsed = 0
  /// Inputs and signals that may fall silent.
  private var silenceTests = 0
  /// Index of the next window to look at.
  package private(set) var nextIndex = 0

  /// Learns the baseline from the windows before the release.
  package init(timeline: Timeline, rules: RuleSet, options: JudgeOptions) {
    plan = timeline.plan
    self.rules = rules
    self.options = options
    let widthSeconds = plan.widthSeconds
    let blockEnd = plan.end ?? plan.settleEnd + Int(Self.blockSeconds / widthSeconds)
    looksPerBlock = max(1, blockEnd - plan.settleEnd)
    var seen = timeline.totals(.baseline, upTo: 0)
    // Requests that begin with the release count as well: a service may be new to the logs.
    seen.merge(timeline.totals(.settling, upTo: .max))
    seen.merge(timeline.totals(.candidate, upTo: .max))
    hasRequests = rules.requestMeasure.map { seen.amount($0) > 0 } ?? false
    baselineWindows = -timeline.bodyStart
    windows = BaselineWindows(timeline, excluded: options.excluded)
    signatureExposureBefore =
      hasRequests
      ? rules.requestMeasure.map(windows.total.amount) ?? 0
      : Double(windows.indices.count) * widthSeconds
    newTextsExpected = Self.newTextsExpected(timeline, looks: looksPerBlock)
    pulse = PulseMeter(
      timeline, windows: windows, requestMeasure: rules.requestMeasure, windowSeconds: widthSeconds)
    addTracks(timeline, seen: seen)
  }

  /// Sorts the signals into those that are judged, those that the baseline never matched, and those
  /// that are shown.
  private mutating func addTracks(_ timeline: Timeline, seen: Window) {
    // In a rule set that requires nothing, everything that gates is required.
    let requiresAll = !rules.signals.contains { $0.required }
    var gating: [TrackPlan] = []
    let block = plan.settleEnd..<(plan.settleEnd + looksPerBlock)
    for signal in rules.signals {
      guard
        let series = SignalSeries(
          signal, requestMeasure: rules.requestMeasure, hasRequests: hasRequests,
          widthSeconds: plan.widthSeconds,
          latencies: signal.histogram.map { windows.latencies(histogram: $0) })
      else { continue }
      // The inputs do not carry what this signal is counted against.
      if case .measure(let exposure) = signal.exposure, seen.amount(exposure) == 0 { continue }
      guard !signal.advisory, signal.severity >= .error else {
        shown.append((signal, series))
        continue
      }
      let isRequired = signal.required || requiresAll
      let isRise = signal.worse == .up && !series.isShare
      let isSum = signal.count.map { rules.isSum($0) } ?? false
      if !series.isShare, series.reading(windows.total).counts[0] == 0, !(isRise && isRequired) {
        // Of hundreds of rules most never matched: their windows are not looked at one by one.
        if isRise, !isSum {
          kinds.append(newKind(signal, series))
        } else {
          shown.append((signal, series))
        }
        continue
      }
      gating += routePlans(signal, series, isRequired: isRequired, timeline, block: block)
      let candidate = TrackPlan(
        signal, series, isRequired: isRequired, isSum: isSum, timeline: timeline, windows: windows,
        block: block)
      if candidate.hasBaseline || (isRise && isRequired) {
        gating.append(candidate)
      } else if isRise, !isSum {
        kinds.append(newKind(signal, series))
      } else {
        shown.append((signal, series))
      }
    }
    let falls = gating.count(where: \.isFall)
    silences = InputSilence.all(timeline, windows: windows) {
      silenceThreshold(tests: $0 + falls)
    }
    silenceTests = silences.count + falls
    let weights = AlphaBudget.weights(severities: Self.severities(gating))
    for (item, weight) in zip(gating, weights) {
      tracks.append(
        Track(
          item, weight: weight, alpha: judgedAlpha,
          silenceThreshold: silenceThreshold(tests: silenceTests), looks: looksPerBlock,
          firstIndex: plan.settleEnd, windowSeconds: plan.widthSeconds, options: options))
    }
  }

  /// A signal without an event in the baseline.
  private func newKind(_ signal: Signal, _ series: SignalSeries) -> NewKindTrack {
    let kind = signal.rule.map { rules.rules[$0].ruleClass }
    return NewKindTrack(
      signal: signal, series: series, isReportedAtOnce: kind == .crash || kind == .release,
      baselineExposure: windows.exposure(of: series))
  }

  /// The part of alpha that all silences share: a silent log is far from chance within a minute.
  private static let silencePart = 0.02

  /// What the evidence of all other signals may spend.
  var judgedAlpha: Double { blockAlpha * (1 - Self.silencePart) }

  /// Nats that a run of empty windows needs. Any look may begin one.
  private func silenceThreshold(tests: Int) -> Double {
    AlphaBudget.threshold(
      alpha: blockAlpha, weight: Self.silencePart / Double(max(1, tests) * looksPerBlock))
  }

  /// The alpha of the current block; all of it when the watch has a planned end.
  private var blockAlpha: Double {
    plan.end == nil ? AlphaBudget.blockAlpha(options.alpha, block: block) : options.alpha
  }

  /// Looks at window `nextIndex`, which nothing will be added to any more.
  ///
  /// - Returns: the alerts that this look raised, worst first.
  package mutating func look(_ timeline: Timeline) -> [Alert] {
    let index = nextIndex
    nextIndex += 1
    let phase = plan.phase(of: index)
    guard phase == .candidate || phase == .settling else { return [] }
    let window = timeline[index]
    let at = plan.start(of: index + 1)
    var raised: [Alert] = []
    if phase == .candidate {
      startBlockIfNeeded()
      lookAtSignals(window, index: index, at: at, timeline, &raised)
    }
    let isJudged = phase == .candidate
    lookAtKinds(window, index: index, at: at, isJudged: isJudged, timeline, &raised)
    lookAtSignatures(window, index: index, at: at, isJudged: isJudged, timeline, &raised)
    nameSignatures(&raised)
    if phase == .candidate {
      lookAtAllTogether(at: at, index: index, timeline, &raised)
      lookAtSilences(index: index, at: at, timeline, &raised)
    }
    if raised.contains(where: { $0.state == .firing }) {
      tellStories(&raised, at: at, index: index, timeline)
    }
    alerts += raised
    return raised
  }

  /// An alert of a rule that is new says which signature it was.
  private func nameSignatures(_ raised: inout [Alert]) {
    for position in raised.indices where raised[position].signature == nil {
      raised[position].signature =
        kinds.first { $0.signal.id == raised[position].signal }?.signature
    }
  }

  private mutating func startBlockIfNeeded() {
    if plan.end == nil, looksInBlock >= looksPerBlock {
      block += 1
      looksInBlock = 0
      slotsUsed = 0
      for position in tracks.indices where !tracks[position].isRegressed {
        tracks[position].restart(alpha: judgedAlpha, at: nextIndex - 1)
      }
    }
    looksInBlock += 1
  }

  private mutating func lookAtSignals(
    _ window: Window, index: Int, at: Timestamp, _ timeline: Timeline, _ raised: inout [Alert]
  ) {
    let start = plan.start(of: index)
    let pulse = self.pulse.pulse(timeline, at: index)
    if pulse.isWriting {
      unreadable = pulse.isUnreadable ? self.pulse.unrecognised : nil
      // A log that had stopped and is back says nothing of what happened meanwhile.
      if silences.contains(where: \.isSilent) {
        for position in tracks.indices { tracks[position].forgetHeldBack() }
      }
    }
    for position in tracks.indices {
      let change =
        if let route = tracks[position].route {
          tracks[position].look(
            timeline.window(index, of: route), index: index, start: start, pulse)
        } else {
          tracks[position].look(window, index: index, start: start, pulse)
        }
      switch change {
      case .alarmed:
        raised.append(alert(.firing, tracks[position], at: at, index: index, timeline))
      case .recovered:
        raised.append(alert(.resolved, tracks[position], at: at, index: index, timeline))
        tracks[position].recover(alpha: judgedAlpha, at: index + 1)
      case nil:
        break
      }
    }
  }

  private mutating func lookAtSilences(
    index: Int, at: Timestamp, _ timeline: Timeline, _ raised: inout [Alert]
  ) {
    for position in silences.indices {
      guard
        let change = silences[position].look(
          lines: timeline.inputLines.lines(of: silences[position].input, in: index), at: index,
          threshold: silenceThreshold(tests: silenceTests),
          hasSuccessor: { timeline.inputLines.hasBegun(since: $0) })
      else { continue }
      raised.append(alert(change == .silent ? .firing : .resolved, silences[position], at: at))
    }
  }

  private mutating func lookAtKinds(
    _ window: Window, index: Int, at: Timestamp, isJudged: Bool, _ timeline: Timeline,
    _ raised: inout [Alert]
  ) {
    for position in kinds.indices {
      let change = kinds[position].look(
        window, start: plan.start(of: index), isJudged: isJudged, terms)
      switch change {
      case .seen:
        slotsUsed += 1
        guard kinds[position].isReportedAtOnce else { break }
        if options.failsOnNew { kinds[position].isRegressed = true }
        let state: Alert.State = options.failsOnNew ? .firing : .noted
        raised.append(alert(state, kinds[position], at: at, index: index, timeline))
      case .alarmed:
        raised.append(alert(.firing, kinds[position], at: at, index: index, timeline))
      case nil:
        break
      }
    }
  }

  /// Whether every gating signal is healthy or regressed.
  package var isDecided: Bool {
    nextIndex > plan.settleEnd && !tracks.isEmpty
      && tracks.allSatisfy { $0.route != nil || $0.isHealthy || $0.isRegressed }
  }
}
