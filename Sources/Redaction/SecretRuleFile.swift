/// The rules of one file, and what it says of those before it.
struct SecretRuleFile: Sendable {
  var rules: [SecretRule] = []
  /// Values that are never secrets, in lower case: `null`, `none`.
  var harmless: Set<[UInt8]> = []
  /// Rules of earlier files that are not to be used.
  var switchedOff: [(name: String, line: Int)] = []
  var definitions: [String: String] = [:]
}

/// Reads a file of rules, a word and its value on each line.
///
///     define value  [^\s"]+
///     [api-key]
///     caseless
///     left any
///     anchor api_key | api-key
///     then \s*=\s*<{value}>
///     sample GET /?api_key=«c2VjcmV0»
///     innocent the api_key is missing
struct SecretRuleFileParser {
  private let file: String
  private var line = 0
  private var result: SecretRuleFile

  private init(file: String, _ result: SecretRuleFile) {
    self.file = file
    self.result = result
  }

  /// Reads `text`; `definitions` are those of earlier files. Throws `RedactionProblem`.
  static func parse(
    _ text: String, file: String, definitions: [String: String] = [:]
  ) throws(RedactionProblem) -> SecretRuleFile {
    var parser = SecretRuleFileParser(file: file, SecretRuleFile(definitions: definitions))
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      parser.line += 1
      try parser.read(line.hasSuffix("\r") ? line.dropLast() : line)
    }
    if let last = parser.result.rules.last { try parser.close(last) }
    return parser.result
  }

  private func problem(_ message: String, column: Int = 1) -> RedactionProblem {
    RedactionProblem(file: file, line: line, column: column, message: message)
  }

  private mutating func read(_ line: Substring) throws(RedactionProblem) {
    let content = line.drop { $0 == " " }
    guard !content.isEmpty, !content.hasPrefix("#") else { return }
    if content.hasPrefix("[") { return try open(content) }
    let word = content.prefix { $0 != " " }
    var value = content[word.endIndex...].drop { $0 == " " }
    let column = line.utf8.distance(from: line.startIndex, to: value.startIndex) + 1
    if word != "sample", word != "innocent" {
      while value.hasSuffix(" ") { value = value.dropLast() }
    }
    guard !value.isEmpty || word == "caseless" else {
      throw problem("\(word): expected a value behind it")
    }
    switch word {
    case "define":
      let name = value.prefix { $0 != " " }
      let meaning = value[name.endIndex...].drop { $0 == " " }
      guard !meaning.isEmpty else { throw problem("expected define NAME EXPRESSION") }
      try expression(String(meaning), column: column + name.utf8.count + 1)
      result.definitions[String(name)] = String(meaning)
    case "harmless":
      for word in alternatives(value) { result.harmless.insert(Array(word.lowercased().utf8)) }
    case "off": result.switchedOff.append((String(value), self.line))
    default: try member(String(word), String(value), column: column)
    }
  }

  private mutating func open(_ content: Substring) throws(RedactionProblem) {
    if let last = result.rules.last { try close(last) }
    let name = content.dropFirst().prefix { $0 != "]" }
    let isName = name.utf8.allSatisfy { ByteClass.alphanumeric.contains($0) || $0 == 45 }
    guard isName, !name.isEmpty, content.hasSuffix("]") else {
      throw problem("expected the name of a rule, such as [api-key]")
    }
    guard !result.rules.contains(where: { $0.name == name }) else {
      throw problem("[\(name)] stands here twice; expected another name")
    }
    result.rules.append(SecretRule(name: String(name), line: line))
  }

  /// A rule is complete when it says where to begin and shows that it works.
  private func close(_ rule: SecretRule) throws(RedactionProblem) {
    for (isMissing, what) in [
      (rule.anchors.isEmpty, "anchor"), (rule.samples.isEmpty, "sample"),
    ] where isMissing {
      throw RedactionProblem(
        file: file, line: rule.line, column: 1,
        message: "[\(rule.name)] has no \(what); expected at least one")
    }
  }

  private func alternatives(_ value: Substring) -> [String] {
    value.split(separator: " | ").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  private mutating func member(
    _ word: String, _ value: String, column: Int
  ) throws(RedactionProblem) {
    guard let last = result.rules.indices.last else {
      throw problem("\(word): expected [NAME] of a rule before it, or define, harmless, off")
    }
    switch word {
    case "caseless": result.rules[last].isCaseless = true
    case "anchor":
      result.rules[last].anchors += try anchors(value, result.rules[last], column: column)
    case "left": result.rules[last].left = try left(value, column: column)
    case "then":
      result.rules[last].expression = try expression(
        value, isCaseless: result.rules[last].isCaseless, column: column)
    case "check":
      for name in value.split(separator: " ") {
        guard let check = SecretCheck(rawValue: String(name)) else {
          let known = SecretCheck.allCases.map(\.rawValue).joined(separator: ", ")
          throw problem("\(name) is no check; expected one of \(known)", column: column)
        }
        result.rules[last].checks.append(check)
      }
    case "sample":
      guard value.contains("«"), value.contains("»") else {
        throw problem("expected the secret between « and »", column: column)
      }
      result.rules[last].samples.append(.init(text: value, line: line))
    case "innocent": result.rules[last].innocents.append(.init(text: value, line: line))
    default:
      throw problem(
        "\(word) is not known; expected anchor, caseless, left, then, check, sample, innocent, "
          + "define, harmless or off")
    }
  }

  private func anchors(
    _ value: String, _ rule: SecretRule, column: Int
  ) throws(RedactionProblem) -> [[UInt8]] {
    guard value.hasPrefix("[") && value.hasSuffix("]") && value.utf8.count > 2 else {
      return alternatives(value[...]).map { Array($0.utf8) }
    }
    do {
      return try SecretExpressionParser.parseClass(value, isCaseless: rule.isCaseless).bytes
        .map { [$0] }
    } catch {
      throw problem(error.message, column: column + error.offset)
    }
  }

  private func left(_ value: String, column: Int) throws(RedactionProblem) -> SecretRule.Left {
    switch value {
    case "any": return .any
    case "edge": return .edge
    case "line": return .line
    default: break
    }
    let isNot = value.hasPrefix("not ")
    let parsed = try expression(
      isNot ? String(value.dropFirst(4)) : value, column: isNot ? column + 4 : column)
    switch (parsed.nodes[parsed.root], isNot) {
    case (.set(let set), true): return .not(parsed.sets[set])
    case (.run(let set, let least, let most), false):
      return .run(parsed.sets[set], atLeast: least, atMost: min(most, 1_000))
    default: throw problem("expected any, edge, line, not [abc] or [abc]{1,9}", column: column)
    }
  }

  @discardableResult
  private func expression(
    _ text: String, isCaseless: Bool = false, column: Int
  ) throws(RedactionProblem) -> SecretExpression {
    do {
      return try SecretExpressionParser.parse(
        text, definitions: result.definitions, isCaseless: isCaseless)
    } catch {
      throw problem(error.message, column: column + error.offset)
    }
  }
}
