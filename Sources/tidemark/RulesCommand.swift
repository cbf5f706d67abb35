import ArgumentParser
import Rules

/// `tidemark rules`: everything for people who read, write and try rules.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List, show, check, test and write rules, and explain what they see in a line.",
    discussion: """
      A rule says what a record of a log means: which lines match, what is captured, how bad it is and \
      what a person can do about it. Rules stand in YAML files, one pack a file; the packs that are \
      built in need no file.

      From a log line to a rule that is proven:
        tidemark rules new shop.declined --from 'order 7 declined' > shop.yaml
        tidemark rules check shop.yaml
        tidemark rules test shop.yaml
        tidemark rules explain --rules shop.yaml 'order 8 declined'
        tidemark watch --rules shop.yaml --rules http-access --at now app.log
      """,
    subcommands: [List.self, Show.self, Check.self, Test.self, Explain.self, New.self])

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  /// Standard input under the name that open(2) knows it by, where rule files are named.
  static func paths(_ arguments: [String]) -> [String] {
    arguments.map { $0 == "-" ? "/dev/stdin" : $0 }
  }

  /// The rules of the paths, or all built-in packs; their problems are a mistake.
  static func ruleSet(_ arguments: [String]) throws -> RuleSet {
    guard !arguments.isEmpty else { return RuleSet.builtIn() }
    do {
      return try RuleSet.load(paths: paths(arguments))
    } catch {
      throw Mistake(String(describing: error))
    }
  }
}

/// `--rules`, where it says which rules a command is about.
struct RuleSelection: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A rule file, a directory of them, or the name of a built-in pack; may be given again.",
      discussion: "Default: every built-in pack.", valueName: "path"))
  var rules: [String] = []
}
