package import Judgement
import Records
import Redaction
import Rules
import Windows

/// The comparison of two sets as blocks: verdict first, what got worse, every signal, the mix, and what
/// exists on one side only.
package enum CompareReport {
  private static let shownOnly = 10
  private static let shownMoved = 5
  private static let sampleLines = 12

  package static func title(_ verdict: Verdict) -> String {
    let worse = verdict.storyLeaders.map { LogText.printable($0.subject.text) }
    let word = verdict.outcome.rawValue.uppercased()
    switch verdict.outcome {
    case .regressed:
      let names = worse.isEmpty ? "the signals together" : worse.prefix(5).joined(separator: ", ")
      return "\(word)  B is worse than A in \(names)"
        + (worse.count > 5 ? " and \(worse.count - 5) more" : "")
    case .healthy: return "\(word)  B is no worse than A, and there was enough data to say so"
    case .undecided:
      return "\(word)  B was not shown to be worse than A; not enough data for healthy"
    case .blind: return "\(word)  no verdict would be honest"
    }
  }

  package static func blocks(_ verdict: Verdict, _ facts: CompareFacts) -> [ReportBlock] {
    var blocks: [ReportBlock] = [.heading(title(verdict))]
    if !verdict.blindness.isEmpty { blocks.append(.list(verdict.blindness.map(LogText.printable))) }
    blocks.append(.paragraph("A, the baseline: " + side(facts.a)))
    blocks.append(.paragraph("B, the candidate: " + side(facts.b)))
    for signal in verdict.storyLeaders { blocks += detail(signal, verdict, facts) }
    for alert in verdict.alerts where alert.state == .noted {
      guard
        !verdict.signals.contains(where: { $0.subject == alert.subject && $0.state == .regressed })
      else { continue }
      blocks.append(.heading("new in B: " + LogText.printable(alert.subject.text)))
      blocks.append(
        .paragraph("\(NumberText.fraction(alert.candidate, alert.unit)), never in A"))
      blocks += sample(alert, facts)
    }
    blocks += signals(verdict, facts)
    blocks += mix(facts)
    blocks += only("A", facts.a) + only("B", facts.b)
    if !verdict.cautions.isEmpty {
      blocks.append(.heading("to be known"))
      blocks.append(.list(verdict.cautions.map(LogText.printable)))
    }
    return blocks
  }

  private static func side(_ side: CompareFacts.Side) -> String {
    var text = side.inputs.map(LogText.printable).joined(separator: ", ")
    text +=
      "; \(NumberText.count(side.lines)) lines, \(NumberText.count(side.requests)) requests"
    if let from = side.from, let to = side.to { text += ", \(from.rfc3339) to \(to.rfc3339)" }
    return text
  }

  private static func change(_ signal: SignalVerdict) -> String {
    guard signal.kind != "new" else {
      return "never → \(NumberText.fraction(signal.candidate, signal.unit))"
    }
    return "\(NumberText.rate(signal.baseline, signal.unit)) → "
      + NumberText.rate(signal.candidate, signal.unit)
  }

  private static func detail(
    _ signal: SignalVerdict, _ verdict: Verdict, _ facts: CompareFacts
  ) -> [ReportBlock] {
    var blocks: [ReportBlock] = [
      .heading("▲ \(LogText.printable(signal.subject.text))  \(signal.severity.name)")
    ]
    if let about = signal.about { blocks.append(.paragraph(about)) }
    if let edge = signal.slowerThanSeconds {
      blocks.append(.paragraph("requests slower than \(NumberText.latency(seconds: edge)):"))
    }
    blocks.append(
      .paragraph(change(signal) + (signal.ratio.map { "  " + NumberText.ratio($0) } ?? "")))
    for quantiles in quantiles(of: signal, facts) { blocks.append(.paragraph(quantiles)) }
    for part in verdict.storyParts(of: signal) {
      blocks.append(
        .paragraph(
          "the same failure raised \(LogText.printable(part.subject.text))  \(change(part))"))
    }
    if let cause = signal.explainedBy {
      blocks.append(.paragraph("\(cause) is worse as well and may be why"))
    }
    if let alert = verdict.alerts.first(where: { $0.subject == signal.subject && $0.sample != nil })
    {
      blocks += sample(alert, facts)
    }
    if let hint = signal.hint { blocks.append(.paragraph("hint: " + hint)) }
    return blocks
  }

  private static func sample(_ alert: Alert, _ facts: CompareFacts) -> [ReportBlock] {
    guard let sample = alert.sample else { return [] }
    let name = facts.fileNames.indices.contains(sample.file) ? facts.fileNames[sample.file] : "-"
    return [
      .paragraph("\(LogText.printable(name)):\(sample.lineNumber)"),
      .quote(ends(of: LogText.lines(facts.redactor.redact(sample.text, isCut: sample.isCut)))),
    ]
  }

  /// The first and the last lines: the exception of a traceback stands at its end.
  private static func ends(of lines: [String]) -> [String] {
    guard lines.count > sampleLines else { return lines }
    let head = 3
    let tail = sampleLines - head
    return lines.prefix(head) + ["… \(lines.count - head - tail) lines …"] + lines.suffix(tail)
  }

  private static func quantiles(of signal: SignalVerdict, _ facts: CompareFacts) -> [String] {
    // Latency is known of the whole alone.
    facts.measured.filter { $0.signal == signal.signal && signal.route == nil }.map { item in
      item.quantiles.map { share in
        let before = item.baseline.quantile(share).map(NumberText.latency) ?? "no data"
        let after = item.candidate.quantile(share).map(NumberText.latency) ?? "no data"
        return "p\(NumberText.decimal(share * 100, significant: 4)) \(before) → \(after)"
      }.joined(separator: ", ")
    }
  }

  private static func signals(_ verdict: Verdict, _ facts: CompareFacts) -> [ReportBlock] {
    guard !verdict.signals.isEmpty else { return [] }
    let rows = verdict.signals.map { signal in
      [
        signal.isAdvisory ? "shown" : signal.state.rawValue,
        LogText.printable(signal.subject.text),
        quantiles(of: signal, facts).first ?? change(signal),
        signal.ratio.map(NumberText.ratio) ?? "",
        signal.isRequired ? "needed for healthy" : "",
      ]
    }
    return [
      .heading("signals, A → B"),
      .table(header: ["state", "signal", "A → B", "ratio", ""], rows: rows),
    ]
  }

  private static func mix(_ facts: CompareFacts) -> [ReportBlock] {
    guard let overlap = facts.overlap else { return [] }
    var blocks: [ReportBlock] = [.heading("traffic mix")]
    let share = NumberText.decimal(overlap * 100, significant: 3)
    var sentence = "\(share) % of the requests of A and B are distributed over the routes alike"
    if facts.isMixed {
      sentence +=
        "; the others were left out, so that both sides are compared at one mix: the signals above "
        + "are those of what is left"
    } else if let obstacle = facts.mixObstacle {
      sentence += "; the signals above are not corrected for it: \(obstacle)"
    } else {
      sentence += "; nothing had to be left out"
    }
    blocks.append(.paragraph(sentence))
    func percent(_ share: Double) -> String {
      NumberText.decimal(share * 100, significant: 3) + " %"
    }
    if !facts.moved.isEmpty, overlap < 0.999 {
      blocks.append(
        .table(
          header: ["route", "share in A", "share in B"],
          rows: facts.moved.prefix(shownMoved).map {
            [LogText.printable($0.route), percent($0.a), percent($0.b)]
          }))
    }
    if !facts.effects.isEmpty {
      blocks.append(
        .table(
          header: ["over the routes of both", "as they stand, A → B", "at one mix, A → B"],
          rows: facts.effects.map {
            [
              $0.signal, "\(percent($0.asTheyStand.a)) → \(percent($0.asTheyStand.b))",
              "\(percent($0.atOneMix.a)) → \(percent($0.atOneMix.b))",
            ]
          }))
    }
    return blocks
  }

  private static func only(_ name: String, _ side: CompareFacts.Side) -> [ReportBlock] {
    var items: [String] = []
    func add(_ what: String, _ names: [String]) {
      guard !names.isEmpty else { return }
      let rest = names.count > shownOnly ? " and \(names.count - shownOnly) more" : ""
      items.append("\(what): \(names.prefix(shownOnly).joined(separator: ", "))\(rest)")
    }
    add(
      "routes",
      side.routesOnly.map { route in
        let failed =
          route.failures.map { $0 > 0 ? ", \(NumberText.count($0)) of them 5xx" : "" } ?? ""
        return
          "\(LogText.printable(route.route)) (\(NumberText.count(route.requests)) requests\(failed))"
      })
    add("rules that match", side.rulesOnly.map { "\($0.name) (\(NumberText.count($0.count)))" })
    add("formats", side.formatsOnly.map { "\($0.name) (\(NumberText.count($0.count)) lines)" })
    return items.isEmpty ? [] : [.heading("only in \(name)"), .list(items)]
  }
}
