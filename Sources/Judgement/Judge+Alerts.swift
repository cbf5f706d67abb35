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
    Alert(
      state: state, signal: track.signal.id, kind: track.signal.kind.rawValue,
      severity: track.signal.severity, about: track.signal.about, unit: track.series.unit, at: at,
      first: track.firstEvent, baseline: track.before, candidate: track.candidate,
      ratio: track.ratio,
      logEvidence: state == .resolved ? track.recovery?.logE ?? 0 : track.rule.logE,
      logThreshold: state == .resolved ? track.recovery?.threshold ?? 0 : track.rule.threshold,
      sample: state == .resolved ? nil : sample(of: track.series, at: index, timeline),
      hint: track.signal.hint)
  }

  func alert(
    _ state: Alert.State, _ kind: NewKindTrack, at: Timestamp, index: Int, _ timeline: Timeline
  ) -> Alert {
    Alert(
      state: state, signal: kind.signal.id, kind: "new", severity: kind.signal.severity,
      about: kind.signal.about, unit: kind.series.unit, at: at, first: kind.firstEvent,
      baseline: kind.before, candidate: kind.candidate, ratio: nil,
      logEvidence: kind.test?.logE ?? 0, logThreshold: kind.test?.threshold ?? 0,
      sample: sample(of: kind.series, at: index, timeline), hint: kind.signal.hint)
  }

  /// The record that stands for the alarmed window, or for the nearest one before it.
  private func sample(of series: SignalSeries, at index: Int, _ timeline: Timeline) -> Sample? {
    for earlier in stride(from: index, through: max(0, index - Self.sampleWindowsBack), by: -1) {
      if let sample = timeline[earlier].samples[series.measure] { return sample }
    }
    return nil
  }
}
