import ArgumentParser
import Reports
import Rules

extension RulesCommand {
  /// `tidemark rules test`
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract: "Run the samples and misses of rules, and try to break their patterns.",
      discussion: """
        A rule fails that has no sample, does not match one or captures something else, matches a miss, \
        or shares a sample with another rule of its pack without saying so (also:). Each pattern is tried \
        on some hundred hostile lines: thousands of the letters and words it speaks of, and its samples \
        repeated, cut and stretched. A pattern that exceeds PCRE2's match limit on any of them is \
        refused; steps are counted, so that the answer is the same on every machine.

        Every finding is file:line: rule ID: message. Status 1 if there is any, 2 if the rules do not \
        compile, else 0.

        Examples:
          tidemark rules test
          tidemark rules test shop.yaml --costs
        """)

    @Argument(
      help: ArgumentHelp(
        "Rule files, directories of them, or names of built-in packs; - is standard input.",
        discussion: "Default: every built-in pack.", valueName: "path"))
    var paths: [String] = []

    @Flag(help: "Measure nanoseconds a line: typical on the samples, worst on the hostile lines.")
    var costs = false

    @Option(help: "What to print: text or json.")
    var format = Format.text

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let rules = try RulesCommand.ruleSet(paths)
      let findings = PackCheck.allFindings(in: rules)
      let report = RuleTestReport(
        rules, findings: findings, costs: costs ? RuleCost.measured(rules) : [])
      switch format {
      case .text: Output.write(report.text)
      case .json: Output.write(report.json)
      }
      guard findings.isEmpty else {
        Output.warn(report.summary)
        throw ExitStatus.failure.code
      }
      if format == .text { Output.write(report.summary + "\n") }
    }
  }
}
