import Records
import Rules

extension RuleCard {
  /// One object with all of it.
  package var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("id", rule.id)
      writer.member("pack", rule.pack)
      writer.member("file", rule.file)
      writer.member("line", rule.line)
      writer.member("about", rule.about)
      writer.member("class", rule.ruleClass?.rawValue)
      writer.member("severity", rule.severity.name)
      writer.member("event", rule.event)
      writer.member("match", rule.pattern?.text)
      writer.key("record")
      writer.array(rule.records) { $0.value($1.name) }
      writer.key("fields")
      writer.object { writer in
        for field in rule.fields {
          writer.key(field.path.name)
          writer.array(field.values) { $0.value($1) }
        }
      }
      writer.member("where", rule.condition.map(String.init(describing:)))
      writer.key("captures")
      writer.object { writer in
        for capture in rule.namedGroups { writer.member(capture.name, capture.kind.name) }
      }
      writer.key("signature")
      writer.array(rule.signature) { $0.value($1) }
      writer.member("hint", rule.hint)
      writer.member("deployNoise", rule.deployNoise)
      writer.member("losesLines", rule.losesLines)
      writer.member("advisory", rule.advisory)
      writer.key("signals")
      writer.array(rules.signals(countedByRule: index)) { $0.value(rules.signals[$1].id) }
      writer.key("exposureOf")
      writer.array(rules.signals(measuredAgainstRule: index)) { $0.value(rules.signals[$1].id) }
      writer.key("samples")
      writer.array(rule.samples) { Self.write($1, to: &$0) }
      writer.key("misses")
      writer.array(rule.misses) { $0.value($1.text) }
    }
    return writer.text + "\n"
  }

  private static func write(_ sample: Rule.Sample, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("line", sample.text)
      writer.key("captures")
      writer.object { writer in
        for (name, value) in sample.captures { writer.member(name, value) }
      }
      writer.key("also")
      writer.array(sample.also) { $0.value($1) }
    }
  }
}
