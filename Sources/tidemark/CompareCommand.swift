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

  @OptionGroup
  var looks: LookArguments

  @OptionGroup
  var judging: JudgeArguments

  @Option(help: "What to print: text, json (one object a line), markdown or html.")
  var format = CompareOptions.Format.text

  @Option(help: "Colour: auto, always or never.")
  var color = ColorMode.auto

  @OptionGroup
  var threads: WorkerArguments

  @OptionGroup
  var redaction: RedactionArguments

  @OptionGroup
  var log: LogOptions

  mutating func validate() throws {
    if a.contains("-"), b.contains("-") {
      throw ValidationError("--a - --b -: standard input can be one of the two sets, not both")
    }
  }

  mutating func run() throws {
    var options = CompareOptions(
      a: a, b: b, rules: try log.ruleSet(), zone: try log.zone(),
      widthNanoseconds: looks.window.nanoseconds)
    options.judge = judging.options(alpha: looks.alpha)
    options.format = format
    options.style = Style(usesColor: format == .text && Output.usesColor(color))
    options.lineBytesLimit = log.maxLine.bytes
    options.workers = threads.count
    options.undecidedStatus = judging.undecided.status
    options.redactor = try redaction.redactor()
    StopSignals.install()
    throw ExitCode(Compare(options, Surroundings.process).run().status)
  }
}

extension CompareOptions.Format: ExpressibleByArgument {}
