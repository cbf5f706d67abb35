import ArgumentParser
import Bytes
import Records
import Reports
import Rules
import Store
import Watching
import Windows

/// `tidemark baseline`: stored behaviour to compare with.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Store how a service behaves, to compare with later or elsewhere.",
    discussion: """
      A baseline is counts, exposures and distributions by window, with what it covers. `tidemark watch \
      --baseline NAME` compares with it in place of the earlier lines of the same logs; given several \
      times, they are compared with together (`--baseline before` adds the earlier lines). `export` \
      writes a JSON file that `watch --baseline FILE` and `import` take on another machine.

      Examples:
        tidemark baseline capture --name week /var/log/nginx/access.log
        tidemark watch --baseline week --at now --for 30m /var/log/nginx/access.log
        tidemark baseline export week > week.json
      """,
    subcommands: [
      Capture.self, List.self, Show.self, Diff.self, Export.self, Import.self, Remove.self,
    ])

  /// `tidemark baseline capture`
  struct Capture: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read logs and store what they hold as a baseline.",
      discussion: """
        Rotated siblings are read as well. With --to the windows end at that moment, so that a watch \
        with --at there sees the very same windows. Status 4 if nothing could be placed in time, or if \
        something could not be read; what could be read is stored then, and said.
        """)

    @Argument(help: "Files, directories, quoted globs, or - for standard input.")
    var inputs: [String] = []

    @Option(help: "The name to store it under.")
    var name: String

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "Leave out what is before.", discussion: "Default: as many windows as can be stored.",
        valueName: "time"))
    var from: TimeArgument?

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "Leave out what is from then on.", discussion: "Default: now; it ends with the last line.",
        valueName: "time"))
    var to: TimeArgument?

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp("Window; a watch must have the same.", valueName: "duration"))
    var window = DurationArgument(seconds: 10)

    @Flag(help: "Replace a baseline of that name.")
    var replace = false

    @OptionGroup
    var threads: WorkerArguments

    @OptionGroup
    var log: LogOptions

    @OptionGroup
    var state: StateOptions

    func validate() throws {
      try NameArgument.check(name, what: "--name", example: "week")
      guard (1_000_000...86_400_000_000_000).contains(window.nanoseconds) else {
        throw ValidationError(
          "--window \(window.defaultValueDescription): expected 1ms to 1d, such as 10s")
      }
    }

    func run() throws {
      StopSignals.install()
      let surroundings = Surroundings.process
      let (now, zone) = (surroundings.now(), try log.zone())
      let arguments = try StandardInputDefault.arguments(
        inputs, example: "tidemark baseline capture --name week /var/log/app/*.log")
      guard try replace || !BaselineAccess(state).has(name) else {
        throw Mistake("baseline \(name): there is one of this name; expected another, or --replace")
      }
      let plan = try plan(now: now, zone: zone)
      let rules = try log.ruleSet()
      let facts = WatchFacts(
        release: name, at: plan.release, inputs: arguments, ruleCount: rules.rules.count, alpha: 1)
      var options = WatchOptions(
        arguments: arguments, plan: plan, rules: rules, facts: facts, zone: zone)
      options.lineBytesLimit = log.maxLine.bytes
      options.workers = threads.count
      let captured = Watch(options, surroundings).capture(name: name, isOpenEnded: to == nil)
      if let request = surroundings.stopRequest() {
        throw ExitCode(request == .interrupt ? 130 : 143)
      }
      guard let captured else {
        surroundings.warn("baseline \(name): nothing is stored")
        throw ExitStatus.blind.code
      }
      try BaselineAccess(state).keep(captured.baseline, replaces: replace)
      Output.write(captured.baseline.facts.sentences().joined(separator: "\n") + "\n")
      guard captured.isComplete else {
        surroundings.warn("baseline \(name): stored without what could not be read")
        throw ExitStatus.blind.code
      }
    }

    /// The windows end at `--to`, else on a whole window of the clock.
    private func plan(now: Timestamp, zone: LocalZone) throws -> WindowPlan {
      let width = window.nanoseconds
      let end: Timestamp
      if let to {
        end = to.resolve(now: now, zone: zone)
      } else {
        let rest = now.nanoseconds % width
        end = now.advanced(byNanoseconds: width - rest)
      }
      let most = Int64(Limits.windowsBeforeRelease)
      let (room, overflow) = most.multipliedReportingOverflow(by: width)
      let longest = overflow ? Int64.max : room
      guard let from else {
        return WindowPlan(
          release: end, widthNanoseconds: width, baselineSpan: longest, settle: 0, length: nil)
      }
      let start = from.resolve(now: now, zone: zone)
      let span = end.nanoseconds(since: start)
      guard span > 0 else {
        throw Mistake(
          "--from \(start.rfc3339): not before the end, \(end.rfc3339); expected an earlier time, "
            + "such as -7d")
      }
      guard span <= longest else {
        throw Mistake(
          "--from \(start.rfc3339): \(span / width) windows, at most \(most); expected a later time "
            + "or a longer --window")
      }
      return WindowPlan(
        release: end, widthNanoseconds: width, baselineSpan: span, settle: 0, length: nil)
    }
  }
}
