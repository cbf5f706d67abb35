import ArgumentParser
import Rules

/// What is said about a command line that cannot be understood: the option, the value, and an
/// example of what was expected.
enum Usage {
  /// Examples of options whose values mean more than their form.
  private static let optionExamples = [
    "--for": "30m", "--settle": "30s", "--lateness": "10s", "--window": "10s",
    "--baseline-span": "24h", "--poll": "500ms",
  ]

  /// Examples by the name that help texts give a value.
  private static let examples = [
    "<duration>": "a duration such as 500ms, 10s, 15m, 24h or 7d",
    "<number>": "a number of lines such as 10",
    "<time>": "a time such as 2026-11-22T14:03:00Z, now or -15m",
    "<size>": "a size such as 64KiB or 1MiB",
    "<rate>": "a rate such as 0.5% (of requests) or 1/min",
    "<from..to>": "a span such as 2026-11-22T10:00:00Z..2026-11-22T11:00:00Z or -2h..-1h",
    "<p>": "a probability such as 0.01",
    "<ratio>": "a ratio such as 1.25",
    "<share>": "a share such as 0.003",
  ]

  /// The parser's message, with an example where a value was wrong.
  static func message(for error: any Error) -> String {
    var message = Tidemark.fullMessage(for: error)
    guard message.hasPrefix("Error: ") else { return message }
    message.removeFirst("Error: ".count)
    var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (name, example) in examples where lines[0].contains("is invalid for '-") {
      if lines[0].contains(name) { lines[0] += "; expected " + example }
    }
    for (option, example) in optionExamples
    where lines[0].contains("is invalid for '\(option) <") && !lines[0].contains(example) {
      lines[0] += ", here for example \(example)"
    }
    if let command = unknownCommand() { lines[0] = command }
    return lines.joined(separator: "\n")
  }

  /// What to say of a first word that is no command.
  private static func unknownCommand() -> String? {
    var commands = Tidemark.configuration.subcommands
    var known = ""
    for word in CommandLine.arguments.dropFirst() {
      guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
      let names = commands.map { $0._commandName }
      guard let place = names.firstIndex(of: word) else {
        return "unknown command \(known)\(word)\(NearestName.hint(word, among: names)); "
          + "commands are \(names.joined(separator: ", "))"
      }
      commands = commands[place].configuration.subcommands
      known += word + " "
    }
    return nil
  }
}
