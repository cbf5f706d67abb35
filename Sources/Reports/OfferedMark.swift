import Records
import Windows

/// One moment at which the log may tell of a release.
struct OfferedMark {
  var at: Timestamp
  var input: String
  /// Records that tell of it.
  var records: Int
  /// The rule that knows the restart by its lines.
  var rule: String?
  /// The version that came first then, and the one before it.
  var version: (name: String, before: String)?

  var kind: String { version == nil ? "restart" : "version" }
}

extension DoctorFacts {
  /// Ascending in time.
  var offeredMarks: [OfferedMark] {
    var marks: [OfferedMark] = []
    for input in inputs {
      let found = input.census.marks
      marks += found.restarts.map {
        OfferedMark(
          at: $0.first, input: input.name, records: $0.records, rule: ruleNames[$0.rule])
      }
      for (version, before) in found.changes {
        marks.append(
          OfferedMark(
            at: version.first, input: input.name, records: version.records,
            version: (version.name, before)))
      }
    }
    return marks.sorted { $0.at < $1.at }
  }
}
