import Records
import Rules
import Statistics
import Windows

/// What a reader must know about the baseline and the options before trusting a verdict.
extension Judge {
  /// Windows a baseline needs before its burstiness can be read from it.
  private static let baselineWindowsMinimum = 24
  /// Below this span bursts that last long cannot be seen in a baseline.
  private static let baselineSecondsRecommended = 7200.0
  /// Dispersion from which a baseline is said to hold a burst.
  private static let burstDispersion = 20.0

  func cautions() -> [String] {
    var sentences: [String] = []
    let seconds = Double(baselineWindows) * plan.widthSeconds
    if baselineWindows == 0 {
      sentences.append("there is no baseline: no line before the release was found")
    } else if baselineWindows < Self.baselineWindowsMinimum {
      sentences.append(
        "the baseline has \(baselineWindows) windows, too few to learn how errors cluster; "
          + "only large rises can be seen")
    } else if seconds < Self.baselineSecondsRecommended {
      sentences.append(
        "the baseline is shorter than 2 h: bursts longer than it shows are not protected "
          + "by the stated false-alarm probability")
    }
    if baselineWindows > 0, tracks.contains(where: { $0.comparesAllHours }) {
      sentences.append(
        "counts per second are compared with every hour of the baseline, so that a daily wave is a "
          + "change to them"
          + (options.advisesWatch
            ? "; with three earlier days (--baseline-span 4d) it would be the same hours" : "")
      )
    }
    for track in tracks
    where !track.isFall && track.route == nil && track.baselines[0].phi >= Self.burstDispersion
      && options.excluded.isEmpty && !track.isDayMatched
    {
      guard let burst = track.baselines[0].burst else { continue }
      let from = plan.start(of: burst.lowerBound - baselineWindows)
      sentences.append(
        "the baseline of \(track.signal.id) has a burst"
          + (options.advisesWatch
            ? " at \(from.rfc3339); --exclude it if it was an incident"
            : ", which makes rises harder to see"))
    }
    if options.failsOnNew, baselineWindows == 0 {
      sentences.append("--fail-on-new does nothing without a baseline: everything is new")
    }
    if tracks.isEmpty, baselineWindows > 0 {
      sentences.append(
        "no signal could be judged: the rules matched nothing before the release and require nothing"
      )
    }
    if newTextsExpected >= 1, baselineWindows > 0 {
      sentences.append(
        "about \(Int(newTextsExpected.rounded(.up))) new texts of errors would come in this watch by "
          + "themselves: those without a class or code are not reported at first sight")
    }
    if signaturesUnjudged > 0 {
      sentences.append(
        "\(signaturesUnjudged) more new signatures came than are judged one by one")
    }
    if options.failsOnNew {
      sentences.append(
        "--fail-on-new fails at first sight; the stated false-alarm probability does not cover it")
    }
    return sentences
  }
}
