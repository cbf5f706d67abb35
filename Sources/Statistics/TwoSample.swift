/// What is compared: events over exposure, after the release and before it.
///
/// Exposure is whatever the events are measured against (requests, lines, seconds), the same unit
/// on both sides. Counts may be fractional (sampled logs).
package struct TwoSample: Sendable, Equatable {
  /// X, events of the candidate.
  package var candidateEvents: Double
  /// U, exposure of the candidate.
  package var candidateExposure: Double
  /// B, events of the baseline.
  package var baselineEvents: Double
  /// E, exposure of the baseline.
  package var baselineExposure: Double

  package init(
    candidateEvents: Double, candidateExposure: Double,
    baselineEvents: Double, baselineExposure: Double
  ) {
    self.candidateEvents = candidateEvents
    self.candidateExposure = candidateExposure
    self.baselineEvents = baselineEvents
    self.baselineExposure = baselineExposure
  }

  /// Whether both sides were observed at all; without it there is no evidence.
  package var isInformative: Bool {
    candidateExposure > 0 && baselineExposure > 0
  }
}
