import ArgumentParser
import Records
import Reports
import Rules
import Store
import Watching

extension ReleaseCommand {
  /// `tidemark release silence`
  struct Silence: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a signal out of what fails a watch, for a while and with a reason.",
      discussion: """
        Its alerts stay listed and are marked; they do not fail a watch, end it (--fail-fast), or \
        make a summary speak. A silence is in force for events of its span and for every watch that \
        runs meanwhile, also one that has begun. A watch that cannot see stays blind.

        Examples:
          tidemark release silence http.4xx --for 2h --reason 'a partner tests against us'
          tidemark release silence http.4xx --end
          tidemark release silence --list
        """)

    @Argument(help: "The signal, as alerts name it.")
    var signal: String?

    @Option(
      name: .customLong("for"), parsing: .unconditional,
      help: ArgumentHelp("How long.", valueName: "duration"))
    var length: DurationArgument?

    @Option(help: "Why; printed with every silenced alert.")
    var reason: String?

    @Flag(help: "End the silence of the signal now.")
    var end = false

    @Flag(help: "List the silences in force: signal<TAB>until<TAB>reason.")
    var list = false

    @Option(help: "What --list prints: text or json (one object a line).")
    var format = Format.text

    @OptionGroup
    var state: StateOptions

    func validate() throws {
      guard [list, end, length != nil].count(where: { $0 }) == 1 else {
        throw ValidationError(
          "expected one of --for, --end and --list, such as: tidemark release silence http.4xx "
            + "--for 2h --reason 'a partner tests against us'")
      }
      guard !list else { return }
      guard let signal else {
        throw ValidationError(
          "expected a signal, such as http.4xx; tidemark rules list shows rules")
      }
      try NameArgument.check(signal, what: "signal", example: "http.4xx")
      if let length {
        guard let reason, !reason.isEmpty else {
          throw ValidationError(
            "--reason is missing: whoever reads the alert must know why it is silenced")
        }
        guard length.nanoseconds > 0, length.nanoseconds <= 365 * 86_400_000_000_000 else {
          throw ValidationError("--for: expected more than nothing and at most 365d, such as 2h")
        }
      }
    }

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let now = Surroundings.process.now()
      guard let signal, !list else { return try printList(now) }
      let name = LogText.printable(signal)
      if let length {
        warnIfUnknown(signal)
        let until = now.advanced(byNanoseconds: length.nanoseconds)
        try ReleaseCommand.changing(state) { (file) throws(StateError) in
          try file.add(
            MuteEntry(
              signal: signal, since: now.nanoseconds, until: until.nanoseconds,
              reason: reason ?? ""))
        }
        Output.write("\(name) silenced until \(until.rfc3339)\n")
        return
      }
      let ended = try ReleaseCommand.changing(state) { (file) throws(StateError) in
        try file.endMutes(of: signal, now: now.nanoseconds)
      }
      guard ended > 0 else {
        throw Mistake("\(name): it is not silenced; tidemark release silence --list shows what is")
      }
      Output.write("\(name) no longer silenced\n")
    }

    /// Signals may come from rule files that only the watch knows, so an unknown one is no mistake.
    private func warnIfUnknown(_ signal: String) {
      let known = RuleSet.builtIn().signals.map(\.id)
      guard !known.contains(signal) else { return }
      Output.warn(
        "\(signal): no built-in signal has this name\(NearestName.hint(signal, among: known)); "
          + "it is silenced as it is written")
    }

    private func printList(_ now: Timestamp) throws {
      let mutes = try ReleaseCommand.reading(state) { (ledger) throws(StateError) in
        try ledger.mutes(endingAfter: now.nanoseconds)
      }
      for mute in mutes {
        let until = Timestamp(nanoseconds: mute.until).rfc3339
        switch format {
        case .text:
          Output.write(
            [mute.signal, until, mute.reason].map(LogText.printable).joined(separator: "\t")
              + "\n")
        case .json:
          var json = JSONWriter()
          json.object { json in
            json.member("signal", mute.signal)
            json.member("since", Timestamp(nanoseconds: mute.since).rfc3339)
            json.member("until", until)
            json.member("reason", mute.reason)
          }
          Output.write(json.text + "\n")
        }
      }
    }
  }
}
