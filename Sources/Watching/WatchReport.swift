import Following
import Judgement
import Records
import Redaction
import Reports
import Rules
import Windows

/// Prints what a watch has to say, in the chosen format.
struct WatchReport {
  let options: WatchOptions
  let surroundings: Surroundings
  private(set) var fileNames: [String] = []

  private var facts: WatchFacts {
    var facts = options.facts
    facts.fileNames = fileNames
    return facts
  }

  /// Gives the next file its name; standard input is `-`, as on the command line.
  mutating func nameFile(_ name: String) {
    fileNames.append(name == InputFile.standardInputName ? WatchFacts.standardInput : name)
  }

  func started(_ reading: ReadingFacts) {
    guard options.format == .json else { return }
    surroundings.write(WatchJSON.started(facts, reading) + "\n")
  }

  /// The silence that an alert falls under.
  func mute(of alert: Alert) -> Mute? {
    options.ledger.mutes().covering(alert.signal, at: alert.at, now: surroundings.now())
  }

  /// A signature keeps words of the log.
  private func redacted(_ signature: String?) -> String? {
    signature.map { options.facts.redactor.redact($0) }
  }

  private func redacted(_ answer: SignalArithmetic) -> SignalArithmetic {
    var answer = answer
    answer.signature = redacted(answer.signature)
    answer.because = options.facts.redactor.redact(answer.because)
    for place in answer.known.indices {
      answer.known[place].text = options.facts.redactor.redact(answer.known[place].text)
    }
    return answer
  }

  func alert(_ raised: Alert) {
    var alert = raised
    alert.mute = mute(of: alert)
    alert.redact(with: options.facts.redactor)
    options.desk?.take(alert, facts)
    switch options.format {
    case .json: surroundings.write(WatchJSON.alert(alert, facts) + "\n")
    case .text: surroundings.write(AlertText.render(alert, facts, options.style) + "\n")
    }
  }

  /// Answers why signals did or did not alarm, for those that were asked for.
  func explain(_ judge: Judge, _ timeline: Timeline) {
    let names = options.explained.flatMap {
      $0 == WatchOptions.everySignal ? judge.namesSeen : [$0]
    }
    for name in names {
      // An alert's name may have a route, `http.5xx on /orders`.
      let parts = name.firstRange(of: Subject.routeMark)
      let signal = parts.map { String(name[..<$0.lowerBound]) } ?? name
      let answers = judge.arithmetic(of: signal, timeline)
        .filter { parts == nil || $0.subject.text == name }
      if answers.isEmpty {
        surroundings.warn("--explain \(name): no signal and no new signature has that name")
      }
      for answer in answers {
        let answer = redacted(answer)
        switch options.format {
        case .json: surroundings.write(WatchJSON.explanation(answer) + "\n")
        case .text:
          surroundings.write(
            ArithmeticText.render(answer, alpha: options.judge.alpha, options.style) + "\n")
        }
      }
    }
  }

  /// Prints the verdict and says how the watch ended.
  func verdict(
    _ reached: Verdict, _ cause: WatchEnding.Cause, _ timeline: Timeline, upTo end: Int,
    _ reading: ReadingFacts
  ) -> WatchEnding {
    var verdict = reached
    verdict.mute(
      options.ledger.mutes(), end: options.plan.start(of: end), now: surroundings.now())
    // Routes are looked up by the names that they have in the log.
    let routes = self.routes(verdict, timeline)
    verdict.redact(with: options.facts.redactor)
    if let left = options.desk?.end(options.plan.start(of: end)), left > 0 {
      surroundings.warn(
        "\(left) alerts have not reached their sinks yet; the next watch with the same --alert, or "
          + "tidemark alert retry, sends them")
    }
    options.board?.end()
    let ending = WatchEnding(verdict.outcome, cause, undecidedStatus: options.undecidedStatus)
    let measured = self.measured(timeline, upTo: end)
    if let keep = options.ledger.keep {
      var memo = WatchMemo(
        verdict, facts, reading, measured: measured, status: Int(ending.status))
      let pictures = NotePictures(timeline, upTo: end)
      memo.charts = pictures.charts(verdict, options.rules)
      memo.latencyCharts = pictures.latencyCharts(options.rules)
      keep(memo)
    }
    switch options.format {
    case .json:
      surroundings.write(
        WatchJSON.verdict(
          verdict, status: Int(ending.status), facts, reading, measured: measured) + "\n")
    case .text:
      surroundings.write(
        VerdictText.render(
          verdict, facts, reading, measured: measured, routes: routes,
          options.style))
    }
    return ending
  }

  private func measured(_ timeline: Timeline, upTo end: Int) -> [Measured] {
    let before = timeline.totals(.baseline, upTo: 0)
    let after = timeline.totals(.candidate, upTo: end)
    return options.rules.signals.compactMap { signal in
      guard signal.kind == .latency, let histogram = signal.histogram else { return nil }
      let pair = (
        before.histograms.isEmpty ? Histogram() : before.histograms[histogram],
        after.histograms.isEmpty ? Histogram() : after.histograms[histogram]
      )
      guard pair.0.count > 0 || pair.1.count > 0 else { return nil }
      return Measured(
        signal: signal.id, quantiles: signal.quantiles, baseline: pair.0, candidate: pair.1)
    }
  }

  /// For each regressed signal with routes, the few that lost most requests.
  private func routes(_ verdict: Verdict, _ timeline: Timeline) -> [RouteShare] {
    let shown = 3
    var shares: [RouteShare] = []
    for judged in verdict.signals where judged.state == .regressed && judged.route == nil {
      guard let signal = options.rules.signals.first(where: { $0.id == judged.signal }),
        signal.byRoute, let count = signal.count.flatMap(timeline.routes.column),
        case .measure(let per) = signal.exposure, let exposure = timeline.routes.column(of: per)
      else { continue }
      // Routes behind the bound on routes are one row.
      let all = timeline.routes.routes + (timeline.routes.other.map { [$0] } ?? [])
      let rows = all.filter { $0.candidate[count] > 0 }
      let worst = rows.sorted {
        let left = Self.excess($0, count, exposure)
        let right = Self.excess($1, count, exposure)
        return left != right ? left > right : $0.route.lexicographicallyPrecedes($1.route)
      }
      for row in worst.prefix(shown) {
        shares.append(
          RouteShare(
            signal: signal.id,
            route: options.facts.redactor.redact(String(decoding: row.route, as: UTF8.self)),
            baselineCount: row.baseline[count], baselineExposure: row.baseline[exposure],
            candidateCount: row.candidate[count], candidateExposure: row.candidate[exposure]))
      }
    }
    return shares
  }

  /// Events of a route above what its own baseline would have given.
  private static func excess(_ row: RouteTable.Row, _ count: Int, _ exposure: Int) -> Double {
    let rate = row.baseline[exposure] > 0 ? row.baseline[count] / row.baseline[exposure] : 0
    return row.candidate[count] - rate * row.candidate[exposure]
  }
}
