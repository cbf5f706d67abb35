import ArgumentParser
import Judgement
import Records
import Reports
import Rules
import Watching

/// `tidemark compare`: two finished sets, the one as baseline of the other.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two finished sets of logs: staging with production, before with after.",
    discussion: """
      --a is the baseline, --b the candidate. Their times may overlap or lie months apart. Each signal \
      of B is judged against A as a watch judges what comes after a release; the probability of any \
      false alarm is at most --alpha. Requests per second are not judged: two services have different \
      traffic.

      Where the routes have different shares of the requests, so many requests are left out on each \
      side that both have one mix: staging that is asked other things than production is no \
      regression. What exists only on one side (routes, rules that match, formats) is named.

      Exit status: 0 healthy, 1 regressed, 2 mistake, 3 undecided, 4 blind.

      Examples:
        tidemark compare --a production/*.log --b staging/*.log
        tidemark compare --a before.log.gz --b after.log --format markdown > comparison.md
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The baseline: files, directories, quoted globs, or -.", valueName: "input"))
  var a: [String]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The candidate: files, directories, quoted globs, or -.", valueName: "input")
  )
  var b: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Aggregation window; one look each.", valueName: "duration"))
  var window = DurationArgument(seconds: 10)

  @Option(
    help: ArgumentHelp("Probability of any false alarm in the comparison.", valueName: "p"))
  var alpha = 0.01

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

  @Option(help: "What to print: text, json (one object a line), markdown or html.")
  var format = CompareOptions.Format.text

  @Option(help: "Colour: auto, always or never.")
  var color = ColorMode.auto

  @Option(
    help: ArgumentHelp(
      "Exit status when there is not enough data: status (3), pass (0) or fail (1).",
      valueName: "mode"))
  var undecided = UndecidedMode.status

  @OptionGroup
  var threads: WorkerArguments

  @OptionGroup
  var redaction: RedactionArguments

  @OptionGroup
  var log: LogOptions

  mutating func validate() throws {
    try JudgeArguments.validate(alpha: alpha)
    try JudgeArguments.validate(window: window)
    try JudgeArguments.validate(minEffect: minEffect, healthyRatio: healthyRatio)
    if a.contains("-"), b.contains("-") {
      throw ValidationError("--a - --b -: standard input can be one of the two sets, not both")
    }
  }

  mutating func run() throws {
    var options = CompareOptions(
      a: a, b: b, rules: try log.ruleSet(), zone: try log.zone(),
      widthNanoseconds: window.nanoseconds)
    options.judge.alpha = alpha
    options.judge.minimumEffect = minEffect
    options.judge.healthyRatio = healthyRatio
    options.judge.failsOnNew = failOnNew
    options.format = format
    options.style = Style(usesColor: format == .text && Output.usesColor(color))
    options.lineBytesLimit = log.maxLine.bytes
    options.workers = threads.count
    options.undecidedStatus = undecided.status
    options.redactor = try redaction.redactor()
    StopSignals.install()
    throw ExitCode(Compare(options, Surroundings.process).run().status)
  }
}

extension CompareOptions.Format: ExpressibleByArgument {}
