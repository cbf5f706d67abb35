import ArgumentParser
import Records
import Windows

/// What the commands that ask the judge demand of their options.
enum JudgeArguments {
  private static let day: Int64 = 86_400_000_000_000

  static func validate(alpha: Double) throws {
    guard alpha >= 1e-12, alpha < 1 else {
      throw ValidationError(
        "--alpha \(alpha): expected a probability between 0 and 1, such as 0.01")
    }
  }

  static func validate(minEffect: Double?, healthyRatio: Double) throws {
    if let minEffect, !(minEffect >= 1 && minEffect.isFinite) {
      throw ValidationError(
        "--min-effect \(minEffect): expected a ratio of at least 1, such as 1.25")
    }
    guard healthyRatio > 1, healthyRatio.isFinite else {
      throw ValidationError("--healthy-ratio \(healthyRatio): expected a ratio above 1, such as 2")
    }
  }

  static func validate(window: DurationArgument) throws {
    guard (1_000_000...day).contains(window.nanoseconds) else {
      throw ValidationError(
        "--window \(window.defaultValueDescription): expected 1ms to 1d, such as 10s")
    }
  }

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
