package import Records

/// What the rules make of one record, for a person who asks.
package struct Explanation: Sendable {
  /// What one rule saw.
  package struct Match: Sendable {
    /// Index of the rule.
    package var rule: Int
    /// Its own captures and the record's normalised fields, the message left out.
    package var captures: [CapturedValue]
  }

  /// Rules that matched, in their order.
  package var matches: [Match] = []
  /// Signals that the record adds to, by index.
  package var signals: [Int] = []

  /// What the rules pin of its signature: `name=text` with blanks between; often empty.
  package var signatureKey: [UInt8] = []

  package init() {}
}

extension RuleMatcher {
  /// Evaluates all rules on a record and keeps what each of them captured. It allocates.
  package mutating func explain(
    _ text: Span<UInt8>, _ record: borrowing Record, _ observation: inout Observation
  ) -> Explanation {
    observe(text, record, into: &observation)
    var explanation = Explanation()
    explanation.signals = rules.signals(fedBy: observation)
    for rule in observation.rules {
      let values = captures(ofRule: rule, text, record, isError: observation.isError) ?? []
      explanation.matches.append(
        Explanation.Match(rule: rule, captures: shown(values, ofRule: rule)))
    }
    appendSignatureKey(text, record, observation, to: &explanation.signatureKey)
    return explanation
  }

  /// The message is the record itself; it is shown where the rule names it.
  private func shown(_ values: [CapturedValue], ofRule rule: Int) -> [CapturedValue] {
    values.filter { value in
      value.name != NormalisedField.message.rawValue
        || rules.rules[rule].captures.contains { $0.name == value.name && !$0.groups.isEmpty }
    }
  }
}

extension Rule {
  /// The captures that its pattern names.
  package var namedGroups: [Capture] { captures.filter { !$0.groups.isEmpty } }

  /// How the capture of that name is read; a word when the rule has none.
  package func kind(ofCapture name: String) -> CaptureKind {
    captures.first { $0.name == name }?.kind ?? .word
  }
}
