import ArgumentParser
import Records
import Reports
import Store
import Watching

/// `tidemark state`: the file in which one run leaves what the next one needs.
struct StateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state",
    abstract: "Look after the file that remembers what was read.",
    discussion: """
      A job (--job NAME) keeps in the state file how far it has read, so that its next run goes on \
      there. It is one SQLite file, with NAME-wal and NAME-shm beside it while it is in use.
      """,
    subcommands: [Check.self, Path.self, Vacuum.self, Cursor.self])

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  /// `tidemark state path`
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print where the state file is.")

    @OptionGroup
    var options: StateOptions

    @Option(help: "What to print: text or json.")
    var format = Format.text

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let path = try options.path()
      switch format {
      case .text: Output.write(path + "\n")
      case .json: StateCommand.writeJSON { $0.member("path", path) }
      }
    }
  }

  /// `tidemark state vacuum`
  struct Vacuum: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give the space of what was deleted back to the file system.")

    @OptionGroup
    var options: StateOptions

    @Option(help: "What to print: text or json.")
    var format = Format.text

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let path = try options.path()
      var bytes: (before: Int64, after: Int64)?
      try StateCommand.reporting { () throws(StateError) in
        guard try StateReport(path: path).exists else { return }
        let now = Surroundings.process.now().nanoseconds
        bytes = try StateFile(path: path, now: now, keepsDamaged: true).vacuum()
      }
      switch (format, bytes) {
      case (.text, nil): Output.write("\(LogText.printable(path)): there is none yet\n")
      case (.text, let bytes?):
        Output.write("\(LogText.printable(path)): \(bytes.before) bytes, now \(bytes.after)\n")
      case (.json, let bytes):
        StateCommand.writeJSON { object in
          object.member("before", Int(bytes?.before ?? 0))
          object.member("after", Int(bytes?.after ?? 0))
        }
      }
    }
  }

  /// `tidemark state cursor`
  struct Cursor: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the journal's cursor that a job last read from standard input.",
      discussion: """
        For a journal that is read in a pipe, each entry once:
          cursor=$(tidemark state cursor --job NAME 2>/dev/null)
          journalctl -o json ${cursor:+--after-cursor="$cursor"} | tidemark tail --job NAME
        With -f also give journalctl --no-tail: else it begins with its last ten entries.
        Status 1 when the job has read none.
        """)

    @OptionGroup
    var options: StateOptions

    @Option(help: ArgumentHelp("The job.", valueName: "name"))
    var job: String

    @Option(help: "What to print: text or json.")
    var format = Format.text

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let path = try options.path()
      var cursor: String?
      try StateCommand.reporting { () throws(StateError) in
        cursor = try StateReport.record(of: job, path: path).cursor
      }
      switch (format, cursor) {
      case (.text, let cursor?): Output.write(cursor + "\n")
      case (.text, nil):
        Output.warn(
          "\(path): job \(job) has read no journal cursor from standard input; "
            + "journalctl -o json writes them")
      case (.json, let cursor):
        StateCommand.writeJSON { object in
          object.member("job", job)
          object.member("cursor", cursor)
        }
      }
      if cursor == nil { throw ExitStatus.failure.code }
    }
  }

  /// Runs `body`. A damaged file is the failure that was asked about; any other error is the
  /// user's to put right.
  static func reporting(_ body: () throws(StateError) -> Void) throws {
    do {
      try body()
    } catch {
      guard error.kind == .damaged else { throw Mistake(error.description) }
      Output.warn(error.description)
      throw ExitStatus.failure.code
    }
  }

  static func writeJSON(_ members: (inout JSONWriter) -> Void) {
    var json = JSONWriter()
    json.object(members)
    Output.write(json.text + "\n")
  }
}
