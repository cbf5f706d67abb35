package import Records
package import Rules

/// `tidemark rules explain --format json`: one object a record.
package enum ExplanationJSON {
  /// The object up to the value of `signature`, its last member: what is written later, when no record
  /// can change it any more. A capture that several rules have is the first one's.
  package static func head(
    _ explanation: Explanation, of record: borrowing Record, rules: RuleSet
  ) -> [UInt8] {
    // A closure may not hold on to what is only borrowed.
    let record = copy record
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("line", record.firstLineNumber)
      writer.member("lines", record.lineCount)
      writer.member("time", record.time?.rfc3339)
      writer.member(
        "timeSource", record.timeSource == .none ? nil : record.timeSource.rawValue)
      writer.member("severity", record.severity?.name)
      writer.member("format", record.format.rawValue)
      writer.key("rules")
      writer.array(explanation.matches) { $0.value(rules.rules[$1.rule].id) }
      writer.key("captures")
      writer.object { write(explanation, rules, to: &$0) }
      writer.key("signature")
    }
    return Array(writer.encoded.dropLast())
  }

  /// What ends an object: its signature, a brace and a line break.
  package static func tail(signature: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(signature)
    return writer.encoded + Array("}\n".utf8)
  }

  private static func write(
    _ explanation: Explanation, _ rules: RuleSet, to writer: inout JSONWriter
  ) {
    var written: [String] = []
    for match in explanation.matches {
      for value in match.captures where !written.contains(value.name) {
        written.append(value.name)
        let kind = rules.rules[match.rule].kind(ofCapture: value.name)
        if kind.isNumeric, let number = value.number {
          writer.member(value.name, number)
        } else {
          writer.member(value.name, value.text)
        }
      }
    }
  }
}
