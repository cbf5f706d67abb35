/// Bounds that keep every intermediate result finite.
///
/// With counts up to 1e15 every product of the method stays far below the largest `Double`.
enum Limits {
  /// Largest number of events one window may carry; more are cut to this.
  static let windowEventsLimit = 1e15
  /// Largest exposure one window may carry (requests, lines or seconds).
  static let windowExposureLimit = 1e15
  /// Later starts for which a channel reserves memory at once.
  static let startsReservedLimit = 512
  /// Newton steps of one root; 3 to 6 are enough, the bound only stops hostile input.
  static let rootSteps = 60
  /// Relative size of the Newton step after which a root is final: Newton is quadratic, so what
  /// is left is about 1e-14.
  static let rootStepRelative = 1e-7
  /// Below this size of phi - 1 the Poisson formulas are used; both agree there to 1e-9.
  static let poissonExcess = 1e-9
  /// Smallest dispersion of a proportion: exactly 0 would make one miss infinite evidence.
  static let proportionPhiMinimum = 1e-6
  /// Largest dispersion considered when the baseline's own past is made harmless.
  static let phiLimit = 1e7
  /// Largest Fano factor; keeps what is computed from it finite.
  static let fanoLimit = 1e18
  /// Largest growth of traffic that raises a dispersion; keeps it finite.
  static let trafficGrowthLimit = 1e9
  /// Halvings of a bisection on the dispersion.
  static let phiBisectionSteps = 50
  /// Halvings of a bisection on a ratio, and the relative width at which it ends.
  static let ratioBisectionSteps = 200
  static let ratioBisectionWidth = 1e-12
  /// Halvings of a bisection on a forecast exposure.
  static let forecastBisectionSteps = 100
  /// Smallest and largest ratio an interval can end at.
  static let ratioSmallest = 1e-9
  static let ratioLargest = 1e9

  /// A count or exposure as the method may use it: not a number and negative values carry nothing.
  static func bounded(_ value: Double, by limit: Double) -> Double {
    value > 0 ? min(value, limit) : 0
  }
}
