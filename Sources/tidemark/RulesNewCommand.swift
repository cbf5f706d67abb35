import ArgumentParser
import Bytes
import Reports
import Rules

extension RulesCommand {
  /// `tidemark rules new`
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new",
      abstract: "Write a rule for a pattern, or propose one for a log line.",
      discussion: """
        Prints a rule file with one rule, quoted as YAML needs it, after trying it: the pattern compiles, \
        matches every --sample and no --miss, captures what the file says, and no hostile line makes it \
        run away. So it passes tidemark rules check and tidemark rules test as it is.

        --from proposes the pattern: words stay, while numbers, ids, hexadecimal, quoted texts and paths \
        become classes. Read it before you use it: too wide a pattern counts what it should not.

        Examples:
          tidemark rules new shop.declined --match 'card of (?<bank>\\w+) declined' \\
            --sample 'card of acme declined after 31 ms' \\
            --miss 'card of acme accepted' --class dependency > shop.yaml
          tidemark rules new shop.declined --from 'card of acme declined'
          grep -m1 declined app.log | tidemark rules new --from -
        """)

    @Argument(
      help: ArgumentHelp(
        "The id: lower-case letters, digits, dots and dashes.",
        discussion: "Default with --from: draft. and the line's first words.", valueName: "id"))
    var id: String?

    @Option(
      parsing: .unconditional, help: ArgumentHelp("The PCRE2 pattern.", valueName: "pattern"))
    var match: String?

    @Option(
      parsing: .unconditionalSingleValue,
      help: ArgumentHelp("A line that must match; may be given again.", valueName: "line"))
    var sample: [String] = []

    @Option(
      parsing: .unconditional,
      help: ArgumentHelp(
        "Propose a pattern for this line, which becomes a sample; - reads standard input.",
        valueName: "line"))
    var from: String?

    @Option(
      parsing: .unconditionalSingleValue,
      help: ArgumentHelp("A line that must not match; may be given again.", valueName: "line"))
    var miss: [String] = []

    @Option(
      name: .customLong("class"),
      help: ArgumentHelp(
        "crash, release, error, dependency, capacity, data, security or warning.",
        valueName: "class"))
    var ruleClass: String?

    @Option(
      help: ArgumentHelp(
        "debug, info, notice, warning, error or critical.",
        discussion: "Default: that of the class; with --from what the line states.",
        valueName: "severity"))
    var severity: String?

    @Option(help: ArgumentHelp("What it means that the rule matches.", valueName: "text"))
    var about: String?

    @Option(help: ArgumentHelp("What a person can do about it.", valueName: "text"))
    var hint: String?

    func validate() throws {
      switch (match, from) {
      case (nil, nil):
        throw ValidationError(
          "no pattern; expected --match 'PATTERN' with --sample 'LINE', or --from 'LINE'")
      case (.some, .some):
        throw ValidationError("--match and --from exclude each other; expected one of them")
      case (.some, nil):
        guard id != nil else {
          throw ValidationError("no id; expected one such as shop.payment-declined")
        }
        guard !sample.isEmpty else {
          throw ValidationError(
            "no sample; expected --sample 'LINE' with a whole line that the pattern matches")
        }
      case (nil, .some): break
      }
    }

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      var draft = try from.map(proposal) ?? RuleDraft(id: id ?? "", match: match ?? "", samples: [])
      draft.samples += sample
      draft.misses = miss
      draft.about = about
      draft.hint = hint
      draft.ruleClass = ruleClass
      if ruleClass != nil || severity != nil { draft.severity = severity }
      let file: String
      do {
        file = try draft.ruleFile()
      } catch {
        throw Mistake(
          error.messages.map { "rule \(draft.id): \($0)" }.joined(separator: "\n"))
      }
      Output.write(file)
      if RuleSet.builtIn().index(ofRule: draft.id) != nil {
        Output.warn(
          "a built-in rule has the id \(draft.id); with both loaded this one needs replaces: true")
      }
    }

    /// A draft with the pattern, the id and the severity that a line suggests.
    private func proposal(_ given: String) throws -> RuleDraft {
      let line = given == "-" ? try Self.standardInput() : given
      guard let proposal = PatternProposal(line: line), !proposal.pattern.isEmpty else {
        throw Mistake("--from: there is no record in this line; expected a whole log line")
      }
      if proposal.words.isEmpty {
        Output.warn("the line has no fixed word; the pattern matches much, give --match instead")
      }
      var draft = RuleDraft(
        id: id ?? proposal.suggestedID, match: proposal.pattern, samples: [line])
      draft.severity = proposal.suggestedSeverity
      return draft
    }

    /// The text of standard input without the line break at its end.
    private static func standardInput() throws -> String {
      do {
        let bytes = try FileContents(path: "/dev/stdin", limit: Limits.ruleFileBytes / 4).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
      } catch {
        throw Mistake("--from -: standard input cannot be read: \(error)")
      }
    }
  }
}
