import ArgumentParser
import Records
import Reports
import Rules
import Watching
import Windows

/// `tidemark doctor`: what of the logs can be read and measured, and what a watch could see.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what of the logs can be read and measured, and what a watch would see.",
    discussion: """
      Says of each input whether it can be read, its formats, times, severities and rotated files, \
      which rules match, and whether requests state latency, cache status and database calls. Then \
      the forecast: with the baseline that the inputs hold, how long after a release a rise of each \
      signal would take to be seen, and when healthy could be said. Last the configuration lines \
      that make the recognised programs log what is missing.

      Exit status: 0, 2 for a mistake, 4 when an input cannot be watched: missing, unreadable, empty \
      or without any time.

      Examples:
        tidemark doctor /var/log/nginx/access.log '/var/log/app/*.log'
        kubectl logs --timestamps deploy/api | tidemark doctor -
      """)

  @Argument(help: "Files, directories, quoted globs, or - for standard input.")
  var inputs: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The release moment that the forecast is for.", discussion: "Default: the end of the inputs.",
      valueName: "time"))
  var at: TimeArgument?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How far before the release to look.", valueName: "duration"))
  var baselineSpan = DurationArgument(seconds: 86_400)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Restart noise behind the release, not judged.", valueName: "duration"))
  var settle = DurationArgument(seconds: 30)

  @Option(
    name: .customLong("for"), parsing: .unconditional,
    help: ArgumentHelp("How long the watch would last.", valueName: "duration"))
  var length = DurationArgument(seconds: 3_600)

  @OptionGroup
  var looks: LookArguments

  @Option(help: "What to print: text or json (one object).")
  var format = DoctorOptions.Format.text

  @Option(help: "Colour: auto, always or never.")
  var color = ColorMode.auto

  @OptionGroup
  var threads: WorkerArguments

  @OptionGroup
  var log: LogOptions

  mutating func validate() throws {
    try SpanChecks.validate(
      spans: [("--baseline-span", baselineSpan), ("--settle", settle), ("--for", length)])
    try SpanChecks.validateWindows(
      window: looks.window, baselineSpan: baselineSpan, settle: settle, length: length)
  }

  mutating func run() throws {
    let surroundings = Surroundings.process
    let zone = try log.zone()
    let arguments = try StandardInputDefault.arguments(
      inputs, example: "tidemark doctor /var/log/app/*.log")
    var options = DoctorOptions(
      arguments: arguments, rules: try log.ruleSet(), zone: zone,
      widthNanoseconds: looks.window.nanoseconds, baselineNanoseconds: baselineSpan.nanoseconds,
      settleNanoseconds: settle.nanoseconds, lengthNanoseconds: length.nanoseconds)
    options.alpha = looks.alpha
    options.release = at?.resolve(now: surroundings.now(), zone: zone)
    options.format = format
    options.style = Style(usesColor: format == .text && Output.usesColor(color))
    options.lineBytesLimit = log.maxLine.bytes
    options.workers = threads.count
    StopSignals.install()
    throw ExitCode(Doctor(options, surroundings).run())
  }
}

extension DoctorOptions.Format: ExpressibleByArgument {}
