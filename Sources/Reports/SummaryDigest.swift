import Judgement
import Records
import Redaction
import Windows

/// A digest in words, the same for every format.
struct SummaryDigest {
  enum Mark: String {
    case worse, new, over, silenced
  }

  /// One thing that is noteworthy.
  struct Finding {
    var mark: Mark
    var signal: String
    var severity: String
    var sentences: [String]
    var place: String?
    var sample: [String]
    var hint: String?
  }

  struct ErrorLine {
    var count: String
    var signal: String
    var about: String?
    var sample: String?
  }

  var title: String
  var span: String
  var findings: [Finding]
  var errors: [ErrorLine]
  /// Traffic and latency, name and numbers.
  var numbers: [(name: String, text: String)]
  var files: [(name: String, lines: String)]
  var notes: [String]
  var problems: [String]

  /// Findings that are shown with their numbers and samples; the others have a line each.
  private static let detailed = 6
  /// Lines of a sample that are shown: its beginning and, more of it, its end.
  private static let sampleLines = 8

  init(_ facts: SummaryFacts) {
    let verdict = facts.verdict
    let alerts = verdict?.alerts ?? []
    // What was noted and then kept coming back is told once.
    let told = alerts.filter { alert in
      alert.state != .noted
        || !alerts.contains { $0.state == .firing && $0.subject == alert.subject }
    }
    findings = told.enumerated().map { place, alert in
      var finding = Self.finding(alert, facts)
      guard place >= Self.detailed else { return finding }
      finding.sentences = Array(Self.numbers(of: alert, facts).prefix(1))
      finding.place = nil
      finding.sample = []
      finding.hint = nil
      return finding
    }
    errors = facts.errors.map { error in
      ErrorLine(
        count: NumberText.count(error.count), signal: error.signal, about: error.about,
        sample: error.sample.flatMap { Self.sample($0, facts).last { !$0.isEmpty } })
    }
    numbers = Self.numbers(facts)
    files = facts.files.filter { $0.lines > 0 }.map {
      (LogText.printable($0.name), NumberText.count($0.lines))
    }
    problems = (facts.problems + (verdict?.outcome == .blind ? verdict?.blindness ?? [] : []))
      .map(LogText.printable)
    title = Self.title(facts, findings)
    span = Self.span(facts)
    notes = Self.notes(facts)
  }

  private static func title(_ facts: SummaryFacts, _ findings: [Finding]) -> String {
    func names(_ mark: Mark) -> String {
      var seen: [String] = []
      for finding in findings where finding.mark == mark && !seen.contains(finding.signal) {
        seen.append(finding.signal)
      }
      let more = seen.count > 4 ? " and \(seen.count - 4) more" : ""
      return seen.prefix(4).joined(separator: ", ") + more
    }
    var parts: [String] = []
    if !names(.worse).isEmpty { parts.append("worse in " + names(.worse)) }
    if !names(.new).isEmpty { parts.append("new: " + names(.new)) }
    if !facts.problems.isEmpty || facts.verdict?.outcome == .blind {
      parts.append("not all could be looked at")
    }
    if parts.isEmpty {
      parts.append(facts.isFirst ? "first run, all of it is history" : "nothing noteworthy")
    }
    return "\(LogText.printable(facts.job)): " + parts.joined(separator: "; ")
  }

  private static func span(_ facts: SummaryFacts) -> String {
    var text = "\(NumberText.count(facts.lines)) new lines"
    if let from = facts.from, let to = facts.to {
      text += ", \(from.rfc3339) to \(to.rfc3339)"
    }
    if let from = facts.historyFrom, let to = facts.historyTo {
      text += "; compared with \(from.rfc3339) to \(to.rfc3339)"
    }
    return text
  }

  private static func finding(_ alert: Alert, _ facts: SummaryFacts) -> Finding {
    let mark: Mark =
      if alert.mute != nil {
        .silenced
      } else {
        switch alert.state {
        case .resolved: .over
        case .noted: .new
        case .firing: alert.kind == "new" ? .new : .worse
        }
      }
    var sentences: [String] = []
    if let mute = alert.mute { sentences.append(AlertText.silenced(mute)) }
    if let about = alert.about { sentences.append(about) }
    sentences += numbers(of: alert, facts)
    let sample = alert.sample.map { shortened(Self.sample($0, facts)) } ?? []
    return Finding(
      mark: mark, signal: LogText.printable(alert.subject.text), severity: alert.severity.name,
      sentences: sentences.map(LogText.printable),
      place: alert.sample.map {
        "\(LogText.printable(facts.name(ofFile: $0.file))):\($0.lineNumber)"
      }, sample: sample, hint: alert.hint)
  }

  private static func numbers(of alert: Alert, _ facts: SummaryFacts) -> [String] {
    var alert = alert
    if alert.state != .resolved, alert.since == nil,
      let signal = facts.verdict?.signals.first(where: { $0.subject == alert.subject })
    {
      alert.candidate = signal.candidate
      alert.ratio = signal.ratio
    }
    var sentences: [String] = []
    if alert.kind == "new" {
      sentences.append(
        "never in \(NumberText.exposure(alert.baseline, alert.unit)) of history; now "
          + NumberText.fraction(alert.candidate, alert.unit))
      return sentences
    }
    guard alert.signal != Judge.linesName else { return [] }
    let edge = alert.slowerThanSeconds.map {
      "requests slower than \(NumberText.latency(seconds: $0)): "
    }
    sentences.append(
      (edge ?? "") + "\(NumberText.rate(alert.baseline, alert.unit)) → "
        + "\(NumberText.rate(alert.candidate, alert.unit))"
        + (alert.unit == .requests ? " of requests" : "")
        + (alert.ratio.map { "  " + NumberText.ratio($0) } ?? "")
        + (alert.since.map { ", since \($0.rfc3339)" } ?? ""))
    sentences.append(
      "history \(NumberText.fraction(alert.baseline, alert.unit)), "
        + "now \(NumberText.fraction(alert.candidate, alert.unit))"
        + (alert.state == .firing
          ? "; odds against chance \(NumberText.odds(alert.logEvidence))" : ""))
    sentences.append(
      (alert.state == .resolved ? "over at " : "seen at ") + alert.at.rfc3339)
    return sentences
  }

  private static func sample(_ sample: Sample, _ facts: SummaryFacts) -> [String] {
    LogText.lines(facts.redactor.redact(sample.text, isCut: sample.isCut))
  }

  private static func shortened(_ lines: [String]) -> [String] {
    guard lines.count > sampleLines else { return lines }
    let head = sampleLines / 4
    let tail = sampleLines - head - 1
    return Array(lines.prefix(head)) + ["… \(lines.count - head - tail) more lines"]
      + lines.suffix(tail)
  }

  private static func numbers(_ facts: SummaryFacts) -> [(name: String, text: String)] {
    var numbers: [(name: String, text: String)] = []
    if let requests = facts.requests {
      let before = requests.before.exposure > 0 && requests.before.count > 0
      numbers.append(
        (
          "requests",
          "\(NumberText.count(requests.now.count)), \(NumberText.rate(requests.now, .seconds))"
            + (before ? " (history \(NumberText.rate(requests.before, .seconds)))" : "")
        ))
    }
    for item in facts.measured where item.candidate.count > 0 {
      let text = item.quantiles.map { share in
        let now = item.candidate.quantile(share).map(NumberText.latency) ?? "no data"
        let before = item.baseline.quantile(share).map { NumberText.latency(seconds: $0) + " → " }
        return "p\(NumberText.decimal(share * 100, significant: 4)) \(before ?? "")\(now)"
      }
      numbers.append((item.signal, text.joined(separator: ", ")))
    }
    return numbers
  }

  private static func notes(_ facts: SummaryFacts) -> [String] {
    var notes: [String] = []
    if facts.lateLines > 0 {
      notes.append(
        "\(NumberText.count(facts.lateLines)) lines are of times before the last run: they are "
          + "history now, and were not judged")
    }
    if facts.isAgain {
      notes.append("looked at again: new errors are told by the first look alone")
    }
    notes += facts.reading.skipped().map { "not counted: " + $0 }
    notes += (facts.verdict?.cautions ?? []).map { "caution: " + LogText.printable($0) }
    return notes
  }
}
