import Alerts
import Foundation
import Judgement
import Records
package import Reports
package import Rules
package import Sending
import Synchronization

/// Takes the judge's alerts and hands the courier what is to be said of them.
///
/// Its clock is event time: a replay tells what a live watch would have told.
package final class AlertDesk: Sendable {
  private let courier: Courier
  private let cycle: Mutex<AlertCycle>
  private let explains: [String: [String]]

  package init(_ courier: Courier, facts: WatchFacts, rules: RuleSet) {
    self.courier = courier
    cycle = Mutex(AlertCycle(facts: ReleaseFacts(facts)))
    explains = Dictionary(
      rules.signals.map { ($0.id, $0.explains) }, uniquingKeysWith: { first, _ in first })
  }

  /// Takes an alert. Of a silenced one nobody is told before its silence ends, and then only if it
  /// still fires.
  func take(_ alert: Alert, _ facts: WatchFacts) {
    var change = SignalChange(alert, facts)
    change.explains = explains[alert.signal] ?? []
    cycle.withLock { cycle in
      if let mute = alert.mute, alert.state == .firing {
        _ = cycle.on(
          .silenced(signal: change.signal, until: mute.until.nanoseconds), now: change.at)
      }
      _ = cycle.on(.changed(change), now: change.at)
    }
  }

  /// All windows before `time` have been looked at.
  func tick(_ time: Timestamp) {
    let notices = cycle.withLock { $0.on(.tick, now: time.nanoseconds) }
    if !notices.isEmpty { courier.send(notices) }
  }

  /// The watch is over: says what is still to be said and waits a while for the sinks.
  ///
  /// - Returns: how many messages have not arrived yet; they stay in the outbox.
  func end(_ time: Timestamp) -> Int {
    courier.send(cycle.withLock { $0.on(.ended, now: time.nanoseconds) })
    return courier.finish(within: Limits.courierMilliseconds)
  }

  /// Deliveries by sink and result.
  var counts: [(sink: String, result: String, count: Int)] { courier.counts }

  /// By sink, how many messages wait and how many bytes they have.
  var waiting: [(sink: String, messages: Int, bytes: Int)] { courier.waiting }
}

extension ReleaseFacts {
  init(_ facts: WatchFacts) {
    self.init(release: facts.release)
    service = facts.service
    environment = facts.environment
    owner = facts.owner
    expectation = facts.expectation
    rollback = facts.rollback
    let isShell = facts.inputs.allSatisfy { input in
      input != WatchFacts.standardInput && input.utf8.count < 200
        && input.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "'") }
    }
    if isShell, facts.inputs.count <= 4 {
      command =
        "tidemark watch --no-follow --at \(facts.at.rfc3339) "
        + facts.inputs.map { "'\($0)'" }.joined(separator: " ")
    }
  }
}

extension SignalChange {
  init(_ alert: Alert, _ facts: WatchFacts) {
    self.init(
      state: State(rawValue: alert.state.rawValue) ?? .firing, signal: alert.subject.text,
      kind: alert.kind, severity: AlertSeverity(alert.severity), at: alert.at.nanoseconds)
    let numbers = AlertNumbers(alert)
    partOf = alert.story?.text
    let about = [alert.about, alert.signature].compactMap { $0 }.joined(separator: ": ")
    evidence.about = about.isEmpty ? nil : about
    evidence.beforeText = numbers.before
    evidence.afterText = numbers.after
    evidence.ratioText = numbers.ratio
    evidence.before = .init(count: alert.baseline.count, exposure: alert.baseline.exposure)
    evidence.after = .init(count: alert.candidate.count, exposure: alert.candidate.exposure)
    evidence.ratio = alert.ratio.map {
      .init(estimate: $0.estimate, low: $0.low, high: $0.high)
    }
    // The largest number that a reader of JSON can be trusted with.
    evidence.eValue = alert.state == .firing ? exp(min(alert.logEvidence, 690)) : nil
    evidence.hint = alert.hint
    if let sample = alert.sample {
      evidence.sample = facts.lines(of: sample)
      evidence.place = facts.place(of: sample)
    }
  }
}

extension AlertSeverity {
  /// Severities of log records in the four words of pagers.
  init(_ severity: Severity) {
    switch severity.name {
    case "critical", "alert", "emergency", "fatal": self = .critical
    case "error": self = .error
    case "warning": self = .warning
    default: self = .info
    }
  }
}
