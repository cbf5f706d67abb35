package import Records
package import Rules

/// What the records of one input are made of: formats, times, severities, and which fields their
/// requests state. Two parts of an input add up.
package struct InputCensus: Sendable {
  /// Physical lines by the format of the record that they belong to.
  package private(set) var linesByFormat: [LineFormat: Int] = [:]
  /// Physical lines.
  package private(set) var lines = 0
  package private(set) var records = 0
  /// Lines that state their own time.
  package private(set) var stampedLines = 0
  /// Lines that have the time of a line before them.
  package private(set) var inheritedLines = 0
  /// Oldest and newest time that a line states.
  package private(set) var first: Timestamp?
  package private(set) var last: Timestamp?
  package private(set) var severities: [Severity: Int] = [:]
  /// Records of more than one line, such as tracebacks.
  package private(set) var joinedRecords = 0
  package private(set) var requests = Requests()
  /// Records that are no request and state how long the database took.
  package private(set) var databaseStatements = 0
  /// Records by the rule that matched them; empty before the first.
  package private(set) var matches: [Int] = []
  package private(set) var marks = ReleaseMarks()

  /// Finished requests, and how many of them state what.
  package struct Requests: Sendable, Equatable {
    package internal(set) var count = 0
    package internal(set) var withDuration = 0
    package internal(set) var withCache = 0
    package internal(set) var withDatabaseCalls = 0
    package internal(set) var withDatabaseTime = 0

    package init() {}
  }

  package init() {}

  /// Lines without any time.
  package var timelessLines: Int { lines - stampedLines - inheritedLines }

  /// Adds one record and what the rules saw in it.
  package mutating func add(
    _ observation: borrowing Observation, of record: borrowing Record, text: Span<UInt8>,
    rules: RuleSet
  ) {
    let physical = record.physicalLines
    lines += physical
    records += 1
    if record.lineCount > 1 { joinedRecords += 1 }
    linesByFormat[record.format, default: 0] += physical
    if let severity = record.severity { severities[severity, default: 0] += 1 }
    addTime(of: record, physical)
    addFields(of: record)
    addMarks(observation, of: record, text: text, rules: rules)
    guard !observation.rules.isEmpty else { return }
    if matches.isEmpty { matches = [Int](repeating: 0, count: rules.rules.count) }
    for rule in observation.rules { matches[rule] += 1 }
  }

  private mutating func addMarks(
    _ observation: borrowing Observation, of record: borrowing Record, text: Span<UInt8>,
    rules: RuleSet
  ) {
    guard let time = record.time, record.timeSource != .arrival else { return }
    if record.format == .logfmt || !text.isEmpty && text[0] == UInt8(ascii: "{") {
      marks.addVersion(text, at: time)
    }
    for rule in observation.rules where rules.rules[rule].marksRestart {
      marks.addRestart(at: time, rule: rule)
      return
    }
  }

  private mutating func addTime(of record: borrowing Record, _ physical: Int) {
    guard let time = record.time, record.timeSource != .arrival else { return }
    guard record.timeSource == .line else {
      inheritedLines += physical
      return
    }
    stampedLines += 1
    inheritedLines += physical - 1
    first = first.map { min($0, time) } ?? time
    last = last.map { max($0, time) } ?? time
  }

  private mutating func addFields(of record: borrowing Record) {
    guard record.isRequest else {
      if record.request.databaseDuration != nil { databaseStatements += 1 }
      return
    }
    requests.count += 1
    if record.request.duration != nil { requests.withDuration += 1 }
    if record.request.cache != nil { requests.withCache += 1 }
    if record.request.databaseCalls != nil { requests.withDatabaseCalls += 1 }
    if record.request.databaseDuration != nil { requests.withDatabaseTime += 1 }
  }

  /// Adds what another part of the same input holds.
  package mutating func merge(_ other: InputCensus) {
    linesByFormat.merge(other.linesByFormat, uniquingKeysWith: +)
    severities.merge(other.severities, uniquingKeysWith: +)
    lines += other.lines
    records += other.records
    stampedLines += other.stampedLines
    inheritedLines += other.inheritedLines
    joinedRecords += other.joinedRecords
    databaseStatements += other.databaseStatements
    first = [first, other.first].compactMap(\.self).min()
    last = [last, other.last].compactMap(\.self).max()
    requests.merge(other.requests)
    marks.merge(other.marks)
    if matches.isEmpty {
      matches = other.matches
    } else {
      for (rule, count) in other.matches.enumerated() { matches[rule] += count }
    }
  }
}

extension InputCensus.Requests {
  /// Adds the requests of another part or input.
  package mutating func merge(_ other: Self) {
    count += other.count
    withDuration += other.withDuration
    withCache += other.withCache
    withDatabaseCalls += other.withDatabaseCalls
    withDatabaseTime += other.withDatabaseTime
  }
}
