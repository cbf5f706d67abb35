import Yams

/// Reads YAML into nodes that know where they stand.
enum YAMLDocument {
  /// The document's root; nil for an empty one.
  ///
  /// - Throws: the first syntax error.
  static func compose(_ text: String, of source: RuleSource) throws(RuleProblem) -> Node? {
    if let position = positionOfExcessiveNesting(in: text) {
      throw source.problem(
        at: position, "lists and mappings nest deeper than \(Limits.yamlNestingLevels) levels")
    }
    // Yams keeps a pointer into the text, which a text short enough to live inside its own
    // string value does not have; blank lines at the end make it long enough.
    let padded = text.utf8.count < 64 ? text + String(repeating: "\n", count: 64) : text
    do {
      return try Yams.compose(yaml: padded, .default, .default, .utf8)
    } catch let error as YamlError {
      throw problem(of: error, in: source)
    } catch {
      throw RuleProblem(file: source.name, message: "not readable as YAML: \(error)")
    }
  }

  private static func problem(of error: YamlError, in source: RuleSource) -> RuleProblem {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let prefix = context.map { "\($0.text), " } ?? ""
      return source.problem(at: position(of: mark), "YAML: \(prefix)\(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "\"\($0)\"" }.joined(separator: ", ")
      return source.problem(
        at: position(of: context.mark), "the key \(keys) occurs twice in this mapping")
    case .reader(let problem, let offset, _, let text):
      let before = text.prefix(offset ?? 0).unicodeScalars
      let column = before.reversed().prefix { $0 != "\n" }.count + 1
      return source.problem(
        at: SourcePosition(line: 1 + before.count { $0 == "\n" }, column: column),
        "YAML: \(problem)")
    default:
      return RuleProblem(file: source.name, message: "not readable as YAML: \(error)")
    }
  }

  static func position(of mark: Mark?) -> SourcePosition {
    mark.map { SourcePosition(line: $0.line, column: $0.column) }
      ?? SourcePosition(line: 1, column: 1)
  }

  /// Where brackets or dashes open more levels than a rule file can need. Yams reads a level with a
  /// call, so a text of nothing but brackets would run it out of stack.
  ///
  /// Only an opener at the start of a value counts: those inside a pattern follow other letters.
  private static func positionOfExcessiveNesting(in text: String) -> SourcePosition? {
    var depth = 0
    var dashes = 0
    var line = 1
    var column = 0
    var isStart = true
    var isAfterDash = false
    for byte in text.utf8 {
      column += 1
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        column = 0
        dashes = 0
        isStart = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        dashes += isAfterDash ? 1 : 0
      case UInt8(ascii: "-"), UInt8(ascii: "?"):
        isStart = isStart && !isAfterDash
        isAfterDash = isStart
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += isStart && !isAfterDash ? 1 : 0
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth = max(0, depth - 1)
        isStart = false
      case UInt8(ascii: ":"), UInt8(ascii: ","):
        isStart = true
      default:
        isStart = false
      }
      isAfterDash = false
      if depth > Limits.yamlNestingLevels || dashes > Limits.yamlNestingLevels {
        return SourcePosition(line: line, column: column)
      }
    }
    return nil
  }
}
