import ArgumentParser
import Reports

/// Who released, what was expected, and how to go back.
struct ReleaseOptions: ParsableArguments {
  private static let bytesLimit = 4_000

  @Option(help: "Who owns the release; printed with every alert.")
  var owner: String?

  @Option(help: "What was expected of the release; printed with every alert.")
  var expect: String?

  @Option(help: "How to undo the release; printed with every alert.")
  var rollback: String?

  func validate() throws {
    for (name, text) in [("--owner", owner), ("--expect", expect), ("--rollback", rollback)] {
      guard let text, text.utf8.count > Self.bytesLimit else { continue }
      throw ValidationError(
        "\(name): \(text.utf8.count) bytes; expected a sentence, at most \(Self.bytesLimit) bytes")
    }
  }
}

/// The name of a release, a baseline or a signal on the command line.
enum NameArgument {
  private static let bytesLimit = 200

  /// Throws a mistake for what would not stand on one line of a list. `what` says what is named.
  static func check(_ name: String, what: String, example: String) throws {
    let hasControls = name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    guard name.isEmpty || name.utf8.count > bytesLimit || hasControls else { return }
    throw ValidationError(
      "\(what) '\(LogText.printable(name))': expected a name of 1 to \(bytesLimit) bytes without "
        + "control characters, such as \(example)")
  }
}
