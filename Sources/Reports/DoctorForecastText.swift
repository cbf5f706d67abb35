import Judgement
import Records
import Rules

/// The forecast as a table.
enum DoctorForecastText {
  private static let shownSignals = 10
  /// What takes longer is not waited for.
  private static let patienceSeconds = 7 * 86_400.0

  static func lines(_ facts: DoctorFacts, _ style: Style) -> [String] {
    guard let forecast = facts.forecast else {
      guard let obstacle = facts.obstacle else { return [] }
      return ["", style.bold("forecast"), "  none: \(LogText.printable(obstacle))"]
    }
    var lines = ["", style.bold("forecast, for a release at \(forecast.at.rfc3339)")]
    let span = Double(forecast.at.nanoseconds(since: forecast.from)) / 1e9
    lines.append(
      "  baseline \(NumberText.duration(seconds: span)) from \(forecast.from.rfc3339): "
        + "\(NumberText.count(forecast.lines)) lines, \(NumberText.count(forecast.requests)) requests; "
        + "alpha \(NumberText.decimal(forecast.alpha, significant: 3)), windows of "
        + NumberText.duration(seconds: forecast.windowSeconds))
    lines.append(
      "  a rise is seen after (the first \(NumberText.duration(seconds: forecast.settleSeconds)) are not judged):"
    )
    let rises = forecast.signals.filter { !$0.expected.isEmpty }
    if rises.isEmpty {
      lines.append("  no signal can be judged with this baseline")
    } else {
      lines += table(Array(rises.prefix(shownSignals)))
      if rises.prefix(shownSignals).contains(where: { $0.signal.worse == .down }) {
        lines.append("    (of a share that must not fall, such as cache.hits, its misses rise)")
      }
      if rises.contains(where: { $0.slowerThanSeconds != nil }) {
        lines.append("    (latency ×2: every request takes twice as long)")
      }
      if rises.count > shownSignals {
        lines.append("  … and \(rises.count - shownSignals) more signals (--format json)")
      }
    }
    if let seconds = forecast.healthySeconds {
      lines.append("  healthy could be said after \(time(seconds))")
      if seconds > forecast.watchSeconds {
        lines.append(
          "  that is later than --for \(NumberText.duration(seconds: forecast.watchSeconds)): "
            + "such a watch would end undecided")
      }
    } else {
      let names = forecast.signals.filter { $0.isRequired && $0.healthySeconds == nil }
        .map(\.signal.id)
      lines.append(
        "  healthy could not be said"
          + (names.isEmpty
            ? "" : ": \(names.joined(separator: ", ")) cannot be shown to be healthy"))
    }
    return lines + forecast.cautions.map { "  caution: " + LogText.printable($0) }
  }

  private static func table(_ signals: [SignalForecast]) -> [String] {
    var rows = [
      ["signal", "baseline"]
        + SignalForecast.rises.map { "×" + NumberText.decimal($0, significant: 2) }
        + ["seen within 10 min from", "healthy after"]
    ]
    for signal in signals {
      rows.append(
        [signal.signal.id, baseline(signal)]
          + signal.expected.map {
            signal.baseline.count > 0 ? time($0.seconds) : "-"
          }
          + [
            least(signal),
            time(signal.healthySeconds),
          ])
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      var line = "    " + cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func baseline(_ signal: SignalForecast) -> String {
    if let edge = signal.slowerThanSeconds {
      return "p50 \(NumberText.latency(seconds: edge))"
    }
    guard signal.baseline.count > 0 else { return "none" }
    return NumberText.rate(signal.baseline, signal.unit)
  }

  private static func least(_ signal: SignalForecast) -> String {
    guard let rate = signal.leastRate else { return "-" }
    // Where not each request has one, no more than all of them can.
    if signal.unit == .requests, rate > 1, (signal.baseline.rate ?? 0) < 1 { return "never" }
    return NumberText.rate(Counted(count: rate, exposure: 1), signal.unit)
  }

  private static func time(_ seconds: Double?) -> String {
    guard let seconds, seconds <= patienceSeconds else { return "never" }
    return NumberText.duration(seconds: seconds)
  }
}
