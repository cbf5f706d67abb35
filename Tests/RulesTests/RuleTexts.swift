import Records
import Rules
import Testing

/// The first line of every problem that a rule text has, as `line:column: message`.
func problems(_ text: String, packs: [String] = []) -> [String] {
  do throws(RuleLoadError) {
    _ = try RuleSet.load(texts: [("rules.yaml", text)], packs: packs)
    return []
  } catch {
    return error.problems.map { "\($0.line):\($0.column): \($0.message)" }
  }
}

/// The rules of a text that has no problem.
func rules(_ text: String, packs: [String] = []) throws -> RuleSet {
  try RuleSet.load(texts: [("rules.yaml", text)], packs: packs)
}

/// A record whose text is its message.
func record(
  _ text: String, severity: Severity? = nil, format: LineFormat = .unknown,
  shape: RecordShape = .single
) -> Record {
  var record = Record()
  record.matchEnd = text.utf8.count
  record.message = 0..<text.utf8.count
  record.severity = severity
  record.format = format
  record.shape = shape
  return record
}

/// A record that is a finished request; method and path are words of the text.
func request(_ text: String, status: Int = 200, duration: Double? = nil) -> Record {
  let words = text.split(separator: " ")
  var fields = record(text)
  fields.request.method = 0..<words[0].utf8.count
  fields.request.path = (words[0].utf8.count + 1)..<(words[0].utf8.count + 1 + words[1].utf8.count)
  fields.request.status = status
  fields.request.duration = duration
  return fields
}

extension RuleSet {
  /// What the rules see in one record.
  func observation(of text: String, _ record: Record? = nil) -> Observation {
    observation(of: Array(text.utf8), record ?? RulesTests.record(text))
  }

  func observation(of bytes: [UInt8], _ record: Record) -> Observation {
    var matcher = RuleMatcher(self)
    var observation = Observation()
    matcher.observe(bytes.span, record, into: &observation)
    return observation
  }

  /// The ids of the rules that match.
  func matches(_ text: String, _ record: Record? = nil) -> [String] {
    observation(of: text, record).rules.map { rules[$0].id }
  }

  /// What was counted, by the names of the measures.
  func counts(_ text: String, _ record: Record? = nil) -> [String: Double] {
    var counts: [String: Double] = [:]
    for hit in observation(of: text, record).hits {
      counts[measureNames[hit.measure], default: 0] += hit.amount
    }
    return counts
  }
}

extension RuleMatcher {
  /// Counts one line by itself.
  mutating func countLine(_ line: [UInt8], counts: inout [Int]) {
    let block = line + [0x0A]
    countLines(of: block.span, lines: 1, counts: &counts)
  }
}

extension Observation {
  var routeText: String { String(decoding: route, as: UTF8.self) }
}
