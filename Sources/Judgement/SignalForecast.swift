package import Rules
import Statistics

/// What a baseline lets one see of a signal: how long a rise would take to be seen, and how long until
/// it can be called healthy.
package struct SignalForecast: Sendable {
  /// The rises that are told, as multiples of the baseline.
  package static let rises = [1.5, 2, 5, 10]

  /// The time after which the smallest rate that is seen is told.
  package static let leastSeconds = 600.0

  /// One rise.
  package struct Rise: Sendable {
    /// Multiple of the baseline.
    package let ratio: Double
    /// Seconds after the release, the restart span included; nil when it cannot be seen.
    package let seconds: Double?
  }

  package let signal: Signal
  package let isRequired: Bool
  package let unit: ExposureUnit
  package let baseline: Counted
  /// Dispersion of the baseline: 1 when events look independent.
  package let dispersion: Double
  /// In the order of `rises`; empty for a signal that alarms when it falls.
  package let expected: [Rise]
  /// The smallest rate that would be seen within `leastSeconds`; nil where none would be, and for
  /// signals that are no count.
  package let leastRate: Double?
  /// Seconds after the release until it could be called healthy if nothing changed; nil when that
  /// cannot be said with this baseline.
  package let healthySeconds: Double?
  /// For latency: what the requests counted are slower than.
  package let slowerThanSeconds: Double?
}
