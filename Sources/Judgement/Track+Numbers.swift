import Rules
import Statistics
import Windows

/// The numbers of a track as they are shown.
extension Track {
  /// The part that is shown: the one that alarmed, or the one that carries most of the evidence.
  var leadingPart: Int { test.leadingPart }

  var candidate: Counted {
    var counted = series.shown(total, part: leadingPart)
    if matchedSeconds != nil { counted.exposure = Double(windowsJudged) * windowSeconds }
    return counted
  }

  var before: Counted {
    var counted = shown(baselines[leadingPart])
    if let matchedSeconds { counted.exposure = matchedSeconds }
    return counted
  }

  private func shown(_ baseline: Baseline) -> Counted {
    var reading = Reading(exposure: baseline.exposure)
    reading.counts[leadingPart] = baseline.events
    return series.shown(reading, part: leadingPart)
  }

  /// How many times the baseline's rate the candidate's is. A share that falls is shown as itself.
  var ratio: RatioEstimate? {
    ratio(
      TwoSample(
        candidateEvents: total.counts[leadingPart], candidateExposure: total.exposure,
        baselineEvents: baselines[leadingPart].events,
        baselineExposure: baselines[leadingPart].exposure), alpha: Parameters.intervalAlpha)
  }

  private func ratio(_ sample: TwoSample, alpha: Double) -> RatioEstimate? {
    guard case .missed = series.form else {
      return RatioEstimate(sample, phi: test.phi(part: leadingPart), alpha: alpha)
    }
    // The hits have the variance of the misses, over their own mean.
    let misses = baselines[0].events
    let hits = baselines[0].exposure - misses
    let phi = hits > 0 ? max(1, test.phi(part: 0) * misses / hits) : 1
    var shown = sample
    shown.candidateEvents = sample.candidateExposure - sample.candidateEvents
    shown.baselineEvents = hits
    return RatioEstimate(shown, phi: phi, alpha: alpha)
  }

  /// Whether the whole interval of the ratio lies on the good side of 1.
  var isImproved: Bool {
    guard let ratio else { return false }
    return signal.worse == .up ? ratio.high.map { $0 < 1 } ?? false : ratio.low > 1
  }

  /// The counts since the moment from which the evidence comes, where that is not the release: the
  /// numbers since the release may hide what has begun later.
  var sinceChange: (index: Int, candidate: Counted, ratio: RatioEstimate?)? {
    let part = leadingPart
    let start = test.strongestStart(part: part)
    guard start.looks > 0 || alarmsEnded > 0, start.looks < lookIndices.count else { return nil }
    var reading = Reading(exposure: start.since.candidateExposure)
    reading.counts[part] = start.since.candidateEvents
    // An interval that holds for whichever of the starts is picked.
    let alpha = Parameters.intervalAlpha / Double(start.starts)
    var counted = series.shown(reading, part: part)
    if matchedSeconds != nil {
      counted.exposure = Double(lookIndices.count - start.looks) * windowSeconds
    }
    return (lookIndices[start.looks], counted, ratio(start.since, alpha: alpha))
  }
}

extension RatioEstimate {
  /// The ratio and its interval; nil without exposure on one side.
  init?(_ sample: TwoSample, phi: Double, alpha: Double) {
    guard let point = RatioInterval.point(sample) else { return nil }
    // A ratio of nothing to nothing would be one of pseudo counts.
    if sample.candidateEvents == 0, sample.baselineEvents == 0 { return nil }
    let interval = RatioInterval(sample, phi: phi, alpha: alpha)
    self.init(
      estimate: point, low: interval.low, high: interval.high.isFinite ? interval.high : nil)
  }
}
