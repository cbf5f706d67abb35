import ArgumentParser
import Records
import Reports
import Store

extension ReleaseCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  /// `tidemark release list`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the releases, the newest first.",
      discussion: """
        Prints name<TAB>time<TAB>open, kept or rolled-back<TAB>owner for each; an owner that is not \
        known is -.
        """)

    @Option(help: "What to print: text or json (one object a line).")
    var format = Format.text

    @OptionGroup
    var state: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let releases = try ReleaseCommand.reading(state) { (ledger) throws(StateError) in
        try ledger.releases()
      }
      switch format {
      case .text:
        Output.write(
          releases.map { release in
            [
              release.name, Timestamp(nanoseconds: release.at).rfc3339, release.condition,
              release.owner ?? "-",
            ].map(LogText.printable).joined(separator: "\t") + "\n"
          }.joined())
      case .json:
        Output.write(
          releases.map { release in
            var json = JSONWriter()
            json.object { release.writeMembers(&$0) }
            return json.text + "\n"
          }.joined())
      }
    }
  }

  /// `tidemark release show`
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show one release with the verdicts of its watches.")

    @Argument(help: "Its name.")
    var name: String

    @Option(help: "What to print: text or json.")
    var format = Format.text

    @OptionGroup
    var state: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let (release, watches) = try ReleaseCommand.watched(name, state)
      let memos = watches.map { ($0.recorded, try? MemoText.decode($0.memo)) }
      switch format {
      case .text: Output.write(Self.text(release, memos))
      case .json:
        var json = JSONWriter()
        json.object { json in
          release.writeMembers(&json)
          json.key("watches")
          json.array(memos) { json, item in Self.write(item, &json) }
        }
        Output.write(json.text + "\n")
      }
    }

    private static func text(_ release: ReleaseEntry, _ memos: [(Int64, WatchMemo?)]) -> String {
      var lines = ["\(release.name)  \(release.condition)"]
      lines.append("started   " + Timestamp(nanoseconds: release.at).rfc3339)
      if let ended = release.ended {
        lines.append("ended     " + Timestamp(nanoseconds: ended).rfc3339)
      }
      for (name, text) in [
        ("owner     ", release.owner), ("expected  ", release.expectation),
        ("rollback  ", release.rollback),
      ] {
        if let text { lines.append(name + text) }
      }
      for (recorded, memo) in memos {
        let time = Timestamp(nanoseconds: recorded).rfc3339
        guard let memo else {
          lines.append("watch     \(time)  unreadable: another version of Tidemark wrote it")
          continue
        }
        let worse = memo.signals.filter { $0.state == "regressed" }.map(\.signal)
        lines.append(
          "watch     \(time)  \(memo.outcome)"
            + (worse.isEmpty ? "" : ": " + worse.joined(separator: ", ")))
      }
      return lines.map(LogText.printable).joined(separator: "\n") + "\n"
    }

    private static func write(_ item: (Int64, WatchMemo?), _ json: inout JSONWriter) {
      json.object { json in
        json.member("recorded", Timestamp(nanoseconds: item.0).rfc3339)
        json.member("verdict", item.1?.outcome)
        json.member("status", item.1?.status)
        json.member("at", item.1.map { Timestamp(nanoseconds: $0.at).rfc3339 })
        json.key("regressed")
        json.array(item.1?.signals.filter { $0.state == "regressed" } ?? []) {
          $0.value($1.signal)
        }
        json.member("alerts", item.1?.alerts.count)
      }
    }
  }
}

extension ReleaseEntry {
  /// `open`, or what became of it.
  var condition: String { ended == nil ? "open" : outcome?.rawValue ?? "ended" }

  func writeMembers(_ json: inout JSONWriter) {
    json.member("release", name)
    json.member("at", Timestamp(nanoseconds: at).rfc3339)
    json.member("state", condition)
    json.member("ended", ended.map { Timestamp(nanoseconds: $0).rfc3339 })
    json.member("owner", owner)
    json.member("expect", expectation)
    json.member("rollback", rollback)
  }
}
