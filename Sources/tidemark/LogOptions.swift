import ArgumentParser
import Records
import Rules

/// The options of every command that reads logs.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Zone of timestamps that name none, such as Europe/Berlin or +02:00.",
      discussion: "Default: the machine's zone.", valueName: "zone"))
  var timezone: String?

  @Option(
    help: ArgumentHelp(
      "A rule file, a directory of them, or the name of a built-in pack; may be given again.",
      discussion: "Default: every built-in pack.", valueName: "path"))
  var rules: [String] = []

  @Option(
    help: ArgumentHelp(
      "Longest line that is read whole; the rest of a longer one is skipped and counted.",
      valueName: "size"))
  var maxLine = SizeArgument(bytes: 1 << 20)

  /// The rules of `--rules`, or all built-in packs.
  func ruleSet() throws -> RuleSet {
    guard !rules.isEmpty else { return RuleSet.builtIn() }
    do {
      return try RuleSet.load(paths: rules)
    } catch {
      throw Mistake(String(describing: error))
    }
  }

  /// The zone of `--timezone`.
  func zone() throws -> LocalZone { try Self.zone(timezone) }

  /// The zone of that name, by default the machine's.
  static func zone(_ timezone: String?) throws -> LocalZone {
    guard let timezone else { return .machine() }
    guard let zone = LocalZone(named: timezone) else {
      throw ValidationError(
        "--timezone \(timezone): no such zone; expected a name such as Europe/Berlin, UTC, "
          + "or an offset such as +02:00")
    }
    return zone
  }
}
