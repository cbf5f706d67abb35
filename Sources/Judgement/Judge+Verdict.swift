import Records
import Rules
import Statistics
package import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Judge {
  /// What can be said after the windows looked at so far.
  ///
  /// - Parameter blindness: reasons, found by the reader, why no verdict would be honest.
  package func verdict(_ timeline: Timeline, blindness: [String]) -> Verdict {
    let sight = Sight(self, timeline)
    var blindness = blindness
    if let reason = sight.unstamped { blindness.append(reason) }
    let settling = timeline.totals(.settling, upTo: nextIndex)
    var signals = tracks.map { judged($0, settling, sight) }
    signals += kinds.filter(\.recurrence.isSeen).map(judged)
    signals += signatureTracks.map(judged)
    signals += shown.compactMap { unjudged($0.signal, $0.series, sight.after) }
    signals += silences.filter(\.isSilent).map(judged)
    if isRegressedTogether { signals.append(contentsOf: together()) }
    blindness += signals.filter { $0.state == .blind && $0.isRequired }.map {
      "\($0.signal): \($0.reason)"
    }
    if sight.isLowerBound {
      for position in signals.indices { signals[position].isLowerBound = true }
    }
    explain(&signals)
    signals.sort(by: Self.isWorse)
    let leaders = leaders(timeline)
    for position in signals.indices where signals[position].state == .regressed {
      signals[position].story = leaders[signals[position].subject]
    }
    // What has not regressed keeps its place: a story begins with an alarm.
    let regressed = signals.filter { $0.state == .regressed }
    signals =
      Self.grouped(regressed, subject: \.subject, leader: \.story)
      + signals.filter { $0.state != .regressed }
    var alerts = self.alerts.sorted(by: Self.isWorse)
    for position in alerts.indices where alerts[position].state == .firing {
      alerts[position].story = leaders[alerts[position].subject]
    }
    let firing = alerts.filter { $0.state == .firing }
    alerts =
      Self.grouped(firing, subject: \.subject, leader: \.story)
      + alerts.filter { $0.state != .firing }
    let outcome: Outcome
    if signals.contains(where: { $0.state == .regressed }) {
      outcome = .regressed
    } else if !blindness.isEmpty || silences.contains(where: \.isSilent) {
      outcome = .blind
    } else if signals.contains(where: \.isRequired),
      signals.allSatisfy({ !$0.isRequired || $0.state == .healthy || $0.state == .improved })
    {
      outcome = .healthy
    } else {
      outcome = .undecided
    }
    return Verdict(
      outcome: outcome, signals: signals, alerts: alerts,
      cautions: cautions() + sight.cautions, blindness: blindness,
      logGlobalEvidence: logGlobalLargest,
      globalThreshold: AlphaBudget.threshold(alpha: options.alpha, weight: 1))
  }

  /// Names the cause of a regression that another one explains.
  private func explain(_ signals: inout [SignalVerdict]) {
    let regressed = signals.filter { $0.state == .regressed }.map(\.signal)
    let explanations = Explanations(rules.signals, regressed: Set(regressed))
    for index in signals.indices where signals[index].state == .regressed {
      guard let cause = explanations.cause(of: signals[index].signal) else { continue }
      signals[index].explainedBy = cause.signal
      signals[index].explanationDepth = cause.depth
      signals[index].reason += "; \(cause.signal) regressed as well and may be why"
    }
  }

  private func judged(_ track: Track, _ settling: Window, _ sight: Sight) -> SignalVerdict {
    let ratio = track.ratio
    let blindness = track.isRegressed || track.route != nil ? nil : sight.blindness(of: track)
    let state: SignalState
    if track.isRegressed {
      state = .regressed
    } else if blindness != nil {
      state = .blind
    } else if track.isHealthy, !sight.isLowerBound {
      state = track.isImproved ? .improved : .healthy
    } else {
      state = .undecided
    }
    let inRestart = track.isFall || track.route != nil ? Reading() : track.series.reading(settling)
    return SignalVerdict(
      signal: track.signal.id, route: track.route?.name, kind: track.signal.shownKind,
      about: track.signal.about, severity: track.signal.severity, isRequired: track.isRequired,
      isAdvisory: false,
      state: state, unit: track.series.unit, baseline: track.before, candidate: track.candidate,
      ratio: ratio, logEvidence: track.logEvidenceLargest, logThreshold: track.test.threshold,
      dispersion: track.baselines[track.leadingPart].phi,
      settlingCount: track.series.shown(inRestart, part: track.leadingPart).count,
      reason: blindness ?? reason(track, state, sight),
      needs: state == .undecided ? needs(track) : nil,
      hint: track.signal.hint,
      slowerThanSeconds: track.series.edgeSeconds(part: track.leadingPart))
  }

  /// An input that has stopped.
  private func judged(_ silence: InputSilence) -> SignalVerdict {
    SignalVerdict(
      signal: Self.linesName, kind: Signal.Kind.silence.rawValue, about: nil, severity: .critical,
      isRequired: false, isAdvisory: false, state: .blind, unit: .seconds,
      baseline: silence.before, candidate: silence.candidate, ratio: nil,
      logEvidence: silence.logEvidence, logThreshold: silence.threshold,
      dispersion: 1, settlingCount: 0,
      reason: "no line for \(Int(silence.seconds)) s where about "
        + "\(Int(silence.expected.rounded())) were due", needs: nil, hint: nil,
      input: silence.input)
  }

  private func judged(_ kind: NewKindTrack) -> SignalVerdict {
    var verdict = judged(
      kind.recurrence, kind.signal.id, kind.signal.severity, unit: kind.series.unit,
      isRegressed: kind.isRegressed)
    verdict.about = kind.signal.about
    verdict.hint = kind.signal.hint
    verdict.signature = kind.signature
    return verdict
  }

  private func judged(_ track: SignatureTrack) -> SignalVerdict {
    var verdict = judged(
      track.recurrence, track.id, track.severity, unit: signatureUnit,
      isRegressed: track.isRegressed)
    verdict.about = track.about
    verdict.hint = track.hint
    verdict.signature = track.text
    if let predecessor = track.predecessor {
      verdict.reason =
        "new words at the rate of others that have stopped since the release: \(predecessor)"
    }
    return verdict
  }

  private func judged(
    _ recurrence: Recurrence, _ name: String, _ severity: Severity, unit: ExposureUnit,
    isRegressed: Bool
  ) -> SignalVerdict {
    let reason =
      isRegressed
      ? recurrence.isProven
        ? "never seen in the baseline and it keeps coming back"
        : "never seen in the baseline, and it makes up what rose"
      : "new since the release; evidence that it keeps coming back stands at "
        + "\(Int(EValue.odds(logE: recurrence.logEvidenceLargest).rounded(.down))):1, needs "
        + "\(Int(EValue.odds(logE: recurrence.test?.threshold ?? 0).rounded(.up))):1"
    return SignalVerdict(
      signal: name, kind: Self.newName, severity: severity, isRequired: false, isAdvisory: false,
      state: isRegressed ? .regressed : .undecided, unit: unit, baseline: recurrence.before,
      candidate: recurrence.candidate, ratio: nil, logEvidence: recurrence.logEvidenceLargest,
      logThreshold: recurrence.test?.threshold, dispersion: Parameters.phiUnknown,
      settlingCount: 0, reason: reason)
  }

  /// A signal that is shown beside the judged ones, if anything of it was seen.
  private func unjudged(
    _ signal: Signal, _ series: SignalSeries, _ candidate: Window
  ) -> SignalVerdict? {
    let before = shown(series, windows.total, windows: windows.indices.count)
    let after = shown(series, candidate, windows: max(0, nextIndex - plan.settleEnd))
    guard before.count > 0 || after.count > 0 else { return nil }
    return SignalVerdict(
      signal: signal.id, kind: signal.shownKind, about: signal.about,
      severity: signal.severity, isRequired: false, isAdvisory: true, state: .undecided,
      unit: series.unit, baseline: before, candidate: after, ratio: nil, logEvidence: 0,
      logThreshold: nil, dispersion: 1, settlingCount: 0,
      reason: signal.advisory || signal.severity < .error
        ? "advisory: shown, never judged" : "nothing in the baseline to compare with",
      needs: nil, hint: signal.hint, slowerThanSeconds: series.edgeSeconds(part: 0))
  }

  /// The numbers of so many windows added up.
  func shown(_ series: SignalSeries, _ total: Window, windows: Int) -> Counted {
    var reading = series.reading(total)
    if series.unit == .seconds { reading.exposure = Double(windows) * plan.widthSeconds }
    return series.shown(reading)
  }

  /// The alarm over all signals, as a signal of its own.
  private func together() -> [SignalVerdict] {
    alerts.filter { $0.signal == Self.togetherName }.suffix(1).map { alert in
      SignalVerdict(
        signal: alert.signal, kind: alert.kind, about: alert.about, severity: alert.severity,
        isRequired: false, isAdvisory: false, state: .regressed, unit: alert.unit,
        baseline: alert.baseline, candidate: alert.candidate, ratio: alert.ratio,
        logEvidence: logGlobalLargest, logThreshold: alert.logThreshold, dispersion: 1,
        settlingCount: 0,
        reason: "the evidence of all signals together reached the alarm threshold",
        needs: nil, hint: alert.hint)
    }
  }

  private func reason(_ track: Track, _ state: SignalState, _ sight: Sight) -> String {
    switch state {
    case .regressed:
      return "evidence reached the alarm threshold"
    case .healthy, .improved:
      return healthyReason(track)
    case .undecided, .blind:
      if !(track.baselines[0].exposure > 0) { return "no baseline to compare with" }
      if !(track.total.exposure > 0) {
        return nextIndex <= plan.settleEnd
          ? "nothing after the restart window yet" : "no \(track.series.unit.rawValue) after it"
      }
      if track.isHealthy {
        return "loggers dropped lines after the release: what they would have said is not known"
      }
      let odds = EValue.odds(logE: track.health.logE)
      if odds < 1 { return "no evidence yet that it is healthy" }
      return "evidence that it is healthy stands at \(Int(odds.rounded(.down))):1, needs 20:1"
    }
  }

  private func healthyReason(_ track: Track) -> String {
    let ratio = options.healthyRatio
    if track.isFall { return "shown to be above 1/\(ratio) of the baseline" }
    switch track.series.form {
    case .slower:
      return
        "the shares of slow requests were shown to be below \(1 + (ratio - 1) / 2) (median) and "
        + "\(ratio) times those of the baseline"
    case .missed:
      return "its misses were shown to be below \(ratio) times those of the baseline"
    case .counted:
      return "shown to be below \(ratio) times the baseline or below the floor"
    }
  }

  /// How much more must be seen for healthy, if events keep the baseline's rate.
  private func needs(_ track: Track) -> Needs? {
    let judgedSeconds = Double(max(0, nextIndex - plan.settleEnd)) * plan.widthSeconds
    guard track.total.exposure > 0, judgedSeconds > 0, !track.isHealthy,
      let exposure = track.health.neededExposure(phi: { track.test.phi(part: $0) })
    else { return nil }
    let pace = track.total.exposure / judgedSeconds
    return Needs(
      requests: track.series.unit == .requests ? exposure : nil, seconds: exposure / pace)
  }
}
