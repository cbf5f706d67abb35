import ArgumentParser
import Judgement

/// What is worse and what is well, for the commands that end with a verdict.
struct JudgeArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Smallest rise worth an alert.", discussion: "Default: 1.1 per request, 1.25 per time.",
      valueName: "ratio"))
  var minEffect: Double?

  @Option(
    help: ArgumentHelp(
      "Healthy means: shown to be below this multiple of the baseline.", valueName: "ratio"))
  var healthyRatio = 2.0

  @Flag(help: "The first occurrence of a new crash or release error is a regression.")
  var failOnNew = false

  @Option(
    help: ArgumentHelp(
      "Exit status when there is not enough data: status (3), pass (0) or fail (1).",
      valueName: "mode"))
  var undecided = UndecidedMode.status

  func validate() throws {
    if let minEffect, !(minEffect >= 1 && minEffect.isFinite) {
      throw ValidationError(
        "--min-effect \(minEffect): expected a ratio of at least 1, such as 1.25")
    }
    guard healthyRatio > 1, healthyRatio.isFinite else {
      throw ValidationError("--healthy-ratio \(healthyRatio): expected a ratio above 1, such as 2")
    }
  }

  /// The judge's options, as far as they are named here.
  func options(alpha: Double) -> JudgeOptions {
    var options = JudgeOptions()
    options.alpha = alpha
    options.minimumEffect = minEffect
    options.healthyRatio = healthyRatio
    options.failsOnNew = failOnNew
    return options
  }
}
