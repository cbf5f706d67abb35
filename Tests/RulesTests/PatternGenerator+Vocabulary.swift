/// What generated patterns and texts are made of: few different characters, so that patterns
/// match often, and those that are special somewhere.
extension PatternGenerator {
  static let characters = [
    "a", "a", "b", "b", "c", "k", "K", "s", "S", "1", "2", "5", " ", " ", "-", ".", ":", "_", "/",
    "\"", "#", "]", "}", "{", "(", "=", "Z", "A", "é", "\u{17F}", "\u{212A}", "😀",
  ]

  static let words = [
    "foo", "error", "task s", "ERROR", "kill", "\": ", "ab", "HTTP/1", "status", "timed out",
    "bar", "Straße", "été", "a-b",
  ]

  static let quantifiers: [(String, ClosedRange<Int>)] = [
    ("*", 0...3), ("*", 0...3), ("+", 1...3), ("+", 1...3), ("?", 0...1), ("?", 0...1),
    ("{2}", 2...2), ("{0}", 0...0), ("{1,3}", 1...3), ("{0,2}", 0...2), ("{2,}", 2...4),
    ("{0,}", 0...2), ("{0,1}", 0...1), ("{3}", 3...3), ("{12}", 12...12), ("{,2}", 0...2),
  ]

  /// What is rare, deprecated, doubtful or has to be refused.
  static let oddities = [
    "(?|a|b)", "(*SKIP)", "(*ACCEPT)", "(*F)", "(?C1)", "(?J)", "\\C", "(?(?=a)b|c)", "\\101",
    "\\o{101}", "\\cA", "\\N{U+61}", "(*pla:a)", "(*atomic:ab)", "(?<*a)", "[[:<:]]", "\\x4",
    "\\0", "\\81", "\\12", "(?a)", "(?^)", "(?i-s:a)", "(?i-i)", "(?x) a b # c\n", "{2", "a{,3}",
    "a{ 2}", "x{1}{2}", "\\Qa", "[\\Qa-z\\E]", "[a-\\d]", "[\\d-z]", "(*napla:a)", "(?[a])",
    "(?=a)*", "(?!a)+", "(?<=a)?", "\\b?", "^*", "(a|)*", "()", "(?:)+", "(?(DEFINE)(?<d>a))",
    "(?xx:[a b])", "(?xx:[ a - c ])", "(?:a|(?i)k|s)", "(?i:a(?-i)s)s", "(?-i)",
  ]

  private static let kinds: [(String, examples: [String])] = [
    ("\\d", ["1", "5"]), ("\\D", ["a", "é", "\n", " "]), ("\\w", ["a", "Z", "_", "2", "k"]),
    ("\\W", ["-", "é", "\n", " ", "\u{17F}"]), ("\\s", [" ", "\t", "\n", "\r"]),
    ("\\S", ["a", "é", "."]), ("\\h", [" ", "\t", "\u{A0}"]), ("\\H", ["a", "\n", "é"]),
    ("\\v", ["\n", "\r", "\u{2028}", "\u{85}"]), ("\\V", ["a", "\t", "é"]),
    ("\\p{Lu}", ["A", "É"]), ("\\P{L}", ["1", "\n", "."]), ("\\pN", ["1", "½"]),
    ("\\p{^Lu}", ["a", "\n"]),
  ]

  private static let outsideKinds: [(String, examples: [String])] = [
    (".", ["a", "é", "\r", "😀", "-"]), (".", ["a", "b", "\u{0}"]), ("\\N", ["a", "é"]),
    ("\\R", ["\n", "\r\n", "\u{2028}"]), ("\\X", ["a", "e\u{301}"]), ("\\x41", ["A"]),
    ("\\x{e9}", ["é"]), ("\\x{17f}", ["\u{17F}"]), ("\\t", ["\t"]), ("\\n", ["\n"]),
    ("\\r", ["\r"]), ("\\e", ["\u{1B}"]), ("\\-", ["-"]), ("\\/", ["/"]),
  ]

  private static let members: [(String, examples: [String])] = [
    ("a-c", ["a", "b"]), ("a", ["a"]), ("k", ["k"]), ("s", ["s"]), ("0-9", ["1"]), ("_", ["_"]),
    ("é", ["é"]), ("à-ü", ["é"]), ("\\x{17f}", ["\u{17F}"]), ("\\x{212a}", ["\u{212A}"]),
    (".", ["."]), ("\\]", ["]"]), ("\\-", ["-"]), ("[:alpha:]", ["a", "Z"]),
    ("[:^alpha:]", ["1", "é", "\n"]), ("[:upper:]", ["A", "Z"]), ("[:^lower:]", ["A", "1"]),
    ("[:punct:]", ["-", "."]), ("[:space:]", [" ", "\n"]), ("[:word:]", ["_", "a"]),
    ("\"", ["\""]), (" ", [" "]), ("#", ["#"]), ("\\n", ["\n"]), ("\\b", ["\u{8}"]),
    ("a-é", ["b", "é"]), ("[", ["["]), ("\\x{1f600}", ["😀"]), ("A-Z", ["A", "K", "S"]),
    ("\\x41-\\x43", ["A"]), ("!-~", ["a", "-"]), ("\u{0}-\u{7F}", ["a", "\n"]), ("😀", ["😀"]),
  ]

  /// One character out of several: a kind by its escape, or a class in brackets.
  mutating func set() -> GeneratedPattern {
    let choice = Int.random(in: 0..<10, using: &random)
    if choice < 3 { return Self.node(Self.kinds.randomElement(using: &random)) }
    if choice < 5 { return Self.node(Self.outsideKinds.randomElement(using: &random)) }
    var text = "["
    var examples: [String] = []
    let isNegated = random.chance(0.4)
    if isNegated { text += "^" }
    if random.chance(0.05) {
      text += "]"
      examples.append("]")
    }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let source = random.chance(0.25) ? Self.kinds : Self.members
      guard let (member, some) = source.randomElement(using: &random) else { continue }
      text += member
      examples += some
    }
    if random.chance(0.1) {
      text += "-"
      examples.append("-")
    }
    let others = ["a", "b", "k", "K", "s", "1", " ", "-", "é", "\n", "\u{17F}", "😀", ".", "Z"]
    return .set(text + "]", examples: isNegated ? others : examples)
  }

  private static func node(_ kind: (String, examples: [String])?) -> GeneratedPattern {
    .set(kind?.0 ?? ".", examples: kind?.examples ?? ["a"])
  }
}
