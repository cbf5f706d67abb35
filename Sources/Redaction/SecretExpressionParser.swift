/// Reads the notation of expressions: that of regular expressions, with `<` and `>` around what is to
/// be masked, `!x` and `&x` for looking ahead, and `{name}` for a definition of the file.
struct SecretExpressionParser {
  struct Problem: Error {
    /// Bytes before the place.
    var offset: Int
    var message: String
  }

  let text: [UInt8]
  private let definitions: [String: String]
  let isCaseless: Bool
  var place = 0
  private var depth: Int
  private var expression = SecretExpression()

  private init(_ text: String, _ definitions: [String: String], isCaseless: Bool, depth: Int) {
    self.text = Array(text.utf8)
    self.definitions = definitions
    self.isCaseless = isCaseless
    self.depth = depth
  }

  /// The expression that `text` writes. Throws `Problem`.
  static func parse(
    _ text: String, definitions: [String: String], isCaseless: Bool
  ) throws(Problem) -> SecretExpression {
    var parser = SecretExpressionParser(text, definitions, isCaseless: isCaseless, depth: 0)
    parser.expression.root = try parser.choice()
    guard parser.place == parser.text.count else {
      throw parser.problem("expected an opening bracket before this one")
    }
    return parser.expression
  }

  /// The one class that `text` writes, such as `[0-9a-f]`.
  static func parseClass(_ text: String, isCaseless: Bool) throws(Problem) -> ByteClass {
    let expression = try parse(text, definitions: [:], isCaseless: isCaseless)
    guard case .set(let set) = expression.nodes[expression.root] else {
      throw Problem(offset: 0, message: "expected one class of bytes, such as [0-9a-f]")
    }
    return expression.sets[set]
  }

  func problem(_ message: String) -> Problem { Problem(offset: place, message: message) }

  var next: UInt8? { place < text.count ? text[place] : nil }

  mutating func takes(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func choice() throws(Problem) -> Int {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Limits.nestingDepth else {
      throw problem("expected at most \(Limits.nestingDepth) nested groups")
    }
    var branches = [try sequence()]
    while takes("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : expression.add(.choice(branches))
  }

  private mutating func sequence() throws(Problem) -> Int {
    var parts: [Int] = []
    while let byte = next, !")|>".utf8.contains(byte) {
      guard expression.nodes.count < Limits.nodesPerExpression else {
        throw problem("expected at most \(Limits.nodesPerExpression) elements")
      }
      parts.append(try repetition())
    }
    return parts.count == 1 ? parts[0] : expression.add(.sequence(parts))
  }

  private mutating func repetition() throws(Problem) -> Int {
    if takes("!") { return expression.add(.not(try repetition())) }
    if takes("&") { return expression.add(.ahead(try repetition())) }
    let node = try element()
    guard let (least, most) = try quantifier() else { return node }
    if case .set(let set) = expression.nodes[node] {
      return expression.add(.run(set, atLeast: least, atMost: most))
    }
    return expression.add(.repeated(node, atLeast: least, atMost: most))
  }

  private mutating func quantifier() throws(Problem) -> (least: Int, most: Int)? {
    if takes("?") { return (0, 1) }
    if takes("*") { return (0, .max) }
    if takes("+") { return (1, .max) }
    guard next == UInt8(ascii: "{"), place + 1 < text.count,
      ByteClass.digits.contains(text[place + 1])
    else { return nil }
    place += 1
    let least = try number()
    var most = least
    if takes(",") {
      most = next.map(ByteClass.digits.contains) == true ? try number() : .max
    }
    guard takes("}"), least <= most, most > 0 else {
      throw problem("expected {n}, {n,} or {n,m} with n no more than m")
    }
    return (least, most)
  }

  private mutating func number() throws(Problem) -> Int {
    var value = 0
    while let byte = next, ByteClass.digits.contains(byte) {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      guard value <= 1_000_000 else { throw problem("expected at most 1000000") }
      place += 1
    }
    return value
  }

  private mutating func element() throws(Problem) -> Int {
    let start = place
    if takes("(") {
      let node = try choice()
      guard takes(")") else { throw Problem(offset: start, message: "this group is not closed") }
      return node
    }
    if takes("<") {
      let node = try choice()
      guard takes(">") else { throw Problem(offset: start, message: "this mask is not closed") }
      expression.masksItself = true
      return expression.add(.mask(node))
    }
    if takes("{") { return try definition() }
    if takes("$") { return expression.add(.textEnd) }
    if takes("[") { return set(try bracket()) }
    if takes(".") {
      var all = ByteClass.lineEnd
      all.invert()
      return set(all)
    }
    if takes("\\") { return set(try escape()) }
    guard let byte = next, !"*+?{}".utf8.contains(byte) else {
      throw problem("expected something to repeat before this sign")
    }
    place += 1
    return set(ByteClass([byte]))
  }

  private mutating func set(_ bytes: ByteClass) -> Int {
    var bytes = bytes
    if isCaseless { bytes.foldCase() }
    return expression.add(.set(expression.add(bytes)))
  }

  /// `{name}`: what the name stands for, as if it were written here in a group.
  private mutating func definition() throws(Problem) -> Int {
    let start = place
    guard let end = text[place...].firstIndex(of: UInt8(ascii: "}")) else {
      throw problem("expected the name of a definition and }")
    }
    let name = String(decoding: text[place..<end], as: UTF8.self)
    guard let meaning = definitions[name] else {
      throw problem(
        "{\(name)} is not defined above; expected one of "
          + definitions.keys.sorted().joined(separator: ", "))
    }
    place = end + 1
    var inner = SecretExpressionParser(
      meaning, definitions, isCaseless: isCaseless, depth: depth + 1)
    swap(&inner.expression, &expression)
    let node: Int
    do throws(Problem) {
      node = try inner.choice()
      guard inner.place == inner.text.count else { throw inner.problem("unexpected bracket") }
    } catch {
      throw Problem(offset: start, message: "in {\(name)}: \(error.message)")
    }
    swap(&inner.expression, &expression)
    return node
  }
}
