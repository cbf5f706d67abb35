package import Judgement
import Records
import Windows

/// An alert as text, printed the moment it fires.
package enum AlertText {
  /// Lines of a record that an alert shows, and the verdict; the rest is counted.
  private static let sampleLinesInAlert = 5
  static let sampleLinesInVerdict = 12

  package static func render(_ alert: Alert, _ facts: WatchFacts, _ style: Style) -> String {
    var lines: [String] = []
    let head =
      switch alert.state {
      case .firing: style.red("FIRING")
      case .noted: style.yellow("NOTED")
      case .resolved: style.green("RESOLVED")
      }
    let time = alert.at.rfc3339
    switch alert.state {
    case .noted:
      lines.append(
        "\(head)  \(style.bold(LogText.printable(alert.subject.text)))  at \(time): first seen now, never in the baseline; "
          + "another occurrence would make this a regression")
    case .resolved:
      lines.append(
        "\(head)  \(style.bold(LogText.printable(alert.subject.text)))  at \(time): \(recovery(alert))"
      )
    case .firing:
      lines.append(
        "\(head)  \(style.bold(LogText.printable(alert.subject.text)))  at \(time), "
          + "\(after(alert, facts)) after the release")
    }
    if let mute = alert.mute { lines.append("  " + silenced(mute)) }
    if let story = alert.story {
      lines.append(
        "  likely the same failure as \(LogText.printable(story.text)), in the same windows")
    }
    lines += body(alert, facts, style, sampleLines: sampleLinesInAlert).map { "  " + $0 }
    lines += people(facts).map { "  " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Numbers, sample and hint of an alert, without a heading.
  static func body(
    _ alert: Alert, _ facts: WatchFacts, _ style: Style, sampleLines: Int
  ) -> [String] {
    var lines: [String] = []
    if let about = alert.about { lines.append(about) }
    if alert.kind == Judge.newName {
      if let signature = alert.signature { lines.append(LogText.printable(signature)) }
      lines.append(
        "never in \(NumberText.exposure(alert.baseline, alert.unit)) before the release; "
          + "since then \(NumberText.fraction(alert.candidate, alert.unit))")
    } else if alert.signal != Judge.linesName {
      if let since = alert.since {
        lines.append("since \(since.rfc3339), when the change began:")
      }
      if let edge = alert.slowerThanSeconds {
        lines.append("requests slower than \(NumberText.latency(seconds: edge)):")
      }
      lines.append(
        "\(NumberText.rate(alert.baseline, alert.unit)) → "
          + "\(NumberText.rate(alert.candidate, alert.unit))"
          + (alert.unit == .requests ? " of requests" : "")
          + (alert.ratio.map { "  " + NumberText.ratio($0) } ?? ""))
      lines.append(
        "before \(NumberText.fraction(alert.baseline, alert.unit)), "
          + "after \(NumberText.fraction(alert.candidate, alert.unit))")
    }
    if alert.state == .firing, alert.kind == Judge.newName, alert.logEvidence < alert.logThreshold {
      lines.append("named because it makes up what rose")
    } else if alert.state == .firing {
      lines.append(
        "odds against chance \(NumberText.odds(alert.logEvidence)), "
          + "needed \(NumberText.odds(alert.logThreshold))")
    }
    if let sample = alert.sample { lines += evidence(sample, facts, style, shown: sampleLines) }
    if let hint = alert.hint { lines.append("hint: " + hint) }
    return lines
  }

  /// What the end of an alarm means.
  private static func recovery(_ alert: Alert) -> String {
    if alert.signal == Judge.linesName { return "lines come again" }
    return alert.kind == "silence" ? "back above 0.8 × baseline" : "back below 1.25 × baseline"
  }

  /// Where a sample stands and what it says. The head of a traceback and its end say most.
  private static func evidence(
    _ sample: Sample, _ facts: WatchFacts, _ style: Style, shown: Int
  ) -> [String] {
    let name = LogText.printable(facts.name(ofFile: sample.file))
    var lines = [
      name == WatchFacts.standardInput
        ? "standard input, line \(sample.lineNumber)" : "\(name):\(sample.lineNumber)"
    ]
    let text = LogText.lines(facts.redacted(sample))
    guard text.count > shown else { return lines + text.map { style.dim("  │ " + $0) } }
    let head = max(1, shown / 4)
    let tail = shown - head - 1
    lines += text.prefix(head).map { style.dim("  │ " + $0) }
    lines.append(style.dim("  │ … \(text.count - head - tail) more lines"))
    return lines + text.suffix(tail).map { style.dim("  │ " + $0) }
  }

  /// That somebody has silenced a signal, until when and why.
  static func silenced(_ mute: Mute) -> String {
    "silenced until \(mute.until.rfc3339), does not fail the watch: "
      + LogText.printable(mute.reason)
  }

  /// Owner, expectation and rollback note, where they are known.
  static func people(_ facts: WatchFacts) -> [String] {
    var lines: [String] = []
    if let owner = facts.owner { lines.append("owner: " + LogText.printable(owner)) }
    if let expectation = facts.expectation {
      lines.append("expected: " + LogText.printable(expectation))
    }
    if let rollback = facts.rollback { lines.append("rollback: " + LogText.printable(rollback)) }
    return lines
  }

  static func after(_ alert: Alert, _ facts: WatchFacts) -> String {
    NumberText.duration(
      seconds: Double(alert.at.nanoseconds(since: facts.at)) / 1e9)
  }
}
