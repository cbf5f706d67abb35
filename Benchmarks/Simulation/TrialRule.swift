import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A rule put together from the judge's channels with one thing changed, to see what it is worth.
///
/// Only counts per time of even windows: what a trial has to show is shown there first.
struct TrialRule {
  /// What is different from the judge's rule.
  enum Variant: String, CaseIterable, Sendable {
    /// Nothing: the judge's own rule.
    case none = "as it is"
    /// A channel more, of clusters instead of events.
    case clusters = "a channel of clusters"
    /// The channel of clusters in the place of the share of active windows.
    case clustersForActivity = "clusters instead of activity"
    /// Clusters carry half of the average, all other channels the other half.
    case clustersHalf = "clusters as half of the average"
    /// Clusters counted in larger units where they vary less than independent events do.
    case scaled = "clusters scaled to dispersion 1"
    /// The same as half of the average.
    case scaledHalf = "clusters scaled, as half"
    /// Scaled for clusters three times as many, and smaller: less saturated by a rise.
    case wide = "smaller clusters, scaled"
    /// The same as half of the average.
    case wideHalf = "smaller clusters, scaled, as half"
    /// The counts with the dispersion as measured beside the inflated one.
    case twoDispersions = "two dispersions, inflated and measured"
    /// The same with a standard error on top of what was measured.
    case moderateDispersion = "two dispersions, inflated and measured + error"
    /// Both: scaled clusters as half, the second dispersion with an error on top, clumped episodes.
    case together = "clusters scaled as half, second dispersion + error, clumped episodes"
    /// Where bursts outlast windows, episodes are taken to be as clumped as active windows are.
    case clumped = "episodes as clumped as activity"
    /// The dispersion is at least what the watch itself shows around its own mean.
    case ownWatch = "at least the watch's own dispersion"
    /// The same, and episodes and active windows as clumped as the watch shows them.
    case ownWatchAll = "the same in all channels"
  }

  private struct Part {
    var channel: Channel
    let phi: Double
    let kind: Kind
    var weight: Double
  }

  private enum Kind { case counts, episodes, activity, clusters }

  private let variant: Variant
  private let baseline: Baseline
  private var parts: [Part] = []
  private let clusterShape: Double
  private var clusterUnit = 1.0
  private let stake: Double
  private var blocked = 0
  private var own = OwnDispersion()
  private var ownActivity = OwnDispersion()

  init(_ row: ArraySlice<Double>, looks: Int, variant: Variant) {
    let events = Array(row)
    let exposures = [Double](repeating: 10, count: events.count)
    self.variant = variant
    baseline = Baseline(events: events, exposures: exposures)
    stake = baseline.stake
    let scales = Dispersion.scales(events: events, exposures: exposures)
    let mean = baseline.events / Double(max(1, events.count))
    let fano = max(scales.first?.fano ?? 1, 1 + 1e-6)
    let widths: [Variant: Double] = [.wide: 3, .wideHalf: 3]
    clusterShape = max(mean, 1e-9) / (fano - 1) * (widths[variant] ?? 1)
    add(
      .counts, events: baseline.events, exposure: baseline.exposure, phi: baseline.phi, looks,
      starts: baseline.phi <= 1 ? 60 : 30)
    let second: [Variant: Double] = [
      .twoDispersions: 0, .moderateDispersion: 1, .together: 1,
    ]
    if let errors = second[variant], baseline.phi > 1.5, !baseline.isRare,
      let largest = scales.max(by: { $0.fano < $1.fano })
    {
      let error = (2 / Double(min(baseline.episodes, largest.blocks))).squareRoot()
      let measured = 1 + (largest.fano - 1) * (1 + errors * error)
      add(
        .counts, events: baseline.events, exposure: baseline.exposure,
        phi: min(baseline.phi, max(1, measured)), looks, starts: 30)
    }
    if let series = baseline.episodeSeries {
      var phi = series.phi
      if variant == .clumped || variant == .together {
        let clump = Dispersion.clump(events: events, exposures: exposures)
        let active = Double(events.count { $0 > 0 }) / Double(events.count)
        if clump > 1 { phi = max(phi, (1 - active) * clump, 0.5 * clump) }
      }
      add(.episodes, events: series.events, exposure: series.exposure, phi: phi, looks, starts: 20)
    }
    if let series = baseline.activitySeries, variant != .clustersForActivity {
      add(
        .activity, events: series.events, exposure: series.exposure, phi: series.phi, looks,
        starts: 20)
    }
    for part in parts.indices { parts[part].weight = 1 / Double(parts.count) }
    addClusters(events, exposures, looks)
  }

  private mutating func add(
    _ kind: Kind, events: Double, exposure: Double, phi: Double, _ looks: Int, starts: Int
  ) {
    let channel = Channel(
      baselineEvents: events, baselineExposure: exposure, phi: phi, r0: 1, looks: looks,
      starts: starts)
    parts.append(Part(channel: channel, phi: phi, kind: kind, weight: 1))
  }

  private mutating func addClusters(_ events: [Double], _ exposures: [Double], _ looks: Int) {
    let wants: [Variant] = [
      .clusters, .clustersForActivity, .clustersHalf, .scaled, .scaledHalf, .wide, .wideHalf,
      .together,
    ]
    guard wants.contains(variant), baseline.phi > 1.5, !baseline.isRare else { return }
    var clusters = events.map { Self.clusters($0, shape: clusterShape) }
    if ![.clusters, .clustersForActivity, .clustersHalf].contains(variant) {
      clusterUnit = 1 / max(0.1, min(1, Self.dispersionAtMost(clusters, exposures)))
      clusters = clusters.map { $0 * clusterUnit }
    }
    var phi = Dispersion.estimate(
      events: clusters, exposures: exposures, episodes: events.count { $0 > 0 }, prior: 1,
      episodesMinimum: 0
    ).phi
    let clump = Dispersion.clump(events: events, exposures: exposures)
    if clump > 1 { phi = max(phi, 0.5 * clump) }
    add(
      .clusters, events: clusters.reduce(0, +), exposure: baseline.exposure, phi: phi, looks,
      starts: 20)
    let halves: [Variant] = [.clustersHalf, .scaledHalf, .wideHalf, .together]
    let share = halves.contains(variant) ? 0.5 : 1 / Double(parts.count)
    for part in parts.indices.dropLast() { parts[part].weight *= 1 - share }
    parts[parts.count - 1].weight = share
  }

  /// An upper bound of a dispersion below 1: that of single windows with two standard errors, or a
  /// longer block's that lies clearly above.
  private static func dispersionAtMost(_ events: [Double], _ exposures: [Double]) -> Double {
    let scales = Dispersion.scales(events: events, exposures: exposures)
    guard let first = scales.first else { return 1 }
    func error(_ scale: Dispersion.Scale) -> Double { (2 / Double(scale.blocks)).squareRoot() }
    return scales.dropFirst().reduce(first.fano * (1 + 2 * error(first))) {
      max($0, $1.fano * (1 - 1.6 * error($1)))
    }
  }

  /// How many clusters a window of `x` events holds on average, if clusters come independently and
  /// their sizes follow the logarithmic law that makes counts negative binomial: the tables of
  /// a Chinese restaurant, a (psi(a + x) - psi(a)).
  static func clusters(_ x: Double, shape a: Double) -> Double {
    guard x > 0 else { return 0 }
    if x <= 32 {
      return stride(from: 0.0, to: x, by: 1).reduce(0) { $0 + a / (a + $1) }
    }
    return clusters(32, shape: a) + a * (digamma(a + x) - digamma(a + 32))
  }

  /// For arguments above 30.
  private static func digamma(_ x: Double) -> Double {
    let square = 1 / (x * x)
    return log(x) - 0.5 / x - square * (1.0 / 12 - square * (1.0 / 120 - square / 252))
  }

  /// Adds a window of ten seconds; returns the log e-value after it.
  mutating func update(_ x: Double) -> Double {
    own.add(x)
    ownActivity.add(x > 0 ? 1 : 0)
    let isBlocked = blocked > 0
    if isBlocked { blocked -= 1 } else if x > 0 { blocked = baseline.deadWindows }
    let floor = variant == .ownWatch || variant == .ownWatchAll ? own.phi : 1
    let activityFloor = variant == .ownWatchAll ? ownActivity.phi : 1
    var terms: [Double] = []
    for index in parts.indices {
      let part = parts[index]
      var events = x
      var exposure = 10.0
      switch part.kind {
      case .counts: parts[index].channel.phi = max(part.phi, floor)
      case .episodes:
        events = isBlocked ? 0 : x > 0 ? 1 : 0
        if isBlocked { exposure = 0 }
        parts[index].channel.phi = max(part.phi, activityFloor)
      case .activity:
        if x > 0 { (events, exposure) = (1, 5) }
        parts[index].channel.phi = max(part.phi, activityFloor)
      case .clusters: events = Self.clusters(x, shape: clusterShape) * clusterUnit
      }
      let evidence = parts[index].channel.update(events: events, exposure: exposure)
      terms.append(log(stake * part.weight) + evidence)
    }
    if stake < 1 { terms.append(log(1 - stake)) }
    let largest = terms.max() ?? 0
    return largest + log(terms.reduce(0) { $0 + exp($1 - largest) })
  }

  /// The look of the alarm, or nil.
  static func alarm(
    _ row: [Double], baselineWindows: Int, threshold: Double, variant: Variant
  ) -> Int? {
    var rule = TrialRule(
      row[..<baselineWindows], looks: row.count - baselineWindows, variant: variant)
    for (look, x) in row[baselineWindows...].enumerated() where rule.update(x) >= threshold {
      return look
    }
    return nil
  }
}
