package import Alerts
import Bytes

/// Finds the secrets that sinks name, when they are needed.
package enum SecretReading {
  /// The value of a variable or the text of a file, without blanks and line ends around it. Errors
  /// name the place, never what is there. Throws `SinkProblem`.
  package static func reveal(
    _ secret: SinkSpec.Secret, environment: [String: String]
  ) throws(SinkProblem) -> String {
    let place: String
    let value: String
    switch secret {
    case .environment(let name):
      place = "env:\(name)"
      guard let found = environment[name] else {
        throw SinkProblem("\(place): the variable is not set; expected the secret in it")
      }
      value = found
    case .file(let path):
      place = "file:\(path)"
      let contents: FileContents
      do {
        contents = try FileContents(path: path, limit: Limits.secretBytes)
      } catch {
        throw SinkProblem("\(place): \(error); expected a file with the secret")
      }
      value = String(decoding: contents.bytes, as: UTF8.self)
    }
    let trimmed = value.split(omittingEmptySubsequences: true) { $0.isWhitespace }
      .joined(separator: " ")
    guard !trimmed.isEmpty else { throw SinkProblem("\(place): it is empty; expected the secret") }
    return trimmed
  }
}
