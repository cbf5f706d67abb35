import ArgumentParser
import Following
import Judgement
import Records
import Reports
import Rules
import Store
import Watching
import Windows

/// `tidemark watch`: follow, compare, alert; end with a verdict.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Compare a service's logs after a release with those before it.",
    discussion: """
      Events before --at are the baseline, events after it the candidate. After every window of \
      event time each signal is tested; the probability of any false alarm in the whole watch is \
      at most --alpha, however often one looks.

      Inputs are files, directories, quoted globs, or - for standard input. A file's rotated \
      siblings (app.log.1, app.log.2.gz) belong to it and are read as its past. gzip is recognised \
      by content.

      Without --at the release of the ledger that was started last and is open is watched (`tidemark \
      release start`): its time, name, owner, expectation and rollback note are used where no option \
      says otherwise, and the verdict is kept for `tidemark release note`. What `tidemark release \
      silence` silences is listed and marked, and does not fail the watch.

      Exit status: 0 healthy, 1 regressed, 2 mistake, 3 undecided, 4 blind, 130 and 143 interrupted.

      Examples:
        tidemark watch --no-follow --at 2026-11-22T14:03:00Z /var/log/nginx/access.log
        tidemark watch --at now --for 30m '/var/log/app/*.log'
        kubectl logs -f deploy/api --timestamps | tidemark watch --for 15m -
      """)

  @Argument(help: "Files, directories, quoted globs, or - for standard input.")
  var inputs: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The release moment: ISO 8601, now, or relative such as -15m.",
      discussion: "Default: that of the release, if the ledger has it open, else now.",
      valueName: "time"))
  var at: TimeArgument?

  @Option(
    help: ArgumentHelp(
      "Name of the release, printed with every alert.",
      discussion: "Default: the open release of the ledger that was started last, else release.",
      valueName: "name"))
  var release: String?

  @Option(
    help: ArgumentHelp(
      "What to compare with: before (earlier events of the same inputs), the name of a stored "
        + "baseline, or a baseline file; may be given again, to compare with all of them.",
      discussion: "Default: before.", valueName: "spec"))
  var baseline: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How far before --at to look.", valueName: "duration"))
  var baselineSpan = DurationArgument(seconds: 86_400)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Restart noise: this long after --at is counted and shown, not judged.",
      valueName: "duration"))
  var settle = DurationArgument(seconds: 30)

  @Option(
    name: .customLong("for"), parsing: .unconditional,
    help: ArgumentHelp(
      "End so long after --at.", discussion: "Default: until interrupted, or the last record.",
      valueName: "duration"))
  var length: DurationArgument?

  @Flag(help: "End as soon as every signal is healthy or regressed.")
  var untilDecided = false

  @Flag(help: "Judge what is there and stop.")
  var noFollow = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "While following, how much later than its neighbours a line may come.",
      discussion:
        "Where lines come sooner, no longer is waited than three times the longest delay seen.",
      valueName: "duration"))
  var lateness = DurationArgument(seconds: 10)

  @Flag(help: "End with status 1 at the first alert.")
  var failFast = false

  @OptionGroup
  var looks: LookArguments

  @OptionGroup
  var judging: JudgeArguments

  @Option(
    help: ArgumentHelp(
      "Below this a signal is healthy whatever the baseline was.",
      discussion: "Default: 0.5% of requests, 1/min. Example: 1% or 2/min.", valueName: "rate"))
  var healthyFloor: FloorArgument?

  @Flag(help: "Quicker to healthy; valid only if errors do not cluster.")
  var healthyIndependentErrors = false

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Leave a span out of the baseline: FROM..TO.", valueName: "from..to"))
  var exclude: [SpanArgument] = []

  @Option(
    help: ArgumentHelp(
      "Why this signal did or did not alarm, with the arithmetic; repeatable.",
      discussion: """
        Such as http.5xx, a rule's id, the name of a new signature in an alert, or all for everything \
        of which something was seen.
        """,
      valueName: "signal"))
  var explain: [String] = []

  @OptionGroup
  var people: ReleaseOptions

  @OptionGroup
  var state: StateOptions

  @Option(help: "Label on alerts: the service.")
  var service: String?

  @Option(help: "Label on alerts: the environment.")
  var env: String?

  @Option(help: "What to print: text or json (one object a line).")
  var format = WatchOptions.Format.text

  @Option(help: "Colour: auto, always or never.")
  var color = ColorMode.auto

  @OptionGroup
  var redaction: RedactionArguments

  @OptionGroup
  var alerting: AlertArguments

  @OptionGroup
  var exposure: BoardArguments

  @OptionGroup
  var following: FollowArguments

  @OptionGroup
  var threads: WorkerArguments

  @OptionGroup
  var log: LogOptions

  mutating func validate() throws {
    try SpanChecks.validate(spans: [
      ("--baseline-span", baselineSpan), ("--settle", settle), ("--lateness", lateness),
      ("--for", length ?? DurationArgument(seconds: 0)),
    ])
    try SpanChecks.validateWindows(
      window: looks.window, baselineSpan: baselineSpan, settle: settle, length: length)
  }

  /// The default of `--service`: the name of the folder that the first input lies in.
  private static func folderName(_ inputs: [String]) -> String? {
    guard let parts = inputs.first?.split(separator: "/"), parts.count > 1 else { return nil }
    return String(parts[parts.count - 2])
  }

  mutating func run() throws {
    let surroundings = Surroundings.process
    let now = surroundings.now()
    let zone = try log.zone()
    let rules = try log.ruleSet()
    try checkExplained(rules)
    let arguments = try StandardInputDefault.arguments(
      inputs, example: "tidemark watch --at now /var/log/app/*.log")
    let ledger = try LedgerAccess(
      state, isNeeded: at == nil || release != nil, warn: surroundings.warn)
    let entry = ledger.release(named: release)
    let moment =
      at?.resolve(now: now, zone: zone) ?? entry.map { Timestamp(nanoseconds: $0.at) } ?? now
    if release == nil, let entry { tell(entry, at: moment, surroundings) }
    let stored = try storedBaselines(moment)
    let plan = WindowPlan(
      release: moment, widthNanoseconds: looks.window.nanoseconds,
      baselineSpan: max(
        usesBefore ? baselineSpan.nanoseconds : 0,
        Int64(stored?.placement.windows ?? 0) * looks.window.nanoseconds),
      settle: settle.nanoseconds, length: length?.nanoseconds)
    var facts = WatchFacts(
      release: release ?? entry?.name ?? WatchFacts.unnamedRelease, at: moment, inputs: arguments,
      ruleCount: rules.rules.count, alpha: looks.alpha)
    facts.owner = people.owner ?? entry?.owner
    facts.expectation = people.expect ?? entry?.expectation
    facts.rollback = people.rollback ?? entry?.rollback
    facts.service = service ?? Self.folderName(arguments)
    facts.environment = env
    facts.redactor = try redaction.redactor()
    var options = WatchOptions(
      arguments: arguments, plan: plan, rules: rules, facts: facts, zone: zone)
    options.judge = try judgeOptions(now: now, zone: zone)
    options.format = format
    options.style = Style(usesColor: format == .text && Output.usesColor(color))
    options.lineBytesLimit = log.maxLine.bytes
    options.follows = !noFollow
    options.workers = threads.count
    options.failsFast = failFast
    options.endsWhenDecided = untilDecided
    options.explained = explain
    options.latenessNanoseconds = lateness.nanoseconds
    following.apply(to: &options.following)
    options.undecidedStatus = judging.undecided.status
    options.ledger = ledger.watch(of: entry, surroundings)
    options.ledger.cautions = cautions(ledger, entry, plan)
    options.stored = stored
    options.desk = try alerting.desk(
      facts: facts, rules: rules, isJSON: format == .json, surroundings)
    options.board = try exposure.board(surroundings)
    options.version = Tidemark.configuration.version
    StopSignals.install()
    throw ExitCode(Watch(options, surroundings).run().status)
  }
}

extension WatchOptions.Format: ExpressibleByArgument {}
