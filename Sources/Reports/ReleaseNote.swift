import Judgement
package import Records

/// The final note of a release: what the ledger knows of it, for every format.
package struct ReleaseNote: Sendable {
  package var name: String
  package var at: Timestamp
  package var ended: Timestamp?
  /// `kept` or `rolled-back`; nil while it is open.
  package var outcome: String?
  package var owner: String?
  package var expectation: String?
  package var rollback: String?
  /// What its watches left, the oldest first.
  package var memos: [WatchMemo]

  package init(
    name: String, at: Timestamp, ended: Timestamp?, outcome: String?, owner: String?,
    expectation: String?, rollback: String?, memos: [WatchMemo]
  ) {
    self.name = name
    self.at = at
    self.ended = ended
    self.outcome = outcome
    self.owner = owner
    self.expectation = expectation
    self.rollback = rollback
    self.memos = memos
  }

  /// The watch whose verdict the note tells: the last one.
  var memo: WatchMemo? { memos.last }

  var title: String {
    let verdict = memo?.outcome ?? "not watched"
    return "Release \(LogText.printable(name)): \(verdict)"
      + (outcome.map { ", \(Self.words($0))" } ?? "")
  }

  static func words(_ outcome: String) -> String {
    outcome == "rolled-back" ? "rolled back" : outcome
  }

  /// A moment to the second: nobody needs the nanoseconds at which a command was typed.
  private static func second(_ moment: Timestamp) -> String {
    let nanoseconds = moment.nanoseconds
    return Timestamp(nanoseconds: nanoseconds - nanoseconds % 1_000_000_000).rfc3339
  }

  /// What was released, by whom, and what was expected.
  var facts: [(name: String, text: String)] {
    var facts = [("released", Self.second(at))]
    if let ended { facts.append(("ended", Self.second(ended))) }
    facts.append(("outcome", outcome.map(Self.words) ?? "open"))
    if let owner { facts.append(("owner", owner)) }
    if let expectation { facts.append(("expected", expectation)) }
    if let rollback { facts.append(("rollback", rollback)) }
    guard let memo else { return facts.map { ($0.0, LogText.printable($0.1)) } }
    if let service = memo.service { facts.append(("service", service)) }
    if let environment = memo.environment { facts.append(("environment", environment)) }
    facts.append(("verdict", memo.outcome))
    if memo.at != at.nanoseconds {
      facts.append(("watched from", Timestamp(nanoseconds: memo.at).rfc3339))
    }
    facts.append(
      (
        "read",
        "\(NumberText.count(memo.baselineLines)) lines before, "
          + "\(NumberText.count(memo.candidateLines)) after"
      ))
    facts.append(("inputs", memo.inputs.joined(separator: ", ")))
    facts.append(
      (
        "promise",
        "any false alarm with probability \(NumberText.decimal(memo.alpha, significant: 3)) at most"
      ))
    return facts.map { ($0.0, LogText.printable($0.1)) }
  }

  /// What a reader must know beside the numbers.
  var warnings: [String] {
    guard let memo else { return ["no watch of this release has ended: there is no verdict"] }
    return (memo.blindness + memo.cautions).map(LogText.printable)
  }

  /// A row of the table of numbers.
  struct Row {
    var signal: String
    var state: String
    var before: String
    var after: String
    var ratio: String
    /// What is counted, where the signal's name does not tell.
    var edge: String?
  }

  /// The signals that were judged and those that changed; what is only shown is left out.
  var rows: [Row] {
    (memo?.signals ?? []).filter { !$0.isAdvisory && ($0.isRequired || $0.state != "undecided") }
      .map {
        signal in
        let unit = ExposureUnit(rawValue: signal.unit) ?? .units
        return Row(
          signal: LogText.printable(signal.signal),
          state: signal.silenced == nil ? signal.state : signal.state + ", silenced",
          before: NumberText.rate(signal.baseline.counted, unit),
          after: NumberText.rate(signal.candidate.counted, unit),
          ratio: signal.ratio.map {
            NumberText.ratio(RatioEstimate(estimate: $0.estimate, low: $0.low, high: $0.high))
          } ?? "-",
          edge: signal.slowerThanSeconds.map {
            "requests slower than \(NumberText.latency(seconds: $0))"
          })
      }
  }

  /// One alert of the list.
  struct Event {
    var time: String
    var state: String
    var signal: String
    var text: String
    var place: String?
    var sample: [String]
    var hint: String?
  }

  /// Lines of a sample that are shown: its beginning and, more of it, its end.
  private static let sampleLines = 12

  /// Alerts of the watch, in the order of their times.
  var events: [Event] {
    (memo?.alerts ?? []).map { alert in
      let unit = ExposureUnit(rawValue: alert.unit) ?? .units
      // What is noted at once was seen before any window was counted.
      let now =
        alert.candidate.exposure > 0
        ? "; " + NumberText.fraction(alert.candidate.counted, unit) : ""
      let numbers =
        alert.kind == "new"
        ? "never before\(now)"
        : "\(NumberText.rate(alert.baseline.counted, unit)) → "
          + NumberText.rate(alert.candidate.counted, unit)
      let text = [alert.about, numbers, alert.silenced.map { "silenced: " + $0.reason }]
        .compactMap(\.self).joined(separator: "; ")
      let lines = alert.sample.map { LogText.lines(Array($0.utf8)) } ?? []
      return Event(
        time: Timestamp(nanoseconds: alert.at).rfc3339, state: alert.state,
        signal: LogText.printable(alert.signal), text: LogText.printable(text),
        place: alert.place.map(LogText.printable), sample: Self.shortened(lines), hint: alert.hint)
    }
  }

  private static func shortened(_ lines: [String]) -> [String] {
    guard lines.count > sampleLines else { return lines }
    let head = sampleLines / 4
    let tail = sampleLines - head - 1
    return Array(lines.prefix(head)) + ["… \(lines.count - head - tail) more lines"]
      + lines.suffix(tail)
  }

  /// Alerts with evidence, each signal once.
  var evidence: [Event] {
    var seen: Set<String> = []
    return events.filter { !$0.sample.isEmpty && seen.insert($0.signal).inserted }
  }
}

extension WatchMemo.Count {
  var counted: Counted { Counted(count: count, exposure: exposure) }
}
