import Judgement
import Records

extension NoteHTML {
  /// `14:03` of a moment.
  private static func clock(_ nanoseconds: Int64) -> String {
    String(Timestamp(nanoseconds: nanoseconds).rfc3339.dropFirst(11).prefix(5))
  }

  private static func times(
    start: Int64, seconds: Double, release: Int64
  ) -> [(second: Double, text: String)] {
    let end = start + Int64(seconds * 1e9)
    let moment = Double(release - start) / 1e9
    var times = [(0.0, clock(start)), (seconds, clock(end))]
    // Words at the ends leave no room for one near them.
    if moment > 0.2 * seconds, moment < 0.8 * seconds {
      times.append((moment, "release " + clock(release)))
    }
    return times
  }

  /// The rate of a signal over time, with its rate before and the interval of the one after.
  static func picture(_ chart: WatchMemo.Chart, _ memo: WatchMemo, number: Int) -> String {
    let rates = RatePicture(chart, release: memo.at)
    let signal = memo.signals.first { $0.signal == chart.signal }
    let before = signal?.baseline.counted.rate
    let seconds = chart.bucketSeconds * Double(chart.counts.count)
    let moment = Double(memo.at - chart.start) / 1e9
    let after = signal?.candidate.counted.rate
    let top = max(rates.top, after ?? 0, before ?? 0) * 1.1
    var plot = SVGPlot(height: 170, seconds: seconds, top: top)
    if let before, let ratio = signal?.ratio {
      plot.band(
        before * ratio.low, min(top, ratio.high.map { before * $0 } ?? top), from: moment,
        to: seconds)
    }
    plot.axes(
      low: "0", high: rates.text(top),
      times: times(start: chart.start, seconds: seconds, release: memo.at))
    if let before { plot.level(before, from: 0, to: seconds, color: "good") }
    plot.line(rates.rates, bucketSeconds: chart.bucketSeconds, color: "bad")
    plot.upright(at: moment)
    let words =
      "\(before.map(rates.text) ?? "no data") before, \(after.map(rates.text) ?? "no data") after"
      + (signal?.ratio.map {
        ", " + NumberText.ratio(RatioEstimate(estimate: $0.estimate, low: $0.low, high: $0.high))
      } ?? "")
    let picture = plot.render(
      id: "rate\(number)", title: "\(chart.signal) over time",
      description: "\(words). The dashed line is the release.")
    return figure(picture, name: chart.signal, words)
  }

  private static let dashes: [String?] = [nil, "6 3", "2 3"]

  /// Quantiles over time.
  static func picture(_ chart: WatchMemo.LatencyChart, _ memo: WatchMemo, number: Int) -> String {
    let all = chart.quantiles.flatMap { $0.compactMap(\.self) }
    let top = (all.max() ?? 1) * 1.1
    let buckets = chart.quantiles.first?.count ?? 0
    let seconds = chart.bucketSeconds * Double(buckets)
    var plot = SVGPlot(height: 170, seconds: seconds, top: top)
    plot.axes(
      low: "0", high: NumberText.latency(seconds: top),
      times: times(start: chart.start, seconds: seconds, release: memo.at))
    for (place, line) in chart.quantiles.enumerated() {
      plot.line(
        line, bucketSeconds: chart.bucketSeconds, color: "mark",
        dash: dashes[min(place, dashes.count - 1)])
    }
    plot.upright(at: Double(memo.at - chart.start) / 1e9)
    let numbers = memo.quantiles.filter { $0.signal == chart.signal }.map { quantile in
      "p\(NumberText.decimal(quantile.share * 100, significant: 4)) "
        + "\(quantile.baseline.map(NumberText.latency) ?? "no data") → "
        + "\(quantile.candidate.map(NumberText.latency) ?? "no data")"
    }
    let words = numbers.joined(separator: ", ")
    let picture = plot.render(
      id: "latency\(number)", title: "\(chart.signal) over time",
      description: "\(words). The dashed upright line is the release.")
    let names = zip(chart.shares, ["full", "dashed", "dotted"]).map { share, word in
      "p\(NumberText.decimal(share * 100, significant: 4)) \(word)"
    }
    return figure(
      picture, name: chart.signal, "\(words). Lines: \(names.joined(separator: ", "))")
  }

  /// New kinds of error, each where it was first seen.
  static func newKinds(_ memo: WatchMemo) -> String? {
    var firsts: [(signal: String, at: Int64)] = []
    for alert in memo.alerts where alert.kind == "new" {
      guard !firsts.contains(where: { $0.signal == alert.signal }) else { continue }
      firsts.append((alert.signal, alert.first ?? alert.at))
    }
    guard !firsts.isEmpty, let last = memo.alerts.map(\.at).max() else { return nil }
    let shown = firsts.sorted { ($0.at, $0.signal) < ($1.at, $1.signal) }.prefix(12)
    let seconds = max(60, Double(last - memo.at) / 1e9)
    var plot = SVGPlot(
      height: 50 + 22 * Double(shown.count), seconds: seconds, top: Double(shown.count) + 0.5)
    plot.axes(
      low: "", high: "",
      times: [(0, "release " + clock(memo.at)), (seconds, clock(memo.at + Int64(seconds * 1e9)))])
    plot.upright(at: 0)
    for (row, first) in shown.enumerated() {
      plot.dot(
        at: Double(first.at - memo.at) / 1e9, height: Double(shown.count - row),
        text: first.signal.count > 30 ? String(first.signal.prefix(29)) + "…" : first.signal)
    }
    let words = shown.map { "\($0.signal) at \(Timestamp(nanoseconds: $0.at).rfc3339)" }
    let picture = plot.render(
      id: "new", title: "New kinds of error since the release",
      description: words.joined(separator: "; "))
    return figure(
      picture, name: "new", "never seen before the release: \(words.joined(separator: "; "))")
  }

  private static func figure(_ picture: String, name: String, _ caption: String) -> String {
    let (name, caption) = (LogText.printable(name), LogText.printable(caption))
    return "<figure>\n<figcaption><strong><code>\(HTMLText.escaped(name))</code></strong> "
      + "\(HTMLText.escaped(caption))</figcaption>\n\(picture)\n</figure>"
  }
}
