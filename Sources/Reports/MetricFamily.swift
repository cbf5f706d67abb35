/// One metric with all its series, as Prometheus knows it.
package struct MetricFamily: Sendable, Hashable {
  package enum Kind: String, Sendable {
    case counter, gauge, histogram
  }

  package struct Series: Sendable, Hashable {
    package var labels: [Label]
    package var value: Double
    /// Behind the name, for the parts of a histogram: `_bucket`, `_sum`, `_count`.
    package var suffix = ""

    package init(_ labels: KeyValuePairs<String, String?>, _ value: Double, suffix: String = "") {
      self.labels = labels.compactMap { name, value in
        value.map { Label(name: name, value: $0) }
      }
      self.value = value
      self.suffix = suffix
    }
  }

  package struct Label: Sendable, Hashable {
    package var name: String
    package var value: String
  }

  /// Without `_total`, which a counter's series get.
  package var name: String
  package var kind: Kind
  package var help: String
  package var series: [Series]

  package init(_ name: String, _ kind: Kind, _ help: String, _ series: [Series]) {
    self.name = name
    self.kind = kind
    self.help = help
    self.series = series
  }
}

/// Families as the text that scrapers read.
package enum MetricsText {
  package enum Format: Sendable {
    /// Text format 0.0.4.
    case prometheus
    /// OpenMetrics 1.0.0.
    case openMetrics

    package var contentType: String {
      switch self {
      case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
      case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
      }
    }

    /// What a scraper's `Accept` asks for.
    package init(accept: String) {
      self = accept.contains("application/openmetrics-text") ? .openMetrics : .prometheus
    }
  }

  /// Series of all families together; the rest is counted and left out.
  package static let seriesLimit = 10_000

  package static func render(_ families: [MetricFamily], _ format: Format) -> String {
    var text = ""
    var room = seriesLimit
    var leftOut = 0
    for family in families where !family.series.isEmpty {
      let shown = family.series.prefix(room)
      room -= shown.count
      leftOut += family.series.count - shown.count
      write(family, shown, format, to: &text)
    }
    let overflow = MetricFamily(
      "tidemark_series_left_out", .gauge, "Series beyond the bound of \(seriesLimit)",
      [.init([:], Double(leftOut))])
    write(overflow, overflow.series[...], format, to: &text)
    return format == .openMetrics ? text + "# EOF\n" : text
  }

  private static func write(
    _ family: MetricFamily, _ series: ArraySlice<MetricFamily.Series>, _ format: Format,
    to text: inout String
  ) {
    guard !series.isEmpty else { return }
    let total = family.kind == .counter ? "_total" : ""
    let name = format == .openMetrics ? family.name : family.name + total
    text += "# HELP \(name) \(escape(family.help))\n# TYPE \(name) \(family.kind.rawValue)\n"
    for item in series {
      let labels = item.labels.map { "\($0.name)=\"\(escape($0.value))\"" }.joined(separator: ",")
      text += family.name + (item.suffix.isEmpty ? total : item.suffix)
      text += labels.isEmpty ? " " : "{\(labels)} "
      text += number(item.value) + "\n"
    }
  }

  /// Backslash, quote and line end are all that the formats reserve; other controls are made visible.
  private static func escape(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result += scalar.value < 0x20 ? "\u{FFFD}" : String(scalar)
      }
    }
    return result
  }

  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf" }
    return value == value.rounded() && abs(value) < 9e15
      ? String(Int64(value)) : value.description
  }
}
