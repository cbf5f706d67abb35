package import Judgement
import Records
import Rules
import Windows

/// The end of a watch as text: verdict first, then the worst signals, then the rest.
package enum VerdictText {
  /// Regressed signals that are shown with their evidence; the others have a line each.
  private static let detailedSignals = 3

  package static func render(
    _ verdict: Verdict, _ facts: WatchFacts, _ reading: ReadingFacts, measured: [Measured],
    routes: [RouteShare], _ style: Style
  ) -> String {
    var lines = [headline(verdict, facts, style)]
    for reason in verdict.blindness { lines.append("  " + LogText.printable(reason)) }
    lines += regressions(verdict, facts, routes, measured, style)
    let people = AlertText.people(facts)
    if !people.isEmpty {
      lines.append("")
      lines += people.map { "  " + $0 }
    }
    lines += rest(verdict, measured, style)
    lines.append("")
    lines += reading.sentences().map { "  " + $0 }
    for caution in verdict.cautions { lines.append("  caution: " + LogText.printable(caution)) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func headline(_ verdict: Verdict, _ facts: WatchFacts, _ style: Style) -> String {
    let word = verdict.outcome.rawValue.uppercased()
    let name = facts.release == WatchFacts.unnamedRelease ? "" : facts.release + " "
    let release = "release \(name)of \(facts.at.rfc3339)"
    switch verdict.outcome {
    case .regressed:
      let names = verdict.storyLeaders.map { LogText.printable($0.subject.text) }
      let what = names.isEmpty ? "the signals together" : names.prefix(4).joined(separator: ", ")
      let more = names.count > 4 ? " and \(names.count - 4) more" : ""
      return style.red(word) + "  \(release): worse in \(what)\(more)"
    case .healthy:
      return style.green(word)
        + "  \(release): nothing regressed\(silenced(verdict)), and there was enough data to say so"
    case .undecided:
      return style.yellow(word)
        + "  \(release): nothing regressed so far\(silenced(verdict)), not enough data to call it "
        + "healthy"
    case .blind:
      return style.yellow(word) + "  \(release): no verdict would be honest"
    }
  }

  /// What did regress and is silenced.
  private static func silenced(_ verdict: Verdict) -> String {
    let names = verdict.signals.filter { $0.state == .regressed && $0.mute != nil }.map(\.signal)
    return names.isEmpty ? "" : " but what is silenced (\(names.joined(separator: ", ")))"
  }

  private static func regressions(
    _ verdict: Verdict, _ facts: WatchFacts, _ routes: [RouteShare], _ measured: [Measured],
    _ style: Style
  ) -> [String] {
    var lines: [String] = []
    let leaders = verdict.storyLeaders
    for signal in leaders.prefix(detailedSignals) {
      lines.append("")
      lines.append(
        "  \(style.red("▲ " + LogText.printable(signal.subject.text)))  \(signal.severity.name)")
      if let mute = signal.mute { lines.append("    " + AlertText.silenced(mute)) }
      lines += detail(signal, verdict, facts, style).map { "    " + $0 }
      lines += quantiles(of: signal, measured).map { "    " + $0 }
      if let cause = signal.explainedBy {
        lines.append("    \(cause) regressed as well and may be why")
      }
      if let story = signal.story {
        lines.append(
          "    likely the same failure as \(LogText.printable(story.text)), seen in the same windows"
        )
      }
      for route in routes where route.signal == signal.signal && signal.route == nil {
        lines.append("    " + sentence(route, signal.unit))
      }
      lines += parts(of: signal, verdict)
    }
    if leaders.count > detailedSignals {
      lines.append("")
      lines += leaders.dropFirst(detailedSignals).flatMap { signal in
        [
          "  \(style.red("▲ " + LogText.printable(signal.subject.text)))  \(change(signal))"
            + (signal.mute == nil ? "" : "  (silenced)")
        ] + parts(of: signal, verdict)
      }
    }
    for alert in verdict.alerts where alert.state == .noted {
      guard
        !verdict.signals.contains(where: { $0.subject == alert.subject && $0.state == .regressed })
      else { continue }
      lines.append("")
      lines.append(
        "  \(style.yellow("● " + alert.signal))  new since the release, not shown to keep coming back yet"
      )
      if let mute = alert.mute { lines.append("    " + AlertText.silenced(mute)) }
      var shown = alert
      if let now = verdict.signals.first(where: { $0.subject == alert.subject }) {
        shown.candidate = now.candidate
      }
      lines += AlertText.body(
        shown, facts, style, sampleLines: AlertText.sampleLinesInVerdict
      ).map { "    " + $0 }
    }
    return lines
  }

  /// The less specific signals that the same failure raised, a line each.
  private static func parts(of leader: SignalVerdict, _ verdict: Verdict) -> [String] {
    verdict.storyParts(of: leader).map {
      "    the same failure raised \(LogText.printable($0.subject.text))  \(change($0))"
    }
  }

  /// An alert's text with the numbers at the end of the watch and the evidence of when it fired.
  private static func detail(
    _ signal: SignalVerdict, _ verdict: Verdict, _ facts: WatchFacts, _ style: Style
  ) -> [String] {
    let fired = verdict.alerts.last { $0.subject == signal.subject && $0.state == .firing }
    guard var alert = fired else { return [change(signal)] }
    var sinceRelease: [String] = []
    if alert.since == nil {
      alert.candidate = signal.candidate
      alert.ratio = signal.ratio
    } else {
      sinceRelease = ["over the whole watch: " + change(signal)]
    }
    return AlertText.body(
      alert, facts, style, sampleLines: AlertText.sampleLinesInVerdict
    ) + sinceRelease + [
      "first alarm at \(alert.at.rfc3339), \(AlertText.after(alert, facts)) after the release"
    ]
  }

  /// Before, after and ratio on one line.
  private static func change(_ signal: SignalVerdict) -> String {
    guard signal.kind != "new" else {
      return "new: \(NumberText.fraction(signal.candidate, signal.unit))"
    }
    return "\(NumberText.rate(signal.baseline, signal.unit)) → "
      + NumberText.rate(signal.candidate, signal.unit)
      + (signal.ratio.map { isEmpty(signal) ? "" : "  " + NumberText.ratio($0) } ?? "")
  }

  /// No event on either side: a ratio would be one of pseudo counts.
  private static func isEmpty(_ signal: SignalVerdict) -> Bool {
    signal.baseline.count == 0 && signal.candidate.count == 0
  }

  private static func sentence(_ route: RouteShare, _ unit: ExposureUnit) -> String {
    let before = Counted(count: route.baselineCount, exposure: route.baselineExposure)
    let after = Counted(count: route.candidateCount, exposure: route.candidateExposure)
    return "route \(LogText.lines(Array(route.route.utf8)).first ?? ""): "
      + "\(NumberText.rate(before, unit)) → \(NumberText.rate(after, unit)) "
      + "(\(NumberText.fraction(after, unit)))"
  }

  /// The signals that did not regress: those the verdict needs, then the others.
  private static func rest(
    _ verdict: Verdict, _ measured: [Measured], _ style: Style
  ) -> [String] {
    let others = verdict.signals.filter { $0.state != .regressed && $0.route == nil }
    let width = others.map(\.signal.count).max() ?? 0
    func group(_ title: String, _ signals: [SignalVerdict]) -> [String] {
      signals.isEmpty
        ? [] : ["", "  " + title] + signals.flatMap { line($0, width, measured, style) }
    }
    return group("needed for healthy:", others.filter(\.isRequired))
      + group("also watched:", others.filter { !$0.isRequired && !$0.isAdvisory })
      + routes(verdict)
      + group("shown, not judged:", others.filter(\.isAdvisory))
  }

  /// The signals that are judged by route as well, and in how many nothing regressed.
  private static func routes(_ verdict: Verdict) -> [String] {
    var counts: [String: Int] = [:]
    for signal in verdict.signals where signal.route != nil && signal.state != .regressed {
      counts[signal.signal, default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map { signal, count in
      "    \(signal) by route: \(count == 1 ? "one route" : "\(count) routes") without an alarm"
    }
  }

  private static func line(
    _ signal: SignalVerdict, _ width: Int, _ measured: [Measured], _ style: Style
  ) -> [String] {
    let word = signal.isAdvisory ? "" : signal.state.rawValue
    let padded = word + String(repeating: " ", count: max(0, 10 - word.count))
    let state =
      switch signal.state {
      case .healthy, .improved: style.green(padded)
      case .undecided, .blind: signal.isRequired ? style.yellow(padded) : padded
      case .regressed: style.red(padded)
      }
    let name = signal.signal + String(repeating: " ", count: width - signal.signal.count)
    let quantiles = self.quantiles(of: signal, measured)
    var text = "    \(state)\(name)  \(quantiles.first ?? change(signal))"
    if signal.settlingCount > 0, !signal.isAdvisory {
      text += "; \(NumberText.count(signal.settlingCount)) more in the restart window, not judged"
    }
    if signal.isLowerBound { text += " (lower bound)" }
    guard signal.state == .blind || (!signal.isAdvisory && signal.state == .undecided) else {
      return [text]
    }
    if signal.state == .undecided, !signal.isRequired {
      return [
        text
          + (signal.needs.map { "; about \(NumberText.duration(seconds: $0.seconds)) more to tell" }
            ?? "")
      ]
    }
    var reason = signal.reason
    if let needs = signal.needs {
      reason += "; about \(NumberText.duration(seconds: needs.seconds)) more would do"
    }
    return [text, String(repeating: " ", count: 14) + reason]
  }

  /// Quantiles of a latency signal before and after, on one line.
  private static func quantiles(of signal: SignalVerdict, _ measured: [Measured]) -> [String] {
    measured.filter { $0.signal == signal.signal }.map { item in
      item.quantiles.map { share in
        let before = item.baseline.quantile(share).map(NumberText.latency) ?? "no data"
        let after = item.candidate.quantile(share).map(NumberText.latency) ?? "no data"
        return "p\(NumberText.decimal(share * 100, significant: 4)) \(before) → \(after)"
      }.joined(separator: ", ")
    }
  }
}

extension ReadingFacts {
  /// What was read and what was skipped, in sentences.
  func sentences() -> [String] {
    var read =
      "read \(NumberText.count(baselineLines)) lines before and "
      + "\(NumberText.count(candidateLines)) after the release"
    if let baselineFrom, let baselineTo {
      read += "; baseline \(baselineFrom.rfc3339) to \(baselineTo.rfc3339)"
    }
    var lines = [read]
    if lateLines > 0 {
      lines.append(
        "\(NumberText.count(lateLines)) lines came late and were counted in a later window than their own"
      )
    }
    let skipped = skipped()
    if !skipped.isEmpty { lines.append("not counted: " + skipped.joined(separator: ", ")) }
    return lines
  }

  /// What was not counted, and how much of it.
  func skipped() -> [String] {
    var skipped: [String] = []
    func note(_ count: Int, _ what: String) {
      if count > 0 { skipped.append("\(NumberText.count(count)) \(what)") }
    }
    note(unparsedLines, "lines without a time")
    note(outsideLines, "lines outside the watched span")
    note(truncatedLines, "lines cut at the length limit")
    note(unreadableFiles, "files that could not be read")
    note(unsupportedCompression, "files in a compression that cannot be read")
    note(nulBytes, "NUL bytes skipped")
    return skipped
  }
}
