/// Reads conditions and what a signal counts.
///
/// ```
/// expression := EVENT [where] | "sum" "(" EVENT CAPTURE ")" [where] | EVENT CAPTURE [where]
/// where      := "where" any
/// any        := all { "or" all }
/// all        := unit { "and" unit }
/// unit       := "not" unit | "(" any ")" | NAME "exists" | NAME op LITERAL
///             | NAME "in" "(" LITERAL { "," LITERAL } ")"
/// ```
struct ConditionParser {
  private let tokens: [ExpressionLexer.Token]
  private var index = 0
  private var depth = 0

  private init(_ text: String) throws(ExpressionError) {
    tokens = try ExpressionLexer.tokens(of: text)
  }

  /// The condition that the whole of `text` states.
  static func condition(_ text: String) throws(ExpressionError) -> Condition {
    var parser = try ConditionParser(text)
    let condition = try parser.any()
    try parser.expectEnd(after: "the condition")
    return condition
  }

  /// What a signal counts: `EVENT`, `sum(EVENT CAPTURE)`, each with an optional condition.
  static func count(_ text: String) throws(ExpressionError) -> MeasureExpression {
    var parser = try ConditionParser(text)
    let isSum =
      parser.current.kind == .word && parser.current.text == "sum"
      && parser.tokens[parser.index + 1].text == "("
    if isSum { parser.index += 2 }
    var expression = try parser.event()
    if isSum {
      try parser.takeCapture(into: &expression)
      try parser.expect(")", "to close sum(")
    }
    try parser.takeWhere(into: &expression)
    return expression
  }

  /// What a latency signal looks at: `EVENT CAPTURE` with an optional condition.
  static func value(_ text: String) throws(ExpressionError) -> MeasureExpression {
    var parser = try ConditionParser(text)
    var expression = try parser.event()
    try parser.takeCapture(into: &expression)
    try parser.takeWhere(into: &expression)
    return expression
  }

  private var current: ExpressionLexer.Token { tokens[index] }

  private func isNext(_ text: String) -> Bool {
    current.kind != .quoted && current.kind != .end && current.text == text
  }

  private mutating func take(_ text: String) -> Bool {
    guard isNext(text) else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ text: String, _ purpose: String) throws(ExpressionError) {
    guard take(text) else {
      throw ExpressionError(
        message: "expected \"\(text)\" \(purpose), found \(current.shown)", offset: current.offset)
    }
  }

  private func expectEnd(after what: String) throws(ExpressionError) {
    guard current.kind == .end else {
      throw ExpressionError(
        message: "expected \"and\", \"or\" or the end after \(what), found \(current.shown)",
        offset: current.offset)
    }
  }

  private static let keywords = ["and", "or", "not", "in", "exists", "where"]

  private mutating func name(_ what: String) throws(ExpressionError) -> ExpressionLexer.Token {
    let token = current
    guard token.kind == .word, !Self.keywords.contains(token.text) else {
      throw ExpressionError(
        message: "expected \(what), found \(token.shown)", offset: token.offset)
    }
    index += 1
    return token
  }

  private mutating func event() throws(ExpressionError) -> MeasureExpression {
    let token = try name("the name of an event")
    return MeasureExpression(event: token.text, eventOffset: token.offset)
  }

  private mutating func takeCapture(into expression: inout MeasureExpression)
    throws(ExpressionError)
  {
    let token = try name("the name of a capture of \(expression.event)")
    expression.capture = token.text
    expression.captureOffset = token.offset
  }

  private mutating func takeWhere(into expression: inout MeasureExpression)
    throws(ExpressionError)
  {
    guard current.kind != .end else { return }
    guard take("where") else {
      throw ExpressionError(
        message: "expected \"where\" or the end, found \(current.shown)", offset: current.offset)
    }
    expression.condition = try any()
    try expectEnd(after: "the condition")
  }

  private mutating func any() throws(ExpressionError) -> Condition {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Limits.conditionNestingLevels else {
      throw ExpressionError(
        message: "parentheses nest deeper than \(Limits.conditionNestingLevels) levels",
        offset: current.offset)
    }
    var condition = try all()
    while take("or") { condition = .any(condition, try all()) }
    return condition
  }

  private mutating func all() throws(ExpressionError) -> Condition {
    var condition = try unit()
    while take("and") { condition = .all(condition, try unit()) }
    return condition
  }

  private mutating func unit() throws(ExpressionError) -> Condition {
    var isNegated = false
    while take("not") { isNegated.toggle() }
    let condition: Condition
    if take("(") {
      condition = try any()
      try expect(")", "to close the parenthesis")
    } else {
      condition = .test(try test())
    }
    return isNegated ? .not(condition) : condition
  }

  private mutating func test() throws(ExpressionError) -> ConditionTest {
    let token = try name("the name of a capture")
    if take("exists") {
      return ConditionTest(name: token.text, relation: .exists, offset: token.offset)
    }
    if take("in") {
      try expect("(", "after in")
      var literals = [try literal()]
      while take(",") { literals.append(try literal()) }
      try expect(")", "or \",\" in the list")
      return ConditionTest(name: token.text, relation: .among(literals), offset: token.offset)
    }
    guard current.kind == .symbol, let comparison = ConditionTest.Comparison(rawValue: current.text)
    else {
      throw ExpressionError(
        message: "expected an operator, in (…) or exists after \"\(token.text)\","
          + " found \(current.shown)",
        offset: current.offset)
    }
    index += 1
    return ConditionTest(
      name: token.text, relation: .compare(comparison, try literal()), offset: token.offset)
  }

  private mutating func literal() throws(ExpressionError) -> ConditionTest.Literal {
    let token = current
    guard token.kind == .quoted || token.kind == .word else {
      throw ExpressionError(
        message: "expected a number, a word or a quoted text, found \(token.shown)",
        offset: token.offset)
    }
    index += 1
    return ConditionTest.Literal(
      text: token.text, isQuoted: token.kind == .quoted, offset: token.offset)
  }
}

/// What a signal counts or looks at, as the rule file states it.
struct MeasureExpression: Sendable {
  var event: String
  var eventOffset: Int
  /// The capture of a sum or of a latency.
  var capture: String?
  var captureOffset = 0
  var condition: Condition?

  init(event: String, eventOffset: Int = 0) {
    self.event = event
    self.eventOffset = eventOffset
  }

  /// The one way in which reports write it; equal texts count the same thing.
  func written(isValue: Bool) -> String {
    var text = event
    if let capture { text = isValue ? "\(event) \(capture)" : "sum(\(event) \(capture))" }
    return condition.map { "\(text) where \($0)" } ?? text
  }
}
