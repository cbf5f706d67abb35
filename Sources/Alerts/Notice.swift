/// One message to the sinks: what is said of a story, or of many at once.
package struct Notice: Sendable, Hashable, Codable {
  package enum State: String, Sendable, Codable {
    case firing, resolved
    /// Sent by `tidemark alert test`.
    case test
  }

  /// The same from the trigger to the resolve: what sinks deduplicate by.
  package var key: String
  /// One more with each message of the key.
  package var revision: Int
  package var state: State
  /// Many stories in one message.
  package var isDigest: Bool
  package var severity: AlertSeverity
  package var facts: ReleaseFacts
  /// The signal that the story is named after, and how bad it was at its trigger: neither changes.
  package var story: String
  package var urgency: AlertSeverity
  /// The signal that the story is about now, its cause where that is known.
  package var signal: String
  package var kind: String
  /// Other signals of the story, or the stories of a digest, the worst first.
  package var others: [String]
  /// Event times in nanoseconds since 1970: of the first decision, and of this message.
  package var started: Int64
  package var at: Int64
  package var evidence: Evidence

  /// New for every message, the same on every try.
  package var id: String { "\(key)-\(revision)" }
}

/// What every message says of the release.
package struct ReleaseFacts: Sendable, Hashable, Codable {
  package var service: String?
  package var environment: String?
  package var release: String
  package var owner: String?
  package var expectation: String?
  package var rollback: String?
  /// The command that shows more.
  package var command: String?

  package init(release: String) {
    self.release = release
  }

  /// `api v1.4.2`, or the release alone.
  var title: String { service.map { "\($0) \(release)" } ?? release }
}

extension Notice {
  /// What `tidemark alert test` sends. `now` is in nanoseconds since 1970.
  package static func test(now: Int64) -> Notice {
    var facts = ReleaseFacts(release: "test")
    facts.service = "tidemark"
    return Notice(
      key: "tmtest-\(now / 1_000_000)", revision: 1, state: .test, isDigest: false, severity: .info,
      facts: facts, story: "test", urgency: .info, signal: "test", kind: "test", others: [],
      started: now, at: now, evidence: Evidence())
  }
}

extension Notice {
  /// `Regression`, `Recovered`, `Test`.
  var headline: String {
    switch state {
    case .firing: isDigest ? "Regressions" : "Regression"
    case .resolved: "Recovered"
    case .test: "Test"
    }
  }

  /// One line of at most 130 characters.
  package var summary: String {
    var text = "\(headline): \(facts.title) \(signal)"
    if state == .test { text = "Test message of tidemark: nothing is wrong" }
    if isDigest {
      text =
        "\(headline): \(facts.title), \(others.count) more stories: "
        + others.prefix(Limits.signalsNamed).joined(separator: ", ")
    } else if state == .firing, !evidence.afterText.isEmpty {
      text += " \(evidence.beforeText) -> \(evidence.afterText)"
    }
    return SinkText.oneLine(text, limit: Limits.summaryCharacters)
  }

  /// What follows the headline, for sinks that take plain text: numbers, people, the way on.
  var facets: [(name: String, value: String)] {
    var list: [(String, String)] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { list.append((name, value)) }
    }
    add(isDigest ? "Stories" : "Signal", isDigest ? String(others.count) : signal)
    add("About", evidence.about)
    if !evidence.afterText.isEmpty {
      add("Before -> after", "\(evidence.beforeText) -> \(evidence.afterText)")
    }
    add("Ratio", evidence.ratioText)
    if !others.isEmpty {
      let named = others.prefix(Limits.signalsNamed).joined(separator: ", ")
      let rest = others.count - Limits.signalsNamed
      add(isDigest ? "They are" : "With it", rest > 0 ? "\(named) and \(rest) more" : named)
    }
    add("Environment", facts.environment)
    add("Owner", facts.owner)
    add("Expected", facts.expectation)
    if state == .firing { add("Rollback", facts.rollback) }
    add("Where", evidence.place)
    add("Hint", state == .firing ? evidence.hint : nil)
    add("More", facts.command)
    return list
  }

  /// The sample, cut to what a message can hold.
  var sampleText: String {
    guard state == .firing else { return "" }
    let lines = evidence.sample.prefix(Limits.sampleLines).joined(separator: "\n")
    let rest = evidence.sample.count - Limits.sampleLines
    let text = rest > 0 ? lines + "\n… \(rest) more lines" : lines
    return SinkText.cut(text, limit: Limits.sampleCharacters)
  }
}
