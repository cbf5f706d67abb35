#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One e-process: a mixture over ratios and over the moment the change started.
///
/// Start 0 is the release (weight `firstWeight`); later starts are the window boundaries
/// `stride`, `2 stride`, ..., `laterStarts` of them sharing the rest of the weight. A start
/// compares what came after it with the baseline:
///
///     log E = LSE_j [ log w_j + log E_mixture(X - X_j, U - U_j) ]
///
/// One not reached yet adds nothing. A later start of a channel judged upwards uses only the three
/// ratios around the observed one. Windows may have any length and any exposure. Mixing over
/// starts: Shin, Ramdas and Rinaldo, E-detectors (arXiv 2203.03532).
package struct Channel: Sendable {
  /// B, events of the baseline of this channel.
  package let baselineEvents: Double
  /// E, exposure of the baseline of this channel.
  package let baselineExposure: Double
  /// Dispersion; may be raised between updates when traffic grows.
  package var phi: Double
  /// Margin: evidence is against "the ratio is at most (up) or at least (down) `r0`".
  package let r0: Double
  package let direction: RatioMixture.Direction
  /// X, events so far.
  package private(set) var events = 0.0
  /// U, exposure so far.
  package private(set) var exposure = 0.0
  /// Windows so far.
  package private(set) var looks = 0

  private let stride: Int
  private let laterStarts: Int
  private let firstLogWeight: Double
  private let laterLogWeight: Double
  private var laterEvents: [Double] = []
  private var laterExposures: [Double] = []
  /// What `evaluate` knows from the look before, by start and ratio.
  private var roots: [FollowedRoot] = []

  /// A channel with an explicit plan of starts. `stride` is in windows.
  package init(
    baselineEvents: Double, baselineExposure: Double, phi: Double = 1, r0: Double = 1,
    direction: RatioMixture.Direction = .up, stride: Int, laterStarts: Int,
    firstWeight: Double = Parameters.releaseWeight
  ) {
    precondition(stride > 0, "the stride of a channel must be at least one window")
    precondition(laterStarts >= 0, "a channel cannot have a negative number of later starts")
    precondition(
      firstWeight > 0 && firstWeight <= 1, "the weight of the first start must be in (0, 1]")
    self.baselineEvents = baselineEvents
    self.baselineExposure = baselineExposure
    self.phi = phi
    self.r0 = r0
    self.direction = direction
    self.stride = stride
    self.laterStarts = laterStarts
    firstLogWeight = log(firstWeight)
    laterLogWeight = laterStarts > 0 ? log((1 - firstWeight) / Double(laterStarts)) : -.infinity
    let reserved = min(laterStarts, Limits.startsReservedLimit)
    laterEvents.reserveCapacity(reserved)
    laterExposures.reserveCapacity(reserved)
  }

  /// A channel whose starts are spread over a watch of `looks` windows, about `starts` of them.
  package init(
    baselineEvents: Double, baselineExposure: Double, phi: Double, r0: Double,
    direction: RatioMixture.Direction = .up, looks: Int, starts: Int
  ) {
    precondition(starts > 0, "a channel needs at least one start")
    let stride = max(1, looks / starts)
    self.init(
      baselineEvents: baselineEvents, baselineExposure: baselineExposure, phi: phi, r0: r0,
      direction: direction, stride: stride, laterStarts: max(1, looks / stride - 1))
  }

  /// Adds one window without evaluating the evidence.
  package mutating func add(events: Double, exposure: Double) {
    // A start is taken up with the first window after it, so that it adds nothing before.
    if looks > 0, looks % stride == 0, laterEvents.count < laterStarts {
      laterEvents.append(self.events)
      laterExposures.append(self.exposure)
    }
    self.events += events
    self.exposure += exposure
    looks += 1
  }

  /// Adds one window; returns the log e-value after it.
  package mutating func update(events: Double, exposure: Double) -> Double {
    add(events: events, exposure: exposure)
    return evaluate()
  }

  /// The counts since the release.
  package var sample: TwoSample {
    TwoSample(
      candidateEvents: events, candidateExposure: exposure, baselineEvents: baselineEvents,
      baselineExposure: baselineExposure)
  }

  /// The log e-value now, the same as `logE` up to rounding, several times cheaper at looks that
  /// follow each other.
  package mutating func evaluate() -> Double {
    let ratios = RatioMixture.count(direction)
    // Taken out while they are written to, because everything else of the channel is read.
    var taken: [FollowedRoot] = []
    swap(&taken, &self.roots)
    defer { swap(&taken, &self.roots) }
    while taken.count < (1 + laterEvents.count) * ratios { taken.append(FollowedRoot()) }
    let expectedRate = expectedRate
    var sum = LogSum()
    var since = sample
    var roots = taken.mutableSpan
    RatioMixture.add(
      to: &sum, logWeight: firstLogWeight, since, direction: direction, r0: r0, phi: phi,
      terms: 0..<ratios, roots: &roots, from: 0)
    for j in laterEvents.indices {
      since.candidateEvents = events - laterEvents[j]
      since.candidateExposure = exposure - laterExposures[j]
      let terms =
        direction == .down
        ? 0..<ratios
        : RatioMixture.termsNear(
          events: since.candidateEvents, expected: expectedRate * since.candidateExposure)
      RatioMixture.add(
        to: &sum, logWeight: laterLogWeight, since, direction: direction, r0: r0, phi: phi,
        terms: terms, roots: &roots, from: (j + 1) * ratios)
    }
    return sum.value
  }

  /// Events one unit of exposure would bring at the margin, the pseudo cluster included.
  private var expectedRate: Double {
    (baselineEvents + 0.5 * max(phi, 1)) / baselineExposure * r0
  }

  /// The log e-value now. At most 9 + 3 x later starts root solves (up), 6 a start (down).
  package func logE() -> Double {
    var sum = LogSum()
    var since = sample
    sum.add(
      firstLogWeight + RatioMixture.logE(since, direction: direction, r0: r0, phi: phi))
    let expectedRate = expectedRate
    for j in laterEvents.indices {
      since.candidateEvents = events - laterEvents[j]
      since.candidateExposure = exposure - laterExposures[j]
      sum.add(laterLogWeight + logELater(since, expectedRate: expectedRate))
    }
    return sum.value
  }

  /// The start that carries most of the evidence: how many windows before it, and the counts since.
  package func strongestStart() -> (looks: Int, since: TwoSample) {
    var best = (looks: 0, since: sample)
    var largest =
      firstLogWeight + RatioMixture.logE(best.since, direction: direction, r0: r0, phi: phi)
    let expectedRate = (baselineEvents + 0.5 * max(phi, 1)) / baselineExposure * r0
    for j in laterEvents.indices {
      var since = sample
      since.candidateEvents -= laterEvents[j]
      since.candidateExposure -= laterExposures[j]
      let term = laterLogWeight + logELater(since, expectedRate: expectedRate)
      if term > largest {
        largest = term
        best = ((j + 1) * stride, since)
      }
    }
    return best
  }

  /// How many starts share the weight, the first included.
  package var startCount: Int { laterStarts + 1 }

  private func logELater(_ since: TwoSample, expectedRate: Double) -> Double {
    guard since.isInformative else { return 0 }
    switch direction {
    case .down:
      return RatioMixture.logEDown(since, r0: r0, phi: phi)
    case .up:
      let terms = RatioMixture.termsNear(
        events: since.candidateEvents, expected: expectedRate * since.candidateExposure)
      return RatioMixture.logEUp(since, r0: r0, phi: phi, terms: terms)
    }
  }
}
