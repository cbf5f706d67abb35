package import Records
package import Redaction

/// What `compare` has to say beside the verdict.
package struct CompareFacts: Sendable {
  /// One of the two sets.
  package struct Side: Sendable {
    package var inputs: [String] = []
    package var lines = 0
    package var requests = 0.0
    package var from: Timestamp?
    package var to: Timestamp?
    /// Lines by format, the most frequent first.
    package var formats: [(name: String, lines: Int)] = []
    /// What the other side does not have, with how often it was seen.
    package var formatsOnly: [(name: String, count: Int)] = []
    package var rulesOnly: [(name: String, count: Int)] = []
    package var routesOnly: [OnlyRoute] = []

    package init() {}
  }

  /// A route that the other side does not have.
  package struct OnlyRoute: Sendable {
    package var route: String
    package var requests: Double
    /// Requests answered with a server error, where the rules count them.
    package var failures: Double?

    package init(route: String, requests: Double, failures: Double?) {
      self.route = route
      self.requests = requests
      self.failures = failures
    }
  }

  /// A route whose share of the requests differs.
  package struct Moved: Sendable {
    package var route: String
    package var a: Double
    package var b: Double

    package init(route: String, a: Double, b: Double) {
      self.route = route
      self.a = a
      self.b = b
    }
  }

  /// What the mix of routes does to a signal: its rates as they stand, and at one mix.
  package struct Effect: Sendable {
    package var signal: String
    package var asTheyStand: (a: Double, b: Double)
    package var atOneMix: (a: Double, b: Double)

    package init(
      signal: String, asTheyStand: (a: Double, b: Double), atOneMix: (a: Double, b: Double)
    ) {
      self.signal = signal
      self.asTheyStand = asTheyStand
      self.atOneMix = atOneMix
    }
  }

  package var a = Side()
  package var b = Side()
  package var alpha: Double
  /// Part of each side's requests that is distributed over the routes alike; nil without requests.
  package var overlap: Double?
  /// Whether requests were left out to give both sides one mix.
  package var isMixed = false
  /// Why they were not although the mixes differ.
  package var mixObstacle: String?
  /// The routes whose shares differ most.
  package var moved: [Moved] = []
  package var effects: [Effect] = []
  /// Quantiles of latency on both sides.
  package var measured: [Measured] = []
  /// Names of the files of set B, by the index that samples carry.
  package var fileNames: [String] = []
  /// Takes secrets out of log lines.
  package var redactor = Redactor.builtIn

  package init(alpha: Double) {
    self.alpha = alpha
  }
}

extension CompareFacts {
  /// Part of a side's lines from which on formats of its own are more than stray lines.
  private static let formatsShare = 0.05

  /// What has no counterpart at all looks worse, or better, than it is.
  package var formatsCaution: String? {
    func foreign(_ side: Side) -> [String] {
      side.formatsOnly.filter { Double($0.count) >= Self.formatsShare * Double(side.lines) }
        .map(\.name)
    }
    let (ofA, ofB) = (foreign(a), foreign(b))
    var parts: [String] = []
    if !ofB.isEmpty { parts.append("B has \(ofB.joined(separator: ", ")), which A does not") }
    if !ofA.isEmpty { parts.append("A has \(ofA.joined(separator: ", ")), which B does not") }
    guard !parts.isEmpty else { return nil }
    return parts.joined(separator: "; ")
      + ": what only such lines tell is compared with nothing; give the same kinds of log on both sides"
  }
}
