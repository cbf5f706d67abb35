package import Records

/// What a watch promises and how cautious it is; the defaults are those of `tidemark watch --help`.
package struct JudgeOptions: Sendable {
  /// Probability of any false alarm in the whole watch, over all signals and looks.
  package var alpha = 0.01
  /// Smallest rise worth an alert; nil takes the default of each kind.
  package var minimumEffect: Double?
  /// Healthy means: shown to be below this multiple of the baseline.
  package var healthyRatio = 2.0
  /// Below this share of requests a signal is healthy whatever the baseline was.
  package var healthyFloorPerRequest = 0.005
  /// The same for signals per time, in events a second.
  package var healthyFloorPerSecond = 1.0 / 60
  /// Takes errors as independent of each other, which makes healthy quicker and less safe.
  package var assumesIndependentErrors = false
  /// The first occurrence of a new crash or release kind is a regression.
  package var failsOnNew = false
  /// Signatures that the baseline never showed are new. Off where the baseline does not hold any: all
  /// of them would be.
  package var judgesSignatures = true
  /// Whether cautions name the options of a watch that would help.
  package var advisesWatch = true
  /// Spans left out of the baseline.
  package var excluded: [Range<Timestamp>] = []

  package init() {}

  /// Margin r0 of a kind of signal: drift of a few percent otherwise alarms at high counts.
  /// Traffic as exposure cancels daily waves; time does not, so it gets the wider one.
  func margin(perTime: Bool) -> Double { minimumEffect ?? (perTime ? 1.25 : 1.1) }
}
