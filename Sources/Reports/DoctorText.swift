import Records
import Windows

/// What `doctor` has to say, as text: each input, the release marks, the forecast, what to add.
package enum DoctorText {
  private static let label = 13
  private static let shownRules = 6

  package static func render(_ facts: DoctorFacts, _ style: Style) -> String {
    var lines: [String] = []
    for input in facts.inputs {
      if !lines.isEmpty { lines.append("") }
      lines += describe(input, facts, style)
    }
    for problem in facts.problems { lines += ["", LogText.printable(problem)] }
    lines += ReleaseMarksText.lines(facts, style)
    lines += DoctorForecastText.lines(facts, style)
    lines += RemedyText.lines(facts.inputs, style)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func describe(
    _ input: DoctorInput, _ facts: DoctorFacts, _ style: Style
  ) -> [String] {
    var lines = [style.bold(LogText.printable(input.name))]
    func row(_ name: String, _ text: String) {
      let padding = String(repeating: " ", count: max(1, label - name.count))
      lines.append("  \(name)\(padding)\(text)")
    }
    let census = input.census
    for obstacle in input.obstacles {
      row("unusable", style.red(LogText.printable(obstacle)))
    }
    guard census.lines > 0 else { return lines }
    row("read", reading(input))
    if !input.isStream { row("rotation", input.rotation ?? "no rotated files beside it") }
    row("formats", shares(input.formats.map { ($0.format.rawValue, $0.lines) }, of: census.lines))
    row("times", times(census, facts))
    if let first = census.first, let last = census.last {
      row("span", span(first, last))
    }
    row("severities", severities(census))
    for (name, text) in fields(input) { row(name, text) }
    row("rules", rules(census, facts))
    for remark in remarks(input, facts) { row("note", remark) }
    return lines
  }

  private static func reading(_ input: DoctorInput) -> String {
    let census = input.census
    var text =
      "\(NumberText.count(census.lines)) lines, \(NumberText.count(census.records)) records"
    if census.joinedRecords > 0 {
      text += " (\(NumberText.count(census.joinedRecords)) of several lines, such as tracebacks)"
    }
    guard !input.isStream else { return text + "; a stream, which is read once" }
    let bytes = input.files.reduce(0) { $0 + $1.bytes }
    var packed: [String] = []
    for file in input.files {
      let name = file.compression == "none" ? "plain" : file.compression ?? "unknown"
      if !packed.contains(name) { packed.append(name) }
    }
    return text + "; \(packed.joined(separator: " and ")), \(size(bytes)) on disk"
  }

  static func size(_ bytes: Int64) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    where bytes >= unit {
      return NumberText.decimal(Double(bytes) / Double(unit), significant: 3) + " " + name
    }
    return "\(bytes) bytes"
  }

  /// `combined 92 %, nginx-error 8 %`.
  private static func shares(_ parts: [(String, Int)], of whole: Int) -> String {
    parts.map { "\($0.0) \(percent($0.1, of: whole))" }.joined(separator: ", ")
  }

  static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "0 %" }
    let share = 100 * Double(part) / Double(whole)
    // Neither all nor nothing where it is not.
    if part < whole, share > 99.9 { return "over 99.9 %" }
    if part > 0, share < 0.1 { return "under 0.1 %" }
    return NumberText.decimal(share, significant: 3) + " %"
  }

  private static func times(_ census: InputCensus, _ facts: DoctorFacts) -> String {
    var text = "\(percent(census.stampedLines, of: census.lines)) of the lines state their own"
    if census.inheritedLines > 0 {
      text += ", \(percent(census.inheritedLines, of: census.lines)) have that of a line before"
    }
    if census.timelessLines > 0 {
      text += ", \(percent(census.timelessLines, of: census.lines)) have none"
    }
    return census.stampedLines > 0 ? text + "; read as \(facts.zone) where no zone stands" : text
  }

  private static func span(_ first: Timestamp, _ last: Timestamp) -> String {
    let seconds = Double(last.nanoseconds(since: first)) / 1e9
    return "\(first.rfc3339) to \(last.rfc3339), \(NumberText.duration(seconds: seconds))"
  }

  private static func severities(_ census: InputCensus) -> String {
    let parts = census.severities.sorted { $0.key > $1.key }.map { ($0.key.name, $0.value) }
    let stated = parts.reduce(0) { $0 + $1.1 }
    guard stated > 0 else { return "none stated; errors are told by rules and tracebacks" }
    let silent = census.records - stated
    return parts.map { "\($0.0) \(NumberText.count($0.1))" }.joined(separator: ", ")
      + (silent > 0 ? ", none stated \(NumberText.count(silent))" : "")
  }

  /// What of requests and statements can be measured.
  private static func fields(_ input: DoctorInput) -> [(String, String)] {
    let census = input.census
    var rows: [(String, String)] = []
    if input.hasRequests {
      let requests = census.requests
      let counts = [
        ("latency", requests.withDuration), ("cache status", requests.withCache),
        ("database calls", requests.withDatabaseCalls),
        ("database time", requests.withDatabaseTime),
      ]
      let has = counts.filter { $0.1 > 0 }.map { "\($0.0) \(percent($0.1, of: requests.count))" }
      let lacks = counts.filter { $0.1 == 0 }.map(\.0)
      let parts = [
        "\(NumberText.count(requests.count)), all with method, route and status",
        has.joined(separator: ", "),
        lacks.isEmpty ? "" : "not in this source: " + lacks.joined(separator: ", "),
      ]
      rows.append(("requests", parts.filter { !$0.isEmpty }.joined(separator: "; ")))
    } else {
      rows.append(("requests", "not in this source"))
    }
    if census.databaseStatements > 0 {
      rows.append(("statements", "\(NumberText.count(census.databaseStatements)) with a duration"))
    } else if input.isPostgres, !input.hasRequests {
      rows.append(("statements", "durations not in this source"))
    }
    return rows
  }

  private static func rules(_ census: InputCensus, _ facts: DoctorFacts) -> String {
    let matched = matches(census, facts)
    guard !matched.isEmpty else { return "none matches" }
    var text = matched.prefix(shownRules).map { "\($0.name) \(NumberText.count($0.count))" }
      .joined(separator: ", ")
    if matched.count > shownRules {
      let rest = matched.dropFirst(shownRules)
      text +=
        " and \(rest.count) more with \(NumberText.count(rest.reduce(0) { $0 + $1.count })) "
        + "(--format json names them)"
    }
    return text
  }

  /// The rules that matched, the most frequent first.
  static func matches(
    _ census: InputCensus, _ facts: DoctorFacts
  ) -> [(name: String, count: Int)] {
    zip(facts.ruleNames, census.matches).filter { $0.1 > 0 }.map { (name: $0.0, count: $0.1) }
      .enumerated().sorted {
        $0.element.count != $1.element.count
          ? $0.element.count > $1.element.count : $0.offset < $1.offset
      }.map(\.element)
  }

  private static func remarks(_ input: DoctorInput, _ facts: DoctorFacts) -> [String] {
    var remarks: [String] = []
    if input.truncatedLines > 0 {
      remarks.append(
        "\(NumberText.count(input.truncatedLines)) lines are longer than \(size(Int64(facts.lineBytesLimit))): "
          + "their rest is not looked at (--max-line)")
    }
    if input.nulBytes > 0 {
      remarks.append(
        "\(NumberText.count(input.nulBytes)) NUL bytes at the start of lines were skipped")
    }
    if input.damagedFiles > 0 {
      remarks.append(
        "\(input.damagedFiles) gzip files are cut off or damaged; what could be read of them was")
    }
    if input.recordsBehind > 2 {
      remarks.append(
        "its clock goes back by up to \(NumberText.duration(seconds: input.farthestBehindSeconds)) "
          + "(\(NumberText.count(input.recordsBehind)) records): a clock was set, or several programs write it"
      )
    }
    if input.isStream, input.census.stampedLines == 0 {
      remarks.append(
        "a live pipe takes the time at which its lines arrive; what it held before cannot be judged"
      )
    }
    return remarks
  }
}
