#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The root of one start and one ratio, followed from look to look.
///
/// `EValue.logM` solves for its root anew, with two logarithms a step and four for the tilts. From one
/// look to the next the root moves by a thousandth, the exposure of one window over that of the
/// baseline, and a step of that size needs no logarithm: log(1 + x) of a small x is a short series.
/// Halley's step (Newton's with the curvature) leaves the third power of its size. The logarithms
/// are taken anew after some looks, so that rounding errors cannot add up.
struct FollowedRoot: Sendable {
  /// c, the excess dispersion, and rho, that the root belongs to.
  private var excess = 0.0
  private var ratio = 1.0
  private var logRatio = 0.0
  private var q = 1.0
  /// log q
  private var logQ = 0.0
  /// log((1 + c q)/(1 + c)) and log((1 + c rho q)/(1 + c)), c times the cumulants at the root.
  private var base = 0.0
  private var raised = 0.0
  /// Looks until the logarithms are taken anew; 0 when there is no root to follow.
  private var looksLeft = 0

  /// Largest relative change that the series is good for: what it leaves out is below 2e-17.
  private static let stepLargest = 0.01
  /// Size of a step after which the root is final, and the shorter series is enough.
  private static let stepFinal = 1e-5
  private static let steps = 6
  private static let looksBetween = 64

  /// The same as `EValue.logM` for a sample with exposure on both sides and |c| that is not Poisson's.
  mutating func logM(_ sample: TwoSample, ratio: Double, phi: Double) -> Double {
    let c = phi - 1
    var ratio = ratio
    if c < 0, ratio >= -1 / c { ratio = 0.5 * (1 - 1 / c) }
    if looksLeft > 0, follows(sample, ratio: ratio, excess: c) {
      looksLeft -= 1
    } else if solves(sample, ratio: ratio, excess: c) {
      looksLeft = Self.looksBetween
    } else {
      looksLeft = 0
      return EValue.logM(sample, ratio: ratio, phi: phi)
    }
    let result =
      sample.candidateEvents * (logRatio + logQ - raised) + sample.baselineEvents * (logQ - base)
    return result.isFinite ? result : 0
  }

  /// Solves anew. False where the root was left out of reach, close to the end of shares.
  private mutating func solves(_ sample: TwoSample, ratio: Double, excess c: Double) -> Bool {
    excess = c
    if ratio != self.ratio {
      self.ratio = ratio
      logRatio = log(ratio)
    }
    q = EValue.root(
      baselineExposure: sample.baselineExposure, candidateExposure: sample.candidateExposure,
      ratio: ratio, excess: c)
    logQ = log(q)
    base = log1p(c * (q - 1) / (1 + c))
    raised = log1p(c * (ratio * q - 1) / (1 + c))
    let left = sample.baselineExposure * base
    return abs(left + sample.candidateExposure * raised) <= 1e-9 * abs(left)
  }

  /// Moves the root to another exposure and dispersion. False when it moves too far for that.
  private mutating func follows(_ sample: TwoSample, ratio: Double, excess c: Double) -> Bool {
    guard ratio == self.ratio else { return false }
    if c != excess {
      let x = (c - excess) * (q - 1) / ((1 + excess * q) * (1 + c))
      let y = (c - excess) * (ratio * q - 1) / ((1 + excess * ratio * q) * (1 + c))
      guard max(abs(x), abs(y)) <= Self.stepLargest else { return false }
      base += Self.logOnePlus(x)
      raised += Self.logOnePlus(y)
      excess = c
    }
    let e = sample.baselineExposure
    let u = sample.candidateExposure
    for _ in 0..<Self.steps {
      let first = 1 + c * q
      let second = 1 + c * ratio * q
      // One division for all three reciprocals.
      let product = 1 / (first * second * q)
      let atBase = c * second * q * product
      let atRaised = c * ratio * first * q * product
      let baseSlope = e * atBase
      let raisedSlope = u * atRaised
      let unit = 1 / (baseSlope + raisedSlope)
      let newton = -(e * base + u * raised) * unit
      let bend = 0.5 * newton * (baseSlope * atBase + raisedSlope * atRaised) * unit
      let step = newton * (1 + bend * (1 + bend))
      let x = step * atBase
      let y = step * atRaised
      let z = step * first * second * product
      let size = max(abs(x), abs(y), abs(z))
      guard size <= Self.stepLargest else { return false }
      q += step
      if size <= Self.stepFinal {
        base += Self.logOnePlusTiny(x)
        raised += Self.logOnePlusTiny(y)
        logQ += Self.logOnePlusTiny(z)
        return true
      }
      base += Self.logOnePlus(x)
      raised += Self.logOnePlus(y)
      logQ += Self.logOnePlus(z)
    }
    return false
  }

  /// log(1 + x) up to `stepLargest`.
  private static func logOnePlus(_ x: Double) -> Double {
    let outer = 1.0 / 5 - x * (1.0 / 6 - x * (1.0 / 7))
    return x - x * x * (0.5 - x * (1.0 / 3 - x * (0.25 - x * outer)))
  }

  /// log(1 + x) up to `stepFinal`.
  private static func logOnePlusTiny(_ x: Double) -> Double {
    x - x * x * (0.5 - x * (1.0 / 3))
  }
}
