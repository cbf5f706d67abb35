import ArgumentParser
import Records
import Windows

/// What the commands that judge demand of their spans and windows.
enum SpanChecks {
  static let day: Int64 = 86_400_000_000_000

  static func validate(spans: [(name: String, span: DurationArgument)]) throws {
    for (name, span) in spans where span.nanoseconds > 3_650 * day {
      throw ValidationError(
        "\(name) \(span.defaultValueDescription): expected at most 3650d, such as 24h")
    }
  }

  /// Every window costs memory, so there is a bound on their number.
  static func validateWindows(
    window: DurationArgument, baselineSpan: DurationArgument, settle: DurationArgument,
    length: DurationArgument?
  ) throws {
    let plan = WindowPlan(
      release: Timestamp(seconds: 0), widthNanoseconds: window.nanoseconds,
      baselineSpan: baselineSpan.nanoseconds, settle: settle.nanoseconds,
      length: length?.nanoseconds)
    for (name, count, limit) in [
      ("--baseline-span", -plan.baselineStart, Limits.windowsBeforeRelease),
      ("--for", plan.end ?? 0, Limits.windowsAfterRelease),
    ] where count > limit {
      throw ValidationError(
        "\(name) holds \(count) windows of --window \(window.defaultValueDescription), at most "
          + "\(limit); expected a longer window, such as 10s, or a shorter span")
    }
    if let end = plan.end, end <= plan.settleEnd {
      throw ValidationError(
        "--for \(length?.defaultValueDescription ?? ""): nothing would be judged, --settle lasts "
          + "\(settle.defaultValueDescription); expected a longer span, such as 30m")
    }
  }
}
