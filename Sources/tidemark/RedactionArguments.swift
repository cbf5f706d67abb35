import ArgumentParser
import Bytes
import Redaction

/// `--redact` and `--no-redact`: which secrets are taken out of log lines that are shown or sent.
struct RedactionArguments: ParsableArguments {
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A file of redaction rules beside the built-in ones; may be given again.",
      discussion: "Secrets in log lines are shown as [redacted:KIND]; rules/README.md says how.",
      valueName: "file"))
  var redact: [String] = []

  @Flag(help: "Show and send log lines as they are, with the secrets in them.")
  var noRedact = false

  func validate() throws {
    guard !noRedact || redact.isEmpty else {
      throw ValidationError("--no-redact and --redact exclude each other; expected one of them")
    }
  }

  func redactor() throws -> Redactor {
    guard !noRedact else { return .none }
    guard !redact.isEmpty else { return .builtIn }
    do {
      return try Redactor(files: redact.map { ($0, try Self.text(of: $0)) })
    } catch let problem as RedactionProblem {
      throw Mistake(problem.description)
    }
  }

  private static func text(of path: String) throws -> String {
    let contents: FileContents
    do {
      contents = try FileContents(path: path, limit: Redaction.Limits.fileBytes)
    } catch {
      throw Mistake("--redact \(path): \(error); expected a file of redaction rules")
    }
    guard !contents.isCut, let text = String(validating: contents.bytes, as: UTF8.self) else {
      throw Mistake(
        "--redact \(path): not text of at most 1 MiB; expected a file of redaction rules")
    }
    return text
  }
}
