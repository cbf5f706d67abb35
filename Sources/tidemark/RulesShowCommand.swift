import ArgumentParser
import Reports
import Rules

extension RulesCommand {
  /// `tidemark rules show`
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print everything about a rule: pattern, captures, hint, signals, samples.",
      discussion: """
        Examples:
          tidemark rules show nginx.upstream-timeout
          tidemark rules show --rules shop.yaml shop.payment-declined --format json
        """)

    @Argument(help: ArgumentHelp("Ids of rules; tidemark rules list shows them.", valueName: "id"))
    var ids: [String]

    @OptionGroup
    var selection: RuleSelection

    @Option(help: "What to print: text or json.")
    var format = Format.text

    @Option(help: "Colour: auto, always or never.")
    var color = ColorMode.auto

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let rules = try RulesCommand.ruleSet(selection.rules)
      let unknown = ids.filter { rules.index(ofRule: $0) == nil }
      guard unknown.isEmpty else {
        throw Mistake(unknown.map { rules.complaint(aboutRule: $0) }.joined(separator: "\n"))
      }
      let style = Style(usesColor: Output.usesColor(color))
      let cards = ids.compactMap { rules.index(ofRule: $0) }
        .map { RuleCard(rules, rule: $0, style: style) }
      switch format {
      case .text: Output.write(cards.map(\.text).joined(separator: "\n"))
      case .json: Output.write(cards.map(\.json).joined())
      }
    }
  }
}
