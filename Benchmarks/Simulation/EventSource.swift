#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How the events of a series cluster, by the names of the results.
enum Clustering: String, CaseIterable, Sendable {
  /// Independent events.
  case poi
  /// Independent windows with 2, 5 and 20 times the variance of independent events.
  case nb2, nb5, nb20
  /// Ten-fold rate for spells of a minute on average, a tenth of the time.
  case mmpp
  /// The logarithm of the rate wanders: standard deviation 0.7, correlation time a minute.
  case ar

  static let bursty: [Clustering] = [.nb5, .nb20, .mmpp, .ar]
}

/// The events of one series, window by window of ten seconds.
struct EventSource {
  private let clustering: Clustering
  private var random: RandomStream
  /// Whether the ten-fold rate is on.
  private var isHigh = false
  /// The wandering logarithm, standard normal.
  private var level = 0.0

  /// Mean windows of a spell of the ten-fold rate, and of the time between.
  private static let highWindows = 6.0
  private static let lowWindows = 54.0
  private static let correlation = exp(-10.0 / 60)
  private static let deviation = 0.7

  init(_ clustering: Clustering, _ random: RandomStream) {
    self.clustering = clustering
    self.random = random
    isHigh = self.random.uniform() < Self.highWindows / (Self.highWindows + Self.lowWindows)
    level = self.random.normal()
  }

  /// The next window's rate, `mean` on average. A changed mean brings more clusters, not larger ones,
  /// where clusters are independent (`nb`).
  mutating func rate(mean: Double) -> Double {
    switch clustering {
    case .poi: return mean
    case .nb2: return clustered(mean, phi: 2)
    case .nb5: return clustered(mean, phi: 5)
    case .nb20: return clustered(mean, phi: 20)
    case .mmpp:
      let leaving = 1 / (isHigh ? Self.highWindows : Self.lowWindows)
      if random.uniform() < leaving { isHigh.toggle() }
      return mean / 1.9 * (isHigh ? 10 : 1)
    case .ar:
      level =
        Self.correlation * level
        + (1 - Self.correlation * Self.correlation).squareRoot() * random.normal()
      return mean * exp(Self.deviation * level - 0.5 * Self.deviation * Self.deviation)
    }
  }

  private mutating func clustered(_ mean: Double, phi: Double) -> Double {
    mean > 0 ? random.gamma(shape: mean / (phi - 1)) * (phi - 1) : 0
  }

  /// The next window's count. Traffic multiplies the rate: clusters grow with it.
  mutating func count(mean: Double, traffic: Double = 1) -> Double {
    random.poisson(rate(mean: mean) * traffic)
  }

  /// A count at a rate that is already known.
  mutating func count(rate: Double) -> Double { random.poisson(rate) }
}
