/// What is wrong in a file of redaction rules; nothing is redacted by a file that has one.
package struct RedactionProblem: Error, Hashable, CustomStringConvertible {
  package var file: String
  /// From 1.
  package var line: Int
  package var column: Int
  package var message: String

  package var description: String { "\(file):\(line):\(column): \(message)" }
}
