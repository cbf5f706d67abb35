import ArgumentParser
import Bytes
import Reports
import Watching

extension RulesCommand {
  /// `tidemark rules explain`
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Show what is seen in a log line: time, severity, rules, captures, signals.",
      discussion: """
        Lines are joined to records as a watch does it; a traceback is one. Give one line in quotes, - \
        for standard input, or files with --input. A line without a time of its own has that of the \
        record before it; one that is typed or comes from standard input, else the time of its arrival.

        With --format json one object a record: line, lines, time, timeSource (line, inherited, arrival), \
        severity, format, rules, captures, signature; null is what there is not.

        Examples:
          tidemark rules explain 'ERROR:app.db:connection refused'
          tidemark rules explain --rules shop.yaml --input app.log --format json
          kubectl logs deploy/api | tidemark rules explain -
          tidemark rules explain -- '-- a line that begins with a dash'
        """)

    @Argument(
      help: ArgumentHelp("A log line in quotes, or - for standard input.", valueName: "line"))
    var lines: [String] = []

    @Option(
      help: ArgumentHelp(
        "Explain the lines of this file, directory or quoted glob; may be given again.",
        valueName: "file"))
    var input: [String] = []

    @OptionGroup
    var log: LogOptions

    @Option(help: "What to print: text or json.")
    var format = Format.text

    @Option(help: "Colour: auto, always or never.")
    var color = ColorMode.auto

    func validate() throws {
      if lines.count > 1 {
        throw ValidationError(
          "\(lines.count) words instead of one line; expected a log line in quotes, such as "
            + "tidemark rules explain '\(lines.joined(separator: " "))'")
      }
      if !lines.isEmpty, !input.isEmpty {
        throw ValidationError("a line and --input exclude each other; expected one of them")
      }
    }

    func run() throws {
      StopSignals.install()
      let rules = try log.ruleSet()
      let form: Watching.Explain.Form =
        format == .json ? .json : .text(Style(usesColor: Output.usesColor(color)))
      var explain = Watching.Explain(
        rules: rules, zone: try log.zone(), lineBytesLimit: log.maxLine.bytes, form: form,
        .process, write: { Output.write(bytes: $0) })
      if !input.isEmpty {
        explain.explain(files: input)
      } else if let line = lines.first, line != "-" {
        explain.explain(line: line)
        remark(on: line, records: explain.recordCount)
      } else {
        _ = try StandardInputDefault.arguments(
          lines, example: "tidemark rules explain 'a log line'")
        explain.explainStandardInput()
      }
      for rule in explain.rulesAtLimit {
        Output.warn("rule \(rule) hit its match limit; a record that it matches may lack it")
      }
      switch StopSignals.request {
      case .interrupt: throw ExitCode(130)
      case .terminate: throw ExitCode(143)
      case nil: break
      }
      if explain.isIncomplete { throw ExitStatus.blind.code }
    }

    /// What was typed may be meant for something else than a line.
    private func remark(on line: String, records: Int) {
      if records == 0 {
        Output.warn("there is no record in this line; expected a log line in quotes")
      } else if (try? FileStatus(path: line)) != nil {
        Output.warn("\(line) is a file; to explain its lines: --input \(line)")
      }
    }
  }
}
