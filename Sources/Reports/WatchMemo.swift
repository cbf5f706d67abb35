package import Judgement
import Records
import Redaction
import Windows

/// What a watch of a release leaves in the ledger, for the note that is written of it later.
///
/// Member names are those of the stored text; new ones are optional, so that what an older version
/// left can still be read.
package struct WatchMemo: Codable, Sendable {
  package static let version = 1

  package struct Count: Codable, Sendable {
    package var count: Double
    package var exposure: Double
  }

  package struct Ratio: Codable, Sendable {
    package var estimate: Double
    package var low: Double
    package var high: Double?
  }

  package struct Silenced: Codable, Sendable {
    package var until: Int64
    package var reason: String
  }

  package struct Signal: Codable, Sendable {
    package var signal: String
    package var kind: String
    package var about: String?
    package var severity: String
    package var state: String
    package var isRequired: Bool
    package var isAdvisory: Bool
    package var unit: String
    package var baseline: Count
    package var candidate: Count
    package var ratio: Ratio?
    package var slowerThanSeconds: Double?
    package var reason: String
    package var explainedBy: String?
    package var silenced: Silenced?
  }

  package struct Alert: Codable, Sendable {
    package var state: String
    package var signal: String
    package var kind: String
    package var severity: String
    package var about: String?
    package var unit: String
    package var at: Int64
    package var first: Int64?
    package var since: Int64?
    package var baseline: Count
    package var candidate: Count
    package var ratio: Ratio?
    package var slowerThanSeconds: Double?
    package var logEvidence: Double
    package var logThreshold: Double
    package var sample: String?
    package var place: String?
    package var hint: String?
    package var silenced: Silenced?
  }

  /// A quantile before and after, in seconds.
  package struct Quantile: Codable, Sendable {
    package var signal: String
    package var share: Double
    package var baseline: Double?
    package var candidate: Double?
  }

  package var v = version
  package var release: String
  /// Nanoseconds since 1970, like every time here.
  package var at: Int64
  package var service: String?
  package var environment: String?
  package var owner: String?
  package var expectation: String?
  package var rollback: String?
  package var inputs: [String]
  package var alpha: Double
  package var outcome: String
  package var status: Int
  package var blindness: [String]
  package var cautions: [String]
  package var baselineLines: Int
  package var candidateLines: Int
  package var baselineFrom: Int64?
  package var baselineTo: Int64?
  package var signals: [Signal]
  /// In the order of their times.
  package var alerts: [Alert]
  package var quantiles: [Quantile]
  package var charts: [Chart]?
  package var latencyCharts: [LatencyChart]?
}

extension WatchMemo {
  package init(
    _ verdict: Verdict, _ facts: WatchFacts, _ reading: ReadingFacts, measured: [Measured],
    status: Int
  ) {
    release = facts.release
    at = facts.at.nanoseconds
    service = facts.service
    environment = facts.environment
    owner = facts.owner
    expectation = facts.expectation
    rollback = facts.rollback
    inputs = facts.inputs
    alpha = facts.alpha
    outcome = verdict.outcome.rawValue
    self.status = status
    blindness = verdict.blindness
    cautions = verdict.cautions
    baselineLines = reading.baselineLines
    candidateLines = reading.candidateLines
    baselineFrom = reading.baselineFrom?.nanoseconds
    baselineTo = reading.baselineTo?.nanoseconds
    signals = verdict.signals.map(Signal.init)
    alerts = verdict.alerts.sorted { $0.at < $1.at }.map { Alert($0, facts) }
    quantiles = measured.flatMap { measured in
      measured.quantiles.map { share in
        Quantile(
          signal: measured.signal, share: share, baseline: measured.baseline.quantile(share),
          candidate: measured.candidate.quantile(share))
      }
    }
  }
}

extension WatchMemo.Count {
  init(_ counted: Counted) { self.init(count: counted.count, exposure: counted.exposure) }
}

extension WatchMemo.Ratio {
  init(_ ratio: RatioEstimate) {
    self.init(estimate: ratio.estimate, low: ratio.low, high: ratio.high)
  }
}

extension WatchMemo.Silenced {
  init(_ mute: Mute) { self.init(until: mute.until.nanoseconds, reason: mute.reason) }
}

extension WatchMemo.Signal {
  init(_ signal: SignalVerdict) {
    self.init(
      signal: signal.subject.text, kind: signal.kind, about: signal.about,
      severity: signal.severity.name, state: signal.state.rawValue, isRequired: signal.isRequired,
      isAdvisory: signal.isAdvisory, unit: signal.unit.rawValue,
      baseline: .init(signal.baseline), candidate: .init(signal.candidate),
      ratio: signal.ratio.map { .init($0) }, slowerThanSeconds: signal.slowerThanSeconds,
      reason: signal.reason, explainedBy: signal.explainedBy,
      silenced: signal.mute.map { .init($0) })
  }
}

extension WatchMemo.Alert {
  init(_ alert: Alert, _ facts: WatchFacts) {
    self.init(
      state: alert.state.rawValue, signal: alert.subject.text, kind: alert.kind,
      severity: alert.severity.name, about: alert.about, unit: alert.unit.rawValue,
      at: alert.at.nanoseconds, first: alert.first?.nanoseconds, since: alert.since?.nanoseconds,
      baseline: .init(alert.baseline), candidate: .init(alert.candidate),
      ratio: alert.ratio.map { .init($0) }, slowerThanSeconds: alert.slowerThanSeconds,
      logEvidence: alert.logEvidence, logThreshold: alert.logThreshold,
      sample: alert.sample.map {
        String(decoding: facts.redactor.redact($0.text, isCut: $0.isCut), as: UTF8.self)
      },
      place: alert.sample.map { "\(facts.name(ofFile: $0.file)):\($0.lineNumber)" },
      hint: alert.hint, silenced: alert.mute.map { .init($0) })
  }
}
