/// What a secret looks like behind its anchor: a parsing expression.
///
/// It is written like a regular expression and tried like a grammar: a choice takes the first branch
/// that fits, a repetition takes all it can, and neither is ever taken back. So a try costs what it
/// reads, and no pattern can explode on a hostile line.
struct SecretExpression: Sendable {
  enum Node: Sendable {
    /// One byte of the set of this index.
    case set(Int)
    /// Bytes of the set, as many as there are, at least and at most so many.
    case run(Int, atLeast: Int, atMost: Int)
    case sequence([Int])
    case choice([Int])
    case repeated(Int, atLeast: Int, atMost: Int)
    /// Reads nothing; fits where the node does not.
    case not(Int)
    /// Reads nothing; fits where the node does.
    case ahead(Int)
    /// What is masked when the whole fits.
    case mask(Int)
    case textEnd
  }

  var nodes: [Node] = []
  var sets: [ByteClass] = []
  var root = 0
  var masksItself = false

  /// Fits everywhere and reads nothing: a rule whose anchor is all of the secret.
  static let nothing = SecretExpression(nodes: [.sequence([])])

  mutating func add(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  mutating func add(_ set: ByteClass) -> Int {
    if let known = sets.firstIndex(of: set) { return known }
    sets.append(set)
    return sets.count - 1
  }
}
