/// One `--alert`: where messages go, as the user wrote it. It holds names of secrets, never secrets.
package struct SinkSpec: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case slack, webhook, alertmanager, pagerduty, teams, mail, exec, file, github

    /// Whether somebody is woken by it: then it is tried for a day, not for an hour.
    var isPaging: Bool {
      switch self {
      case .pagerduty, .alertmanager, .webhook, .exec: true
      case .slack, .teams, .mail, .file, .github: false
      }
    }

    /// Options that may follow the value, as `,name=value`.
    var options: [String] {
      switch self {
      case .slack: ["style"]
      case .webhook: ["secret", "signature"]
      case .alertmanager: ["auth"]
      case .pagerduty: ["url"]
      case .mail: ["from", "sendmail"]
      case .exec: ["once"]
      case .teams, .file, .github: []
      }
    }
  }

  /// Where a secret is to be found when it is needed.
  package enum Secret: Sendable, Hashable {
    case environment(String)
    case file(String)
  }

  /// As written; it names the sink in lists, errors and the outbox.
  package let text: String
  package let kind: Kind
  let value: String
  let options: [String: String]

  /// Nanoseconds after which a message to it is given up.
  package var patience: Int64 {
    kind.isPaging ? Limits.pagingPatienceNanoseconds : Limits.chatPatienceNanoseconds
  }

  /// It is started at most once for each message, and never again when it fails.
  package var isOnce: Bool { kind == .exec && options["once"] == "true" }
}

/// Why an `--alert` cannot be used.
package struct SinkProblem: Error, CustomStringConvertible, Hashable {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
