import ArgumentParser
import Reports
import Rules
import Store
import Watching

extension BaselineCommand {
  /// `tidemark baseline export`
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a baseline as a file that another machine takes.",
      discussion: "JSON with a version, on standard output.")

    @Argument(help: "Its name.")
    var name: String

    @OptionGroup
    var state: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      Output.write(try BaselineAccess(state).get(name).file())
    }
  }

  /// `tidemark baseline import`
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Store a baseline file of another machine.",
      discussion: "It is checked first: its format, its version, its checksum and what it states.")

    @Argument(help: "A file of tidemark baseline export, or - for standard input.")
    var file: String

    @Option(help: "The name to store it under.")
    var name: String?

    @Flag(help: "Replace a baseline of that name.")
    var replace = false

    @OptionGroup
    var state: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      var baseline = try BaselineAccess.read(file: file)
      if let name { baseline.facts.name = name }
      try NameArgument.check(baseline.facts.name, what: "baseline", example: "week")
      // A baseline whose windows contradict themselves is refused here, not in the next watch.
      _ = try BaselineTotals(baseline, rules: .builtIn())
      try BaselineAccess(state).keep(baseline, replaces: replace)
      Output.write(baseline.facts.sentences().joined(separator: "\n") + "\n")
    }
  }

  /// `tidemark baseline remove`
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remove a stored baseline.")

    @Argument(help: "Its name.")
    var name: String

    @OptionGroup
    var state: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let access = try BaselineAccess(state)
      _ = try access.get(name)
      _ = try access.change { (file) throws(StateError) in try file.remove(baseline: name) }
      Output.write("baseline \(LogText.printable(name)) removed\n")
    }
  }
}
