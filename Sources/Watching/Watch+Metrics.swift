import Following
import Judgement
import Records
import Reports
import Rules
import Windows

extension Watch {
  /// Tells the board what has been seen so far, if it is time.
  func publish(_ judge: borrowing Judge, isLast: Bool = false) {
    guard let board = options.board else { return }
    let now = surroundings.now().nanoseconds
    guard isLast || board.isDue(now) else { return }
    board.publish(families(judge, now), now)
  }

  private func families(_ judge: borrowing Judge, _ now: Int64) -> [MetricFamily] {
    let facts = options.facts
    let timeline = pipeline.sink.timeline
    // While following, the names are known to the report alone.
    let frontiers = pipeline.sink.frontiers
    let names =
      reading.inputs.count == frontiers.count
      ? reading.inputs : Array(report.fileNames.suffix(frontiers.count))
    let lines = zip(names, frontiers).map { name, frontier in
      MetricFamily.Series(
        ["service": facts.service, "source": name], Double(frontier.lines))
    }
    let watched = 0..<max(0, judge.nextIndex)
    let coverage = zip(names.indices, names).compactMap { input, name -> MetricFamily.Series? in
      let lines = timeline.inputLines
      guard !watched.isEmpty, lines.inputs.contains(input) else { return nil }
      let covered = watched.filter { lines.lines(of: input, in: $0) > 0 }.count
      return .init(
        ["service": facts.service, "source": name], Double(covered) / Double(watched.count))
    }
    let waiting = options.desk?.waiting ?? []
    let matches = zip(options.rules.rules, timeline.candidateMatches).filter { $0.1 > 0 }.map {
      MetricFamily.Series(
        ["service": facts.service, "release": facts.release, "rule": $0.id], Double($1))
    }
    let lag = timeline.last.map { Double(max(0, now - $0.nanoseconds)) / 1e9 }
    let skipped: [(String, Int)] = [
      ("outside", timeline.outsideLines), ("unparsed", pipeline.unparsedLines),
      ("truncated", reading.counts.truncatedLines),
    ]
    var families = [
      MetricFamily(
        "tidemark_build_info", .gauge, "The version that runs",
        [.init(["version": options.version], 1)]),
      MetricFamily("tidemark_lines", .counter, "Lines read, by input", lines),
      MetricFamily(
        "tidemark_source_coverage_ratio", .gauge,
        "Share of the windows after the release in which an input had lines", coverage),
      MetricFamily(
        "tidemark_matches", .counter, "Records after the release that a rule matched", matches),
      MetricFamily(
        "tidemark_dropped", .counter, "Lines that were read and not counted, by reason",
        skipped.map { .init(["reason": $0.0], Double($0.1)) }),
      MetricFamily(
        "tidemark_late_lines", .counter, "Lines counted in a later window than their own",
        [.init([:], Double(timeline.lateLines))]),
      MetricFamily(
        "tidemark_window_lag_seconds", .gauge, "How far the newest record is behind the clock",
        lag.map { [.init([:], $0)] } ?? []),
      MetricFamily(
        "tidemark_verdict", .gauge, "1 for the state that a signal is in, 0 for the others",
        verdicts(judge)),
      MetricFamily(
        "tidemark_sink_deliveries", .counter, "Messages to alert sinks, by what came of them",
        (options.desk?.counts ?? []).map {
          .init(["sink": $0.sink, "result": $0.result], Double($0.count))
        }),
      MetricFamily(
        "tidemark_spool_messages", .gauge, "Messages that wait for an alert sink",
        waiting.map { .init(["sink": $0.sink], Double($0.messages)) }),
      MetricFamily(
        "tidemark_spool_bytes", .gauge, "Bytes of the messages that wait for an alert sink",
        waiting.map { .init(["sink": $0.sink], Double($0.bytes)) }),
    ]
    families += latencies(timeline, judge)
    return families
  }

  private func verdicts(_ judge: borrowing Judge) -> [MetricFamily.Series] {
    let alerts = judge.alerts
    let firing = options.rules.signals.map(\.id).filter { signal in
      alerts.last { $0.signal == signal && $0.state != .noted }?.state == .firing
    }
    return options.rules.signals.filter { !$0.advisory }.flatMap { signal in
      [("regressed", firing.contains(signal.id)), ("quiet", !firing.contains(signal.id))].map {
        MetricFamily.Series(
          [
            "service": options.facts.service, "release": options.facts.release,
            "signal": signal.id, "state": $0.0,
          ], $0.1 ? 1 : 0)
      }
    }
  }

  /// Latency after the release in a few buckets that stay the same.
  private func latencies(
    _ timeline: Timeline, _ judge: borrowing Judge
  ) -> [MetricFamily] {
    let edges = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
    let totals = timeline.totals(.candidate, upTo: judge.nextIndex)
    let series = options.rules.signals.flatMap { signal -> [MetricFamily.Series] in
      guard signal.kind == .latency, let index = signal.histogram,
        totals.histograms.indices.contains(index), totals.histograms[index].count > 0
      else { return [] }
      let histogram = totals.histograms[index]
      func labels(_ edge: String?) -> KeyValuePairs<String, String?> {
        [
          "service": options.facts.service, "release": options.facts.release,
          "signal": signal.id, "le": edge,
        ]
      }
      let buckets = edges.map { edge in
        MetricFamily.Series(
          labels("\(edge)"), Double(histogram.count(upTo: edge)), suffix: "_bucket")
      }
      let count = Double(histogram.count)
      return buckets + [
        .init(labels("+Inf"), count, suffix: "_bucket"),
        .init(labels(nil), histogram.approximateSum, suffix: "_sum"),
        .init(labels(nil), count, suffix: "_count"),
      ]
    }
    return [
      MetricFamily(
        "tidemark_latency_seconds", .histogram,
        "Latency after the release, within 9 % of the truth", series)
    ]
  }
}

extension Histogram {
  /// Numbers of buckets that lie at or below `edge`.
  func count(upTo edge: Double) -> Int {
    var total = zeroCount
    for (offset, count) in counts.enumerated()
    where Self.upperEdge(of: indexFirst + offset) <= edge * 1.000_001 { total += Int(count) }
    return total
  }

  /// The sum as the upper edges of the buckets tell it: at most 9.1 % too high.
  var approximateSum: Double {
    counts.enumerated().reduce(0) {
      $0 + Double($1.element) * Self.upperEdge(of: indexFirst + $1.offset)
    }
  }
}
