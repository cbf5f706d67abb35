/// Why a signal did or did not alarm, in numbers.
package struct SignalArithmetic: Sendable {
  package var subject: Subject
  package var kind: String
  package var unit: ExposureUnit
  package var isRegressed: Bool
  /// In a sentence: what decided.
  package var because: String
  package var baseline: Counted
  package var candidate: Counted
  package var ratio: RatioEstimate?
  /// Dispersion of the baseline; nil where it is not used.
  package var dispersion: Double?
  /// Whether the baseline was too short or too empty to learn it.
  package var isDispersionUnknown = false
  /// Smallest rise (for a signal that must not fall, smallest rest) worth an alert.
  package var margin: Double?
  /// Part of alpha that is this signal's.
  package var alphaShare: Double?
  /// Natural logarithms of e-values: what was reached at the last look, at any look, and is needed.
  package var logEvidence = 0.0
  package var logEvidenceLargest = 0.0
  package var logThreshold: Double?
  /// Evidence of the ways in which the windows are looked at, whose mean counts.
  package var channels: [(name: String, logEvidence: Double)] = []
  /// Part of the evidence that counts: few baseline events cannot show that bursts exist.
  package var stake = 1.0
  package var settlingCount = 0.0
  /// How long until an alarm if things stay as they are; nil when that cannot be.
  package var secondsToAlarm: Double?
  /// How long a rate of twice the baseline would take to be seen from now on.
  package var secondsToSeeDouble: Double?
  /// The signature of what is new.
  package var signature: String?
  /// Signatures of the rule that were seen before the release, the most frequent first.
  package var known: [KnownSignature] = []

  /// A signature that is not new.
  package struct KnownSignature: Sendable {
    package var text: String
    package var before: Int
    package var after: Int
  }
}
