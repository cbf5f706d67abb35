import ArgumentParser
import Reports
import Rules

extension RulesCommand {
  /// `tidemark rules list`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Print one rule a line: id, pack, class, severity, what it is about.",
      discussion: """
        There is no header. On a terminal the lines are in columns; in a pipe a tab stands between the \
        fields, and - for what a rule does not have.

        Examples:
          tidemark rules list
          tidemark rules list nginx postgres | cut -f1
          tidemark rules list shop.yaml --format json
        """)

    @Argument(
      help: ArgumentHelp(
        "Rule files, directories of them, or names of built-in packs; - is standard input.",
        discussion: "Default: every built-in pack.", valueName: "path"))
    var paths: [String] = []

    @OptionGroup
    var selection: RuleSelection

    @Option(help: "What to print: text or json.")
    var format = Format.text

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let rules = try RulesCommand.ruleSet(paths + selection.rules)
      switch format {
      case .text: Output.write(RuleListing.text(rules, inColumns: Output.isTerminal))
      case .json: Output.write(RuleListing.json(rules))
      }
    }
  }
}
