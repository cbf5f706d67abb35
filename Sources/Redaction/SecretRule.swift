/// How one kind of secret is found.
struct SecretRule: Sendable {
  /// What may stand before the anchor.
  enum Left: Sendable {
    /// Anything.
    case any
    /// No letter and no digit.
    case edge
    /// None of these bytes.
    case not(ByteClass)
    /// The start of a line, behind blanks.
    case line
    /// A run of these bytes that belongs to the secret.
    case run(ByteClass, atLeast: Int, atMost: Int)
  }

  /// A line of text with the secret between `«` and `»`, or an innocent one without.
  struct Sample: Sendable {
    var text: String
    var line: Int
  }

  /// Stands for the secret in what is printed: `[redacted:NAME]`.
  var name: String
  var line: Int
  /// The strings at which a try begins, the longest first.
  var anchors: [[UInt8]] = []
  var left = Left.edge
  var isCaseless = false
  /// What follows the anchor.
  var expression = SecretExpression.nothing
  var checks: [SecretCheck] = []
  var samples: [Sample] = []
  var innocents: [Sample] = []

  var replacement: [UInt8] { Array("[redacted:\(name)]".utf8) }
}
