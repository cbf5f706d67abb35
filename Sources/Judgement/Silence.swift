import Rules
import Statistics
package import Windows

/// Whether the log went silent: no line at all in the last windows, where the baseline says that
/// many were due.
///
/// The evidence is that of a drop in lines per second since the last line. Exposure is time, never
/// lines, and the alarm is that of the whole watch.
package enum Silence {
  /// A shorter pause is no silence, however busy the log was: writers buffer.
  private static let secondsMinimum = 30.0

  /// A sentence about the silence up to window `end`, or nil.
  package static func sentence(_ timeline: Timeline, upTo end: Int, alpha: Double) -> String? {
    guard end > 0, timeline.bodyStart < 0 else { return nil }
    var quiet = end
    while quiet > 0, timeline[quiet - 1].lines == 0 { quiet -= 1 }
    let windows = end - quiet
    let width = timeline.plan.widthSeconds
    guard Double(windows) * width >= secondsMinimum else { return nil }
    let lines = (timeline.bodyStart..<0).map { Double(timeline[$0].lines) }
    let baseline = Baseline(
      events: lines, exposures: lines.map { _ in width },
      deadWindows: Episodes.deadWindows(
        deadTimeSeconds: Parameters.deadTimeSeconds, windowSeconds: width))
    let seconds = Double(windows) * width
    let sample = TwoSample(
      candidateEvents: 0, candidateExposure: seconds, baselineEvents: baseline.events,
      baselineExposure: baseline.exposure)
    // Any of the windows could have been the first silent one.
    let starts = Double(max(1, end))
    let evidence = RatioMixture.logEDown(sample, phi: baseline.phi)
    guard evidence >= AlphaBudget.threshold(alpha: alpha, weight: 1 / starts) else { return nil }
    let expected = baseline.events / max(baseline.exposure, 1) * seconds
    return "no log line for \(Int(seconds)) s where about \(Int(expected.rounded())) were due: "
      + "the service or its logging stopped; look at both"
  }
}
