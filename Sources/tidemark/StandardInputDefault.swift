import Following

/// What is read when no input is named: standard input where it can serve.
enum StandardInputDefault {
  /// The inputs as given, else `-`; a mistake, with a call as an example, where there is neither.
  static func arguments(_ inputs: [String], example: String) throws -> [String] {
    guard inputs.isEmpty else { return inputs }
    guard StandardInput.isOffered else {
      throw Mistake(
        "no input; expected files, directories, a quoted glob, or a pipe, such as: \(example)")
    }
    return ["-"]
  }
}
