package import Records
import Rules
package import Windows

/// The four different answers. They never share an exit status.
package enum Outcome: String, Sendable {
  case healthy, regressed, undecided, blind
}

/// What is known of one signal.
package enum SignalState: String, Sendable {
  case healthy, regressed, improved, undecided, blind
}

/// What a count is measured against, for words in reports.
package enum ExposureUnit: String, Sendable {
  case requests, seconds
  /// Whatever a rule file's denominator counts.
  case units
}

/// A count over its exposure on one side of the release.
package struct Counted: Sendable, Equatable {
  package var count: Double
  /// Requests or seconds.
  package var exposure: Double

  package init(count: Double, exposure: Double) {
    self.count = count
    self.exposure = exposure
  }

  /// Nil where nothing could have been counted.
  package var rate: Double? { exposure > 0 ? count / exposure : nil }
}

/// How many times the baseline's rate the candidate's is, with an interval that holds at every look.
package struct RatioEstimate: Sendable, Equatable {
  package var estimate: Double
  package var low: Double
  /// Nil: no upper end, because the baseline has no event.
  package var high: Double?

  package init(estimate: Double, low: Double, high: Double?) {
    self.estimate = estimate
    self.low = low
    self.high = high
  }
}

/// What is still missing for an undecided signal, if things stay as they are.
package struct Needs: Sendable, Equatable {
  package var requests: Double?
  package var seconds: Double
}

/// The judgement of one signal, with the arithmetic behind it.
package struct SignalVerdict: Sendable {
  package var signal: String
  /// Where it is about one route only.
  package var route: String?
  package var kind: String
  package var about: String?
  package var severity: Severity
  package var isRequired: Bool
  package var isAdvisory: Bool
  package var state: SignalState
  package var unit: ExposureUnit
  package var baseline: Counted
  package var candidate: Counted
  package var ratio: RatioEstimate?
  /// Natural logarithm of the e-value, the largest that was reached at a look.
  package var logEvidence: Double
  /// Natural logarithm of the e-value at which it alarms; nil for signals that never do.
  package var logThreshold: Double?
  /// Dispersion of the baseline: 1 when events look independent.
  package var dispersion: Double
  /// Events in the restart window, shown and not judged.
  package var settlingCount: Double
  package var reason: String
  package var needs: Needs?
  package var hint: String?
  /// For latency: what the requests counted are slower than.
  package var slowerThanSeconds: Double?
  /// Loggers said that they dropped lines: the counts are at least these.
  package var isLowerBound = false
  /// A regressed signal that is likely to have raised this one as well.
  package var explainedBy: String?
  /// How many regressed signals stand before it in a chain of explanations.
  var explanationDepth = 0
  /// The input that fell silent.
  package var input: Int?
  /// Somebody has silenced it: shown, and no reason to fail.
  package var mute: Mute?
  /// The signature of what is new, where it is known.
  package var signature: String?
  /// A more specific alarm that is likely to be of the same failure.
  package var story: Subject?
}

/// A notice that something regressed, came back, or was seen for the first time.
package struct Alert: Sendable {
  package enum State: String, Sendable {
    case firing
    /// Seen once; not a regression.
    case noted
    case resolved
  }

  package var state: State
  package var signal: String
  package var kind: String
  package var severity: Severity
  package var about: String?
  package var unit: ExposureUnit
  /// End of the window at which it was decided.
  package var at: Timestamp
  /// The first event of the candidate that counts towards it.
  package var first: Timestamp?
  /// The moment from which `candidate` and `ratio` count; nil for the release.
  package var since: Timestamp?
  package var baseline: Counted
  package var candidate: Counted
  package var ratio: RatioEstimate?
  /// For latency: what the requests counted are slower than.
  package var slowerThanSeconds: Double?
  package var logEvidence: Double
  package var logThreshold: Double
  package var sample: Sample?
  package var hint: String?
  /// Where it is about one route only.
  package var route: String?
  /// The input that fell silent or came back.
  package var input: Int?
  /// Somebody has silenced the signal: the alert is listed, and no reason to fail.
  package var mute: Mute?
  /// The signature of what is new, where it is known: its template, and what is pinned in parentheses.
  package var signature: String?
  /// A more specific alarm that is likely to be of the same failure.
  package var story: Subject?
}

/// Everything the watch has to say at its end.
package struct Verdict: Sendable {
  package var outcome: Outcome
  /// Worst first.
  package var signals: [SignalVerdict]
  /// Worst first.
  package var alerts: [Alert]
  /// Sentences about the baseline and the data that a reader must know.
  package var cautions: [String]
  /// Why the verdict is blind; empty otherwise.
  package var blindness: [String]
  /// Natural logarithm of the weighted mean of all signals' e-values, its largest value.
  package var logGlobalEvidence: Double
  package var globalThreshold: Double
}

extension Verdict {
  /// Keeps alarms that were raised live although the windows, now that late lines are in them, would
  /// not raise them again: what was said is said.
  package mutating func keep(_ printed: [Alert]) {
    for alert in printed where alert.state == .firing {
      guard !alerts.contains(where: { $0.subject == alert.subject && $0.state == .firing }) else {
        continue
      }
      alerts.append(alert)
      guard !printed.contains(where: { $0.subject == alert.subject && $0.state == .resolved })
      else { continue }
      outcome = .regressed
      for index in signals.indices where signals[index].subject == alert.subject {
        signals[index].state = .regressed
        signals[index].reason = "it alarmed live; lines that came late have weakened the evidence"
      }
    }
  }
}

/// What is judged: a signal, over all routes or in one.
package struct Subject: Sendable, Hashable {
  package var signal: String
  package var route: String?

  package init(signal: String, route: String?) {
    self.signal = signal
    self.route = route
  }

  /// As in `http.5xx on /orders/{}`.
  package var text: String { route.map { signal + Self.routeMark + $0 } ?? signal }
  /// Between signal and route.
  package static let routeMark = " on "
}

extension SignalVerdict {
  package var subject: Subject { Subject(signal: signal, route: route) }
}

extension Alert {
  package var subject: Subject { Subject(signal: signal, route: route) }

  /// Says which input it is about.
  package mutating func nameInput(_ names: [String]) {
    guard let input, names.indices.contains(input) else { return }
    about = about.map { "\(names[input]): \($0)" }
    self.input = nil
  }
}

extension Verdict {
  /// Says which inputs fell silent, where it matters: in the alerts, the signals and the reasons.
  package mutating func nameInputs(_ names: [String]) {
    for index in alerts.indices { alerts[index].nameInput(names) }
    for index in signals.indices {
      guard let input = signals[index].input, names.indices.contains(input) else { continue }
      signals[index].reason = "\(names[input]): \(signals[index].reason)"
      signals[index].input = nil
      blindness.append(
        signals[index].reason + ": the service or its logging stopped; look at both")
    }
  }
}
