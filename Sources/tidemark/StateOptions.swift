import ArgumentParser
import Foundation
import Store

/// `--state`, an option of every command that remembers something.
struct StateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The state file.",
      discussion: """
        Default: $TIDEMARK_STATE, else $XDG_STATE_HOME/tidemark/tidemark.db, else \
        ~/.local/state/tidemark/tidemark.db.
        """, valueName: "file"))
  var state: String?

  /// The path of the state file.
  func path() throws -> String {
    do {
      return try StateLocation.resolve(
        option: state, environment: ProcessInfo.processInfo.environment)
    } catch {
      throw Mistake(error.description)
    }
  }
}
