package import Records
package import Redaction
import Rules
package import Windows

/// What every line of a report may refer to: the release, its people, and the names of files.
package struct WatchFacts: Sendable {
  /// The label of a release that nobody named.
  package static let unnamedRelease = "release"
  /// The name of standard input, as on the command line.
  package static let standardInput = "-"

  package var release: String
  package var at: Timestamp
  package var inputs: [String]
  package var ruleCount: Int
  package var service: String?
  package var environment: String?
  package var owner: String?
  package var expectation: String?
  /// How to undo the release; printed with every alert.
  package var rollback: String?
  package var alpha: Double
  /// Takes secrets out of every line of a log that is shown.
  package var redactor = Redactor.builtIn
  /// Names of files, by the index that samples carry.
  package var fileNames: [String] = []

  package init(
    release: String, at: Timestamp, inputs: [String], ruleCount: Int, alpha: Double
  ) {
    self.release = release
    self.at = at
    self.inputs = inputs
    self.ruleCount = ruleCount
    self.alpha = alpha
  }

  /// The text of a sample, without its secrets.
  package func redacted(_ sample: Sample) -> [UInt8] {
    redactor.redact(sample.text, isCut: sample.isCut)
  }

  func name(ofFile index: Int) -> String {
    fileNames.indices.contains(index) ? fileNames[index] : Self.standardInput
  }
}

/// What was read, in physical lines and skipped things.
package struct ReadingFacts: Sendable {
  package var baselineLines = 0
  package var candidateLines = 0
  package var unparsedLines = 0
  package var outsideLines = 0
  /// Lines that came too late for their own window.
  package var lateLines = 0
  package var truncatedLines = 0
  package var unreadableFiles = 0
  package var unsupportedCompression = 0
  package var nulBytes = 0
  package var baselineFrom: Timestamp?
  package var baselineTo: Timestamp?
  package var baselineRequests = 0.0

  package init() {}
}

/// A distribution that is shown beside the judged signals.
package struct Measured: Sendable {
  package var signal: String
  package var quantiles: [Double]
  package var baseline: Histogram
  package var candidate: Histogram

  package init(signal: String, quantiles: [Double], baseline: Histogram, candidate: Histogram) {
    self.signal = signal
    self.quantiles = quantiles
    self.baseline = baseline
    self.candidate = candidate
  }
}

/// The routes behind a regressed signal, worst first.
package struct RouteShare: Sendable {
  package var signal: String
  package var route: String
  package var baselineCount: Double
  package var baselineExposure: Double
  package var candidateCount: Double
  package var candidateExposure: Double

  package init(
    signal: String, route: String, baselineCount: Double, baselineExposure: Double,
    candidateCount: Double, candidateExposure: Double
  ) {
    self.signal = signal
    self.route = route
    self.baselineCount = baselineCount
    self.baselineExposure = baselineExposure
    self.candidateCount = candidateCount
    self.candidateExposure = candidateExposure
  }
}
