import Records
import Rules
import Statistics
import Windows

extension Judge {
  /// How far back from the alarm a sample is looked for.
  private static let sampleWindowsBack = 60

  func alert(
    _ state: Alert.State, _ track: Track, at: Timestamp, index: Int, _ timeline: Timeline
  ) -> Alert {
    // The numbers since the release may hide what has begun later.
    let since = state == .firing ? track.sinceChange : nil
    return Alert(
      state: state, signal: track.signal.id, kind: track.signal.shownKind,
      severity: track.signal.severity, about: track.signal.about, unit: track.series.unit, at: at,
      first: track.firstEvent, since: since.map { plan.start(of: $0.index) },
      baseline: track.before, candidate: since?.candidate ?? track.candidate,
      ratio: since.map(\.ratio) ?? track.ratio,
      slowerThanSeconds: track.series.edgeSeconds(part: track.leadingPart),
      logEvidence: state == .resolved ? track.recovery?.logE ?? 0 : track.test.logE,
      logThreshold: state == .resolved ? track.recovery?.threshold ?? 0 : track.test.threshold,
      sample: state == .resolved || track.route != nil
        ? nil : sample(of: track.series, at: index, timeline),
      hint: track.signal.hint, route: track.route?.name)
  }

  /// Name of the signal that is every line of an input.
  package static let linesName = "lines"

  func alert(_ state: Alert.State, _ silence: InputSilence, at: Timestamp) -> Alert {
    Alert(
      state: state, signal: Self.linesName, kind: Signal.Kind.silence.rawValue,
      severity: .critical,
      about: state == .firing
        ? "No line for \(Int(silence.seconds)) s where about \(Int(silence.expected.rounded())) were due"
        : "Lines come again", unit: .seconds, at: at, first: nil, since: nil,
      baseline: silence.before, candidate: silence.candidate, ratio: nil, slowerThanSeconds: nil,
      logEvidence: silence.logEvidence, logThreshold: silence.threshold, sample: nil,
      hint: "The service or its logging stopped: look at both, and at what moves its logs.",
      input: silence.input)
  }

  func alert(
    _ state: Alert.State, _ kind: NewKindTrack, at: Timestamp, index: Int, _ timeline: Timeline
  ) -> Alert {
    let recurrence = kind.recurrence
    return Alert(
      state: state, signal: kind.signal.id, kind: Self.newName, severity: kind.signal.severity,
      about: kind.signal.about, unit: kind.series.unit, at: at, first: recurrence.firstEvent,
      since: nil, baseline: recurrence.before, candidate: recurrence.candidate, ratio: nil,
      logEvidence: recurrence.test?.logE ?? 0, logThreshold: recurrence.test?.threshold ?? 0,
      sample: sample(of: kind.series, at: index, timeline), hint: kind.signal.hint)
  }

  func alert(
    _ state: Alert.State, _ track: SignatureTrack, at: Timestamp, _ timeline: Timeline
  ) -> Alert {
    let recurrence = track.recurrence
    return Alert(
      state: state, signal: track.id, kind: Self.newName, severity: track.severity,
      about: track.about, unit: signatureUnit, at: at, first: recurrence.firstEvent, since: nil,
      baseline: recurrence.before, candidate: recurrence.candidate, ratio: nil,
      logEvidence: recurrence.test?.logE ?? 0, logThreshold: recurrence.test?.threshold ?? 0,
      sample: timeline.signatures[track.handle]?.sample, hint: track.hint, signature: track.text)
  }

  /// The kind of what the baseline never showed.
  package static let newName = "new"

  /// The record that stands for the alarmed window, or for the nearest one before it.
  private func sample(of series: SignalSeries, at index: Int, _ timeline: Timeline) -> Sample? {
    guard let measure = series.sampledMeasure else { return nil }
    for earlier in stride(from: index, through: max(0, index - Self.sampleWindowsBack), by: -1) {
      if let sample = timeline[earlier].samples[measure] { return sample }
    }
    return nil
  }
}
