import ArgumentParser
import Records
import Reports
import Store

extension ReleaseCommand {
  /// `tidemark release note`
  struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the final note of a release.",
      discussion: """
        What was released, by whom, what was expected, the verdict of its last watch, numbers before \
        and after with intervals, a picture of each regressed signal, the lines that are evidence, \
        alerts in the order of their times, and the rollback note. The HTML is one page that opens \
        without a network.

        Example:
          tidemark release note v1.4.2 --format html > v1.4.2.html
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
      case markdown, html, json
    }

    @Argument(help: "The release's name.")
    var name: String

    @Option(help: "What to write: markdown, html or json.")
    var format = Format.markdown

    @OptionGroup
    var state: StateOptions

    func run() throws {
      StopSignals.ignoreBrokenPipes()
      let (release, watches) = try ReleaseCommand.watched(name, state)
      let memos = watches.compactMap { watch in
        do {
          return try MemoText.decode(watch.memo)
        } catch {
          let time = Timestamp(nanoseconds: watch.recorded).rfc3339
          Output.warn("release \(name): the watch of \(time) was written by another version")
          return nil
        }
      }
      let note = ReleaseNote(
        name: release.name, at: Timestamp(nanoseconds: release.at),
        ended: release.ended.map(Timestamp.init(nanoseconds:)), outcome: release.outcome?.rawValue,
        owner: release.owner, expectation: release.expectation, rollback: release.rollback,
        memos: memos)
      switch format {
      case .markdown: Output.write(NoteMarkdown.render(note))
      case .html: Output.write(NoteHTML.render(note))
      case .json: Output.write(NoteJSON.render(note))
      }
    }
  }
}
