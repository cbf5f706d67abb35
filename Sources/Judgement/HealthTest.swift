import Rules
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether a signal was shown to be healthy since the release, or since an alarm ended.
///
/// It runs over the whole watch: blocks share alpha, and healthy spends none of it. Each part of a
/// signal has to be shown healthy, which needs no correction (intersection-union).
struct HealthTest: Sendable {
  private let baselines: [Baseline]
  private let ratios: [Double]
  private let floors: [Double?]
  private let direction: Signal.Direction
  private let assumesIndependentErrors: Bool
  private var seen = Reading()
  /// Exposure of windows without any line. It counts once a line comes behind it: a log that stopped
  /// is no proof of health.
  private var quiet = Reading()
  private(set) var logE = 0.0
  private(set) var isHealthy = false
  private let parts: Int

  /// - Parameters:
  ///   - ratios: for each part, the multiple of the baseline that has to be rejected.
  ///   - floors: for each part, the rate below which it is healthy whatever the baseline was, if any.
  init(
    baselines: [Baseline], ratios: [Double], floors: [Double?], direction: Signal.Direction,
    assumesIndependentErrors: Bool
  ) {
    self.baselines = baselines
    self.ratios = ratios
    self.floors = floors
    self.direction = direction
    self.assumesIndependentErrors = assumesIndependentErrors
    parts = baselines.count
  }

  /// Evidence at which a signal is healthy.
  static var threshold: Double { -log(Parameters.beta) }

  mutating func update(_ reading: Reading, isQuiet: Bool, phi: (Int) -> Double) {
    guard !isQuiet else {
      quiet += reading
      return
    }
    seen += quiet
    seen += reading
    quiet = Reading()
    guard !isHealthy, seen.exposure > 0 else { return }
    logE = evidence(after: Reading(), phi: phi)
    isHealthy = logE >= Self.threshold
  }

  /// Evidence after a further reading: that of the part that has least.
  func evidence(after more: Reading, phi: (Int) -> Double) -> Double {
    var least = Double.infinity
    for part in 0..<parts {
      let baseline = baselines[part]
      let sample = TwoSample(
        candidateEvents: seen.counts[part] + more.counts[part],
        candidateExposure: seen.exposure + more.exposure, baselineEvents: baseline.events,
        baselineExposure: baseline.exposure)
      let evidence =
        switch direction {
        case .up:
          HealthyTest.logE(
            sample, floorRate: floors[part], phi: phi(part),
            phiFloor: assumesIndependentErrors && baseline.isRare ? 1 : phi(part),
            rHealthy: ratios[part])
        case .down:
          RatioMixture.logEUp(sample, r0: 1 / ratios[part], phi: phi(part))
        }
      least = min(least, evidence)
    }
    return least
  }

  /// Further exposure until healthy if events keep the baseline's rate; nil when that would take more
  /// than ten thousand baselines.
  func neededExposure(phi: (Int) -> Double) -> Double? {
    guard let first = baselines.first, first.exposure > 0 else { return nil }
    func evidence(_ exposure: Double) -> Double {
      var more = Reading(exposure: exposure)
      for part in 0..<parts {
        more.counts[part] = baselines[part].events / baselines[part].exposure * exposure
      }
      return self.evidence(after: more, phi: phi)
    }
    let farthest = Parameters.forecastExposureFactor * max(first.exposure, seen.exposure)
    var high = 1e-3 * max(seen.exposure, 1e-3 * first.exposure)
    while evidence(high) < Self.threshold {
      high *= 2
      guard high <= farthest else { return nil }
    }
    var low = 0.0
    for _ in 0..<40 {
      let middle = 0.5 * (low + high)
      if evidence(middle) < Self.threshold { low = middle } else { high = middle }
    }
    return high
  }

  /// Starts anew.
  mutating func restart() {
    seen = Reading()
    quiet = Reading()
    logE = 0
    isHealthy = false
  }
}
