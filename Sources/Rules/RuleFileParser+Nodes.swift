import Yams

/// Reading of single nodes. Whatever is not as expected is reported, and the rest is still read.
extension RuleFileParser {
  mutating func report(at position: SourcePosition, _ message: String) {
    problems.append(source.problem(at: position, message))
  }

  /// The values of a mapping by key; keys that are not in `known` are reported and left out.
  mutating func mapping(_ node: Node, _ what: String, keys known: [String]) -> [String: Node]? {
    guard let mapping = node.mapping else {
      report(
        at: YAMLDocument.position(of: node.mark),
        "\(what) is a mapping with keys such as \(known.prefix(3).joined(separator: ", "));"
          + " found \(node.shown)")
      return nil
    }
    var values: [String: Node] = [:]
    for (key, value) in mapping {
      let position = YAMLDocument.position(of: key.mark)
      guard let name = key.scalar?.string else {
        report(at: position, "a key is a word; found \(key.shown)")
        continue
      }
      if known.contains(name) {
        values[name] = value
      } else {
        let near = NearestName.hint(name, among: known)
        let others = near.isEmpty ? "; known are \(known.joined(separator: ", "))" : near
        report(at: position, "unknown key \"\(name)\" in \(what)\(others)")
      }
    }
    return values
  }

  /// The pairs of a mapping whose keys the user chooses.
  mutating func pairs(_ node: Node, _ key: String) -> [(ScalarText, Node)] {
    guard let mapping = node.mapping else {
      report(
        at: YAMLDocument.position(of: node.mark),
        "\(key) is a mapping of names to values; found \(node.shown)")
      return []
    }
    return mapping.compactMap { name, value in scalar(name, key).map { ($0, value) } }
  }

  /// The elements of a list.
  mutating func list(_ node: Node, _ key: String) -> [Node] {
    guard let sequence = node.sequence else {
      report(
        at: YAMLDocument.position(of: node.mark), "\(key) is a list; found \(node.shown)")
      return []
    }
    return Array(sequence)
  }

  /// A text that is not empty.
  mutating func scalar(_ node: Node, _ key: String) -> ScalarText? {
    let position = YAMLDocument.position(of: node.mark)
    guard let scalar = node.scalar else {
      report(at: position, "\(key) is a text; found \(node.shown)")
      return nil
    }
    guard !scalar.string.isEmpty else {
      report(at: position, "\(key) is empty")
      return nil
    }
    let style: ScalarText.Style =
      switch scalar.style {
      case .any, .plain: .plain
      case .singleQuoted: .singleQuoted
      case .doubleQuoted: .doubleQuoted
      case .literal: .literal
      case .folded: .folded
      }
    return ScalarText(text: scalar.string, position: position, style: style)
  }

  /// One text, or a list of them.
  mutating func scalars(_ node: Node, _ key: String) -> [ScalarText] {
    guard let sequence = node.sequence else { return scalar(node, key).map { [$0] } ?? [] }
    return sequence.compactMap { scalar($0, key) }
  }

  mutating func flag(_ node: Node, _ key: String) -> Bool {
    switch node.scalar?.string {
    case "true": return true
    case "false": return false
    default:
      report(
        at: YAMLDocument.position(of: node.mark), "\(key) is true or false; found \(node.shown)")
      return false
    }
  }
}

extension Node {
  var isMapping: Bool { mapping != nil }

  /// How a message names it.
  fileprivate var shown: String {
    switch self {
    case .scalar(let scalar):
      scalar.string.isEmpty ? "nothing" : "\"\(scalar.string.prefix(40))\""
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
