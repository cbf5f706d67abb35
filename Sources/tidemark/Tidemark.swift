import ArgumentParser

/// The program: one subcommand a job.
struct Tidemark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tidemark",
    abstract: "Says whether a release made a service's logs worse.",
    discussion: """
      Tidemark reads a service's logs from before and after a release, compares them with a stated \
      false-alarm probability, and ends with one of four answers: healthy (exit status 0), \
      regressed (1), undecided (3: too little data) or blind (4: an input is missing, unreadable or \
      holds nothing that parses). Status 2 is a mistake on the command line or in a rule file.

      The shortest useful call, after a release at 14:03:
        tidemark watch --at 2026-11-22T14:03:00Z --no-follow /var/log/app/*.log
      In a pipe:
        kubectl logs -f deploy/api | tidemark watch --for 30m -
      """,
    version: "0.1.0",
    subcommands: [
      WatchCommand.self, SummaryCommand.self, CompareCommand.self, DoctorCommand.self,
      CountCommand.self, TailCommand.self, BaselineCommand.self, ReleaseCommand.self,
      RulesCommand.self, AlertCommand.self, StateCommand.self, DemoCommand.self,
    ])
}
