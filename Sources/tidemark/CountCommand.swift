import ArgumentParser
import Records
import Watching

/// `tidemark count`: one pass, one count per rule.
struct CountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "count",
    abstract: "Count, in one pass, the lines that each rule matches.",
    discussion: """
      Every physical line is taken by itself: nothing is joined and nothing unwrapped. A line counts \
      once per rule however often it matches. Prints rule<TAB>lines in rule order, then \
      lines<TAB>N. A rule that hits its match limit is named on standard error; the status stays 0.

      Examples:
        tidemark count --rules my-rules.yaml app.log
        zcat app.log.1.gz | tidemark count -
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: "Files, directories, quoted globs, or - for standard input.")
  var inputs: [String] = []

  @Option(help: "What to print: text or json.")
  var format = Format.text

  @OptionGroup
  var threads: WorkerArguments

  @OptionGroup
  var log: LogOptions

  mutating func run() throws {
    StopSignals.ignoreBrokenPipes()
    let rules = try log.ruleSet()
    let arguments = try StandardInputDefault.arguments(
      inputs, example: "tidemark count /var/log/app/*.log")
    let surroundings = Surroundings.process
    let started = surroundings.now()
    var count = Count(
      rules: rules, zone: try log.zone(), lineBytesLimit: log.maxLine.bytes,
      workers: threads.count, surroundings: surroundings)
    count.read(arguments)
    let seconds = Double(surroundings.now().nanoseconds - started.nanoseconds) / 1e9
    switch format {
    case .text: Output.write(count.text)
    case .json: Output.write(count.json(seconds: seconds) + "\n")
    }
    if count.isIncomplete { throw ExitStatus.blind.code }
  }
}
