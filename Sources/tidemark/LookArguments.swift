import ArgumentParser

/// `--window` and `--alpha`: how often the judge looks, and how seldom it may be wrong.
struct LookArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Aggregation window; one look each.", valueName: "duration"))
  var window = DurationArgument(seconds: 10)

  @Option(
    help: ArgumentHelp(
      "Probability of any false alarm, over all signals and looks together.", valueName: "p"))
  var alpha = 0.01

  func validate() throws {
    guard alpha >= 1e-12, alpha < 1 else {
      throw ValidationError(
        "--alpha \(alpha): expected a probability between 0 and 1, such as 0.01")
    }
    guard (1_000_000...SpanChecks.day).contains(window.nanoseconds) else {
      throw ValidationError(
        "--window \(window.defaultValueDescription): expected 1ms to 1d, such as 10s")
    }
  }
}
