/// Every bound of this target in one place.
package enum Limits {
  /// Steps that one text may cost: so many for each of its bytes, and a little more for short ones.
  /// What is left of a text that costs more is masked unseen.
  static let stepsPerByte = 192
  static let stepsAtLeast = 20_000
  /// How deep groups may nest in an expression.
  static let nestingDepth = 32
  /// Elements of one expression, definitions written out.
  static let nodesPerExpression = 4_096
  /// Bytes of a file of rules.
  package static let fileBytes = 1 << 20
  /// How many bytes of a longer secret must be there, where the text was cut, to mask them.
  static let cutSecretBytes = 8
}
