import ArgumentParser
import Records
import Reports
import Store

extension StateCommand {
  /// `tidemark state check`
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the state file as a whole and list the jobs in it.",
      discussion: """
        Prints job<TAB>lines<TAB>time of the last run for each job, rotated files included since the \
        job's first run. Nothing is changed or mended. Status 1 when the file is damaged: the next \
        run of a job sets it aside under another name and begins a new one. A file that does not \
        exist yet is no damage.
        """)

    @OptionGroup
    var options: StateOptions

    @Option(help: "What to print: text or json.")
    var format = Format.text

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let path = try options.path()
      let report: StateReport
      do {
        report = try StateReport(path: path)
      } catch {
        throw Mistake(error.description)
      }
      switch format {
      case .text: Output.write(Self.text(report, path: path))
      case .json: Self.writeJSON(report)
      }
      if report.problems.isEmpty { return }
      for problem in report.problems { Output.warn("\(path): damaged: \(problem)") }
      Output.warn("\(path): the next run of a job sets this file aside and begins a new one")
      throw ExitStatus.failure.code
    }

    private static func text(_ report: StateReport, path: String) -> String {
      let path = LogText.printable(path)
      guard report.exists else { return "\(path): ok, there is none yet\n" }
      guard report.problems.isEmpty else { return "\(path): damaged\n" }
      return report.jobs.reduce(into: "\(path): ok\n") { text, job in
        text += "\(LogText.printable(job.name))\t\(job.lines)\t\(time(job.lastRun))\n"
      }
    }

    private static func writeJSON(_ report: StateReport) {
      StateCommand.writeJSON { object in
        object.member("ok", report.problems.isEmpty)
        object.key("jobs")
        object.array(report.jobs) { array, job in
          array.object { object in
            object.member("job", job.name)
            object.member("lines", Int(job.lines))
            object.member("lastRun", time(job.lastRun))
          }
        }
        guard !report.problems.isEmpty else { return }
        object.key("problems")
        object.array(report.problems) { $0.value($1) }
      }
    }

    private static func time(_ nanoseconds: Int64) -> String {
      Timestamp(nanoseconds: nanoseconds).rfc3339
    }
  }
}
