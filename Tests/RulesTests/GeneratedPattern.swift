/// A random pattern as a tree: it can be written as PCRE2 reads it, and it can make up texts that
/// it is likely to match.
indirect enum GeneratedPattern {
  /// A text, escaped as needed.
  case literal(String)
  /// A text between `\Q` and `\E`.
  case quoted(String)
  /// One character out of several, as the pattern writes it, and some that it matches.
  case set(String, examples: [String])
  /// What is written as it stands and consumes nothing.
  case mark(String)
  /// A group by its opening; its number when others may refer to it.
  case group(String, branches: [[GeneratedPattern]], number: Int?)
  case repeated(GeneratedPattern, String, counts: ClosedRange<Int>)
  /// A reference to the text of a group.
  case reference(String, number: Int)
  /// Any text is as good a guess as another.
  case unpredictable(String)

  /// The pattern as text. Under `(?x)` it is strewn with blanks and comments.
  func written(extended: Bool, _ random: inout SeededRandom) -> String {
    switch self {
    case .literal(let text):
      return text.unicodeScalars.map { Self.escaped($0, extended, &random) }.joined()
    case .quoted(let text):
      return "\\Q\(text)\\E"
    case .set(let text, _), .mark(let text), .reference(let text, _), .unpredictable(let text):
      return text
    case .group(let opening, let branches, _):
      return opening + Self.written(branches, extended: extended, &random) + ")"
    case .repeated(let item, let quantifier, _):
      let blank = extended && random.chance(0.3) ? " " : random.chance(0.02) ? "(?#x)" : ""
      return item.written(extended: extended, &random) + blank + quantifier
    }
  }

  static func written(
    _ branches: [[GeneratedPattern]], extended: Bool, _ random: inout SeededRandom
  ) -> String {
    branches.map { items in
      items.map { item in
        let blank =
          extended ? ["", "", " ", "\t", "\n", " # a|)\n"].randomElement(using: &random) ?? "" : ""
        return blank + item.written(extended: extended, &random)
      }.joined()
    }.joined(separator: "|")
  }

  private static func escaped(
    _ scalar: Unicode.Scalar, _ extended: Bool, _ random: inout SeededRandom
  ) -> String {
    let special = "\\^$.[|()?*+{"
    if special.unicodeScalars.contains(scalar) { return "\\\(scalar)" }
    if extended, scalar == " " || scalar == "#" { return "\\\(scalar)" }
    if scalar == "\n" { return "\\n" }
    if random.chance(0.02) { return "\\x{\(String(scalar.value, radix: 16))}" }
    if random.chance(0.02), scalar.value < 0x80, !scalar.properties.isAlphabetic,
      scalar.properties.numericType == nil
    {
      return "\\\(scalar)"
    }
    return String(scalar)
  }

  /// Makes up a text that the pattern may match; `groups` holds what each group matched last.
  func text(_ groups: inout [Int: String], _ random: inout SeededRandom) -> String {
    switch self {
    case .literal(let text), .quoted(let text):
      return text
    case .set(_, let examples):
      return examples.randomElement(using: &random) ?? ""
    case .mark:
      return ""
    case .group(let opening, let branches, let number):
      // What a look-around sees is sometimes there, what a negative one sees hardly ever.
      let isNegative = opening.hasSuffix("!")
      let isLookAround = isNegative || opening.hasSuffix("=")
      if isLookAround, random.chance(isNegative ? 0.9 : 0.3) { return "" }
      let branch = branches.randomElement(using: &random) ?? []
      let text = branch.map { $0.text(&groups, &random) }.joined()
      if let number { groups[number] = text }
      return text
    case .repeated(let item, _, let counts):
      let count = random.chance(0.5) ? counts.lowerBound : Int.random(in: counts, using: &random)
      var text = ""
      // A group that refers to itself would grow without bound.
      for _ in 0..<count where text.utf8.count < 200 { text += item.text(&groups, &random) }
      return text
    case .reference(_, let number):
      return String((groups[number] ?? "").prefix(40))
    case .unpredictable:
      return ["", "a", "ab", "1", "foo"].randomElement(using: &random) ?? ""
    }
  }
}
