import ArgumentParser
import Reports
import Rules

extension RulesCommand {
  /// `tidemark rules check`
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Check spelling, patterns and names of rule files.",
      discussion: """
        Every problem is file:line:column: message on standard output, with the line and a caret, as \
        compilers write them. Status 2 if there is any; else 0 and a line that says what was checked. \
        Rules that build on those of a built-in pack are checked together with it.

        Examples:
          tidemark rules check shop.yaml
          tidemark rules check shop.yaml http-access
          tidemark rules new x.sold --from 'item 7 sold' | tidemark rules check -
        """)

    @Argument(
      help: ArgumentHelp(
        "Rule files, directories of them, or names of built-in packs; - is standard input.",
        valueName: "path"))
    var paths: [String]

    @Option(help: "What to print: text or json.")
    var format = Format.text

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let rules: RuleSet
      do {
        rules = try RuleSet.load(paths: RulesCommand.paths(paths))
      } catch {
        switch format {
        case .text: Output.write(RuleProblemReport.text(error.problems))
        case .json: Output.write(RuleProblemReport.json(error.problems))
        }
        throw Mistake(RuleProblemReport.summary(error.problems))
      }
      if format == .text { Output.write(RuleProblemReport.summary(rules) + "\n") }
    }
  }
}
