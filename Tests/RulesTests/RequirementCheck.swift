@testable import Rules

/// Compares requirements with what PCRE2 matches.
struct RequirementCheck: ~Copyable {
  private var scratch = MatchScratch(groupCount: 64)

  /// A text that a pattern matches although a requirement is missing from it.
  struct Contradiction: CustomStringConvertible {
    var pattern: String
    var text: [UInt8]
    var missing: [ClassString]
    var isInLine: Bool
    var isInterpreted = false

    var description: String {
      let shown = text.map { byte in
        if byte == 0x5C { return "\\\\" }
        if (0x20...0x7E).contains(byte) { return String(UnicodeScalar(byte)) }
        return "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
      let form = (isInLine ? " (for one line)" : "") + (isInterpreted ? " (interpreted)" : "")
      return "\(pattern.debugDescription) matches \(shown) without \(missing)\(form)"
    }
  }

  /// Compiles a pattern for PCRE2's interpreter, or for its just-in-time compiler. The two differ
  /// in 10.42: compiled, `\W`, `\D` and `\S` match no character outside ASCII.
  static func compile(_ pattern: String, interpreted: Bool) -> CompiledPattern? {
    try? CompiledPattern((interpreted ? "(*NO_JIT)" : "") + pattern)
  }

  mutating func matches(_ pattern: borrowing Pattern, _ text: [UInt8]) -> Bool {
    guard pattern.groupCount <= 64 else { return false }
    return scratch.match(PatternReference(pattern), text.span) == .matched
  }

  /// What is wrong about the requirements, given that the pattern matches the text.
  static func contradiction(
    _ pattern: String, _ text: [UInt8], _ requirements: [[ClassString]]
  ) -> Contradiction? {
    let padded = [0x0A] + text + [0x0A]
    let isLine = !text.contains(0x0A)
    for requirement in requirements {
      if !requirement.contains(where: { $0.occurs(in: padded.span) }) {
        return Contradiction(
          pattern: pattern, text: text, missing: requirement, isInLine: false)
      }
      guard isLine else { continue }
      guard case .oneOf(let strings) = RequiredStrings.inLine(requirement),
        strings.contains(where: { $0.occurs(in: padded.span) })
      else {
        return Contradiction(pattern: pattern, text: text, missing: requirement, isInLine: true)
      }
    }
    return nil
  }

  /// A contradiction in fewer characters, as far as leaving out single ones leads.
  mutating func shrunk(
    _ found: Contradiction, _ find: (String) -> [[ClassString]]
  ) -> Contradiction {
    var best = found
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      let scalars = Array(best.pattern.unicodeScalars)
      for place in scalars.indices {
        var fewer = String.UnicodeScalarView()
        fewer.append(contentsOf: scalars[..<place])
        fewer.append(contentsOf: scalars[(place + 1)...])
        if let smaller = contradiction(best, String(fewer), best.text, find) {
          best = smaller
          isSmaller = true
          break
        }
      }
      for place in best.text.indices {
        var fewer = best.text
        fewer.remove(at: place)
        if let smaller = contradiction(best, best.pattern, fewer, find) {
          best = smaller
          isSmaller = true
          break
        }
      }
    }
    return best
  }

  private mutating func contradiction(
    _ like: Contradiction, _ pattern: String, _ text: [UInt8], _ find: (String) -> [[ClassString]]
  ) -> Contradiction? {
    guard let compiled = Self.compile(pattern, interpreted: like.isInterpreted),
      matches(compiled.pattern, text)
    else { return nil }
    var found = Self.contradiction(pattern, text, find(pattern))
    found?.isInterpreted = like.isInterpreted
    return found
  }
}
