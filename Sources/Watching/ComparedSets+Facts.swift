import Following
import Judgement
import Records
import Redaction
import Reports
import Rules
import Windows

extension ComparedSets {
  private static var shownMoved: Int { 20 }
  private static var shownOnly: Int { 100 }
  private static var shownEffects: Int { 6 }

  /// What the reports say beside the verdict.
  borrowing func facts(_ options: CompareOptions, _ timeline: Timeline) -> CompareFacts {
    var facts = CompareFacts(alpha: options.judge.alpha)
    facts.a = side(whole.a, against: whole.b, options.rules)
    facts.b = side(whole.b, against: whole.a, options.rules)
    facts.fileNames = fileNames
    facts.isMixed = isMixed
    facts.mixObstacle = obstacle
    facts.measured = measured(options.rules, timeline)
    facts.redactor = options.redactor
    let routeText = { (route: [UInt8]) in
      options.redactor.redact(String(decoding: route, as: UTF8.self))
    }
    guard let mix, let requests = options.rules.requestMeasure else { return facts }
    facts.overlap = mix.overlap
    facts.moved = mix.shared.prefix(Self.shownMoved).map {
      CompareFacts.Moved(
        route: routeText($0.route), a: $0.baselineShare, b: $0.candidateShare)
    }
    facts.effects = effects(mix, requests, options.rules)
    let failures = options.rules.signals.first { $0.id == "http.5xx" }?.count
    facts.a.routesOnly = only(mix.baselineOnly, whole.a.routes, failures, routeText) {
      $0.baselineRequests
    }
    facts.b.routesOnly = only(mix.candidateOnly, whole.b.routes, failures, routeText) {
      $0.candidateRequests
    }
    return facts
  }

  private func side(_ own: SetCounts, against other: SetCounts, _ rules: RuleSet)
    -> CompareFacts.Side
  {
    var side = CompareFacts.Side()
    side.inputs = own.inputs
    side.lines = own.lines
    side.requests = own.requests
    side.from = own.from
    side.to = own.to
    side.formats = own.formats.map { (name: $0.key.rawValue, lines: $0.value) }.sorted {
      $0.lines != $1.lines ? $0.lines > $1.lines : $0.name < $1.name
    }
    guard !other.matches.isEmpty, other.lines > 0, own.lines > 0 else { return side }
    side.formatsOnly = side.formats.filter { format in
      !other.formats.keys.contains { $0.rawValue == format.name }
    }.map { (name: $0.name, count: $0.lines) }
    side.rulesOnly = rules.rules.indices.filter { own.matches[$0] > 0 && other.matches[$0] == 0 }
      .map { (name: rules.rules[$0].id, count: own.matches[$0]) }.sorted {
        $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name
      }
    return side
  }

  private func only(
    _ routes: [RouteMix.Route], _ table: RouteTable, _ failures: MeasureID?,
    _ routeText: ([UInt8]) -> String, requests: (RouteMix.Route) -> Double
  ) -> [CompareFacts.OnlyRoute] {
    let column = failures.flatMap(table.column(of:))
    return routes.prefix(Self.shownOnly).map { route in
      let row = table.rows.first { $0.route == route.route }
      return CompareFacts.OnlyRoute(
        route: routeText(route.route), requests: requests(route),
        failures: column.flatMap { column in
          row.map { $0.baseline[column] + $0.candidate[column] }
        })
    }
  }

  /// What the mix does to the signals that are counted by route, the largest effects first.
  private func effects(
    _ mix: RouteMix, _ requests: MeasureID, _ rules: RuleSet
  ) -> [CompareFacts.Effect] {
    let effects = rules.signals.compactMap { signal -> CompareFacts.Effect? in
      guard signal.byRoute, let count = signal.count, signal.exposure == .measure(requests),
        let rates = mix.rates(
          of: count, per: requests, baseline: whole.a.routes, candidate: whole.b.routes),
        rates.asTheyStand.0 + rates.asTheyStand.1 > 0
      else { return nil }
      return CompareFacts.Effect(
        signal: signal.id, asTheyStand: (a: rates.asTheyStand.0, b: rates.asTheyStand.1),
        atOneMix: (a: rates.atOneMix.0, b: rates.atOneMix.1))
    }
    return Array(effects.prefix(Self.shownEffects))
  }

  private func measured(_ rules: RuleSet, _ timeline: Timeline) -> [Measured] {
    let before = timeline.totals(.baseline, upTo: 0)
    let after = timeline.totals(.candidate, upTo: timeline.endIndex)
    return rules.signals.compactMap { signal in
      guard signal.kind == .latency, let histogram = signal.histogram,
        !before.histograms.isEmpty || !after.histograms.isEmpty
      else { return nil }
      let pair = [before, after].map {
        $0.histograms.isEmpty ? Histogram() : $0.histograms[histogram]
      }
      guard pair.contains(where: { $0.count > 0 }) else { return nil }
      return Measured(
        signal: signal.id, quantiles: signal.quantiles, baseline: pair[0], candidate: pair[1])
    }
  }

  /// The counts that the verdict of a watch states.
  var readingFacts: ReadingFacts {
    var facts = ReadingFacts()
    facts.baselineLines = whole.a.lines
    facts.candidateLines = whole.b.lines
    facts.unparsedLines = whole.a.unparsedLines + whole.b.unparsedLines
    facts.baselineFrom = whole.a.from
    facts.baselineTo = whole.a.to
    facts.baselineRequests = whole.a.requests
    var counts = whole.a.counts
    counts.merge(whole.b.counts)
    facts.truncatedLines = counts.truncatedLines
    facts.unreadableFiles = counts.unreadableFiles
    facts.unsupportedCompression = counts.unsupportedCompression
    facts.nulBytes = counts.nulBytes
    return facts
  }
}
