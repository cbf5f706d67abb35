import ArgumentParser
import Records
import Reports
import Rules
import Store
import Watching

/// `tidemark release`: the ledger of releases.
struct ReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Keep a ledger of releases: owner, expectation, rollback note, verdicts, silences.",
    discussion: """
      `start` writes a release down; `tidemark watch` without --at then watches it, prints its owner, \
      expectation and rollback note with every alert, and leaves its verdict here. `silence` takes a \
      signal out of what fails a watch for a while; it stays listed. The ledger is in the state file.

      Examples:
        tidemark release start v1.4.2 --owner ann --expect 'faster search' --rollback 'deploy v1.4.1'
        tidemark watch --for 30m '/var/log/app/*.log'
        tidemark release silence http.4xx --for 2h --reason 'a partner tests against us'
        tidemark release end v1.4.2 --outcome kept
      """,
    subcommands: [Start.self, List.self, Show.self, End.self, Note.self, Silence.self])

  /// `tidemark release start`
  struct Start: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a release down and open it.",
      discussion: "The release that was started last and is open is the one that is watched.")

    @Argument(help: "Its name, such as v1.4.2.")
    var name: String

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "The release moment: ISO 8601, now, or relative such as -15m.", valueName: "time"))
    var at = TimeArgument(argument: "now")!

    @OptionGroup
    var people: ReleaseOptions

    @Option(
      help: ArgumentHelp(
        "Zone of a time that names none.", discussion: "Default: the machine's.",
        valueName: "zone"))
    var timezone: String?

    @OptionGroup
    var state: StateOptions

    func validate() throws {
      try NameArgument.check(name, what: "release", example: "v1.4.2")
    }

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let now = Surroundings.process.now()
      let moment = at.resolve(now: now, zone: try LogOptions.zone(timezone))
      let entry = ReleaseEntry(
        name: name, at: moment.nanoseconds, owner: people.owner, expectation: people.expect,
        rollback: people.rollback)
      let isNew = try ReleaseCommand.changing(state) { (file) throws(StateError) in
        try file.start(entry)
      }
      guard isNew else {
        throw Mistake(
          "release \(name): the ledger has one of this name (tidemark release show \(name)); "
            + "expected another name")
      }
      Output.write("release \(LogText.printable(name)) started at \(moment.rfc3339)\n")
    }
  }

  /// `tidemark release end`
  struct End: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Close a release and say what became of it.")

    @Argument(help: "Its name.")
    var name: String

    @Option(help: "What became of it: kept or rolled-back.")
    var outcome: ReleaseEntry.Outcome

    @OptionGroup
    var state: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let now = Surroundings.process.now().nanoseconds
      let known = try ReleaseCommand.find(name, state)
      guard known.ended == nil else {
        throw Mistake(
          "release \(name): it was ended before, \(known.outcome?.rawValue ?? "without an outcome")"
            + "; nothing is changed")
      }
      _ = try ReleaseCommand.changing(state) { (file) throws(StateError) in
        try file.end(release: name, outcome: outcome, now: now)
      }
      Output.write("release \(LogText.printable(name)) ended: \(outcome.rawValue)\n")
    }
  }

  /// Opens the state file for a change. What is wrong with it is the user's to put right.
  static func changing<Value>(
    _ options: StateOptions, _ body: (StateFile) throws(StateError) -> Value
  ) throws -> Value {
    let path = try options.path()
    do {
      let file = try StateFile(path: path, now: Surroundings.process.now().nanoseconds)
      if let notice = file.notice { Output.warn(notice.description) }
      return try body(file)
    } catch {
      throw Mistake(error.description)
    }
  }

  /// Reads the ledger.
  static func reading<Value>(
    _ options: StateOptions, _ body: (Ledger) throws(StateError) -> Value
  ) throws -> Value {
    let ledger = Ledger(path: try options.path())
    do {
      return try body(ledger)
    } catch {
      throw Mistake(error.description)
    }
  }

  /// The release of this name, with what it might have meant where there is none.
  static func find(_ name: String, _ options: StateOptions) throws -> ReleaseEntry {
    let releases = try reading(options) { (ledger) throws(StateError) in try ledger.releases() }
    if let found = releases.first(where: { $0.name == name }) { return found }
    throw Mistake(
      "release \(LogText.printable(name)): the ledger has none of this name"
        + NearestName.hint(name, among: releases.map(\.name))
        + "; tidemark release list shows all")
  }

  /// The release of this name and its watches, the oldest first.
  static func watched(
    _ name: String, _ options: StateOptions
  ) throws -> (release: ReleaseEntry, watches: [WatchEntry]) {
    let release = try find(name, options)
    return (
      release,
      try reading(options) { (ledger) throws(StateError) in
        try ledger.watches(of: name)
      }
    )
  }
}

extension ReleaseEntry.Outcome: ExpressibleByArgument {}
