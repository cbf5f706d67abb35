import ArgumentParser
import Following
import Foundation
import Judgement
import Records
import Reports
import Rules
import Store
import Watching

/// `tidemark summary`: cron mode.
struct SummaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary",
    abstract: "Tell what is new since the last run, if it is noteworthy: for cron.",
    discussion: """
      Reads what came since the last run of the same job, each line once, through rotation; compares \
      it with what the job has seen in the last 28 days, as a watch would with --alpha 0.01 a run; and \
      prints nothing, or one digest: what is worse, kinds of error that are new, the most frequent \
      errors, traffic, latency, and what could not be read. Places and counts are committed together: \
      a run that is killed loses no line and counts none twice.

      The first run takes all there is, rotated files included, as history, and says so on standard \
      error. What regressed is no part of the history that later runs compare with until a week has \
      passed; then it is how things are.

      Exit status: 0, also when a digest was printed; 1 with --exit-code if something regressed; 2 \
      mistake; 4 if something could not be looked at, or another run of the job goes on; 130 and 143 \
      interrupted.

      Examples:
        17 * * * *  tidemark summary /var/log/nginx/access.log '/var/log/app/*.log'
        tidemark summary --job nightly --format markdown --always '/var/log/app/*.log'
        tidemark summary --since -24h '/var/log/app/*.log'
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, html, json
  }

  @Argument(help: "Files, directories, quoted globs, or - for standard input.")
  var inputs: [String] = []

  @Option(
    help: ArgumentHelp(
      "Go on where the last run of this name ended.",
      discussion: "Default: a name made of the inputs.", valueName: "name"))
  var job: String?

  @OptionGroup
  var runs: JobRunOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Look again at everything since then, and leave the job as it is.", valueName: "time"))
  var since: TimeArgument?

  @Flag(help: "Print a digest also when nothing is noteworthy.")
  var always = false

  @Option(help: "What to print: text, markdown, html or json.")
  var format = Format.text

  @Flag(help: "Exit with status 1 if something regressed.")
  var exitCode = false

  @Option(help: "Colour: auto, always or never.")
  var color = ColorMode.auto

  @OptionGroup
  var redaction: RedactionArguments

  @OptionGroup
  var log: LogOptions

  func validate() throws {
    if let job { try NameArgument.check(job, what: "--job", example: "nightly") }
  }

  func run() throws {
    StopSignals.install()
    let surroundings = Surroundings.process
    let arguments = try StandardInputDefault.arguments(
      inputs, example: "tidemark summary '/var/log/app/*.log'")
    let zone = try log.zone()
    let name = job ?? Self.name(of: arguments)
    var options = SummaryOptions(arguments: arguments, job: name, zone: zone)
    options.lineBytesLimit = log.maxLine.bytes
    options.isAlways = always
    options.redactor = try redaction.redactor()
    options.since = since?.resolve(now: surroundings.now(), zone: zone)
    let path = try runs.state.path()
    options.mutes = { (try? Ledger(path: path).mutes(endingAfter: .min).map(Mute.init)) ?? [] }
    let ending = try summarise(options, name, path, surroundings)
    switch ending.cause {
    case .interrupted: throw ExitCode(130)
    case .terminated: throw ExitCode(143)
    case .finished: break
    }
    if exitCode, ending.isRegressed { throw ExitStatus.failure.code }
    if ending.isBlind { throw ExitStatus.blind.code }
  }

  private func summarise(
    _ options: SummaryOptions, _ name: String, _ path: String, _ surroundings: Surroundings
  ) throws -> SummaryEnding {
    let style = Style(usesColor: format == .text && Output.usesColor(color))
    let format = self.format
    let render: @Sendable (SummaryFacts) -> String = { facts in
      switch format {
      case .text: SummaryText.render(facts, style)
      case .markdown: SummaryMarkdown.render(facts)
      case .html: SummaryHTML.render(facts)
      case .json: SummaryJSON.render(facts)
      }
    }
    // Rule files may be wrong, which must be told; the built-in packs take longer to load than a look
    // at logs in which nothing is new.
    let named = log.rules.isEmpty ? nil : try log.ruleSet()
    let rules = { named ?? RuleSet.builtIn() }
    do {
      if options.since != nil {
        let stored = try StateReport.history(of: name, path: path)
        let past = Summary.Past(
          record: try StateReport.record(of: name, path: path), history: stored?.0,
          days: { () throws(StateError) in stored?.days ?? [] })
        return try Summary(
          options, rules: rules, job: nil, past: past, surroundings, render: render
        ).run()
      }
      let opened = try runs.open(name, surroundings, isFirstTold: false)
      defer { opened.close() }
      let job = opened.job
      let past = Summary.Past(
        record: opened.record, history: try job.history(),
        days: { () throws(StateError) in try job.days() })
      guard past.history != nil || past.record.lastRun == nil else {
        throw Mistake(
          "job \(name): it is one of tidemark tail, which keeps no history; expected another name "
            + "with --job")
      }
      return try Summary(
        options, rules: rules, job: job, past: past, surroundings, render: render
      ).run()
    } catch let error as StateError {
      throw Mistake(error.description)
    }
  }

  /// The name of the job that reads these inputs: the inputs themselves.
  private static func name(of inputs: [String]) -> String {
    let folder = FileManager.default.currentDirectoryPath
    let names = inputs.map { input in
      input.hasPrefix("/") || input == "-" ? input : folder + "/" + input
    }
    let name = LogText.printable(names.joined(separator: " "))
    guard name.utf8.count > nameBytes else { return name }
    // Two long lists must not share a job because they begin alike.
    return String(decoding: Array(name.utf8.prefix(nameBytes - 20)), as: UTF8.self) + "… "
      + String(TextHash.hash(Array(name.utf8).span, from: TextHash.start), radix: 16)
  }

  private static let nameBytes = 160
}
