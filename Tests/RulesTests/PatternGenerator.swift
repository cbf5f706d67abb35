/// Makes random patterns out of most of PCRE2's grammar, and texts for each.
struct PatternGenerator {
  var random: SeededRandom
  private var groupCount = 0

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  /// A pattern's text, and the tree that texts are made up from.
  struct Made {
    var text: String
    var branches: [[GeneratedPattern]]
    var isCaseless: Bool
  }

  /// The next pattern. Not each one compiles.
  mutating func pattern() -> Made {
    groupCount = 0
    let options = pick([
      "", "", "", "", "", "", "", "(?i)", "(?i)", "(?i)", "(?s)", "(?x)", "(?xx)", "(?-m)",
      "(?im-s)", "(?U)", "(?n)", "(?is)", "(?ix)",
    ])
    let verb = random.chance(0.01) ? pick(["(*UCP)", "(*ANYCRLF)", "(*UTF)", "(*CRLF)"]) : ""
    let branches = branches(depth: 0)
    var written = GeneratedPattern.written(branches, extended: options.contains("x"), &random)
    if random.chance(0.15) { written = edited(written) }
    return Made(
      text: verb + options + written, branches: branches,
      isCaseless: (options + written).contains("(?i"))
  }

  /// The text with a few characters left out, doubled, exchanged or put in: most of what comes out
  /// compiles and means something else.
  private mutating func edited(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      guard !scalars.isEmpty else { break }
      let place = Int.random(in: 0..<scalars.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: scalars.remove(at: place)
      case 1: scalars.insert(scalars[place], at: place)
      case 2: scalars.swapAt(place, Int.random(in: 0..<scalars.count, using: &random))
      default:
        let special = Array("\\^$.[]|()?*+{}-,:<>=!#QEdWsxib1 \"&'PR~".unicodeScalars)
        scalars.insert(pick(special), at: place)
      }
    }
    var edited = String.UnicodeScalarView()
    edited.append(contentsOf: scalars)
    return String(edited)
  }

  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }

  private mutating func branches(depth: Int) -> [[GeneratedPattern]] {
    let count = random.chance(0.75) ? 1 : Int.random(in: 2...4, using: &random)
    return (0..<count).map { _ in sequence(depth: depth) }
  }

  private mutating func sequence(depth: Int) -> [GeneratedPattern] {
    let count = Int.random(in: (depth == 0 ? 1 : 0)...(depth == 0 ? 6 : 3), using: &random)
    return (0..<count).map { _ in
      let item = item(depth: depth)
      return random.chance(0.25) ? quantified(item) : item
    }
  }

  private mutating func item(depth: Int) -> GeneratedPattern {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<42: return .literal(literal())
    case ..<46: return .quoted(pick(["a.b", "*", "(", "x+", "s", "\\d", "", "[a", " #", "|"]))
    case ..<68: return set()
    case ..<77: return .mark(mark())
    case ..<90 where depth < 3: return group(depth: depth)
    case ..<95 where depth < 3: return lookAround(depth: depth)
    case ..<98: return reference()
    default: return .unpredictable(pick(Self.oddities))
    }
  }

  private mutating func literal() -> String {
    if random.chance(0.4) { return pick(Self.words) }
    return (0..<Int.random(in: 1...3, using: &random)).map { _ in pick(Self.characters) }.joined()
  }

  private mutating func quantified(_ item: GeneratedPattern) -> GeneratedPattern {
    if case .mark = item { return item }
    var single = item
    if case .literal(let text) = item {
      // The quantifier stands behind the last character alone.
      guard let last = text.last else { return item }
      single = .literal(String(last))
    }
    let (text, counts) = pick(Self.quantifiers)
    let suffix = pick(["", "", "", "?", "+"])
    return .repeated(single, text + suffix, counts: counts)
  }

  private mutating func mark() -> String {
    if random.chance(0.25) { return pick(["(?i)", "(?-i)", "(?s)", "(?m)", "(?-s)", "(?x)"]) }
    return pick([
      "^", "$", "\\b", "\\b", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\G", "\\K", "(?#c)", "\\E",
      "\\Q\\E", "(?!)", "(?=)",
    ])
  }

  private mutating func group(depth: Int) -> GeneratedPattern {
    let openings = [
      "(?:", "(?:", "(?:", "(", "(", "(?>", "(?i:", "(?-i:", "(?s:", "(?<n>", "(?P<n>", "(?'n'",
      "(?x:", "(?^:", "(?|",
    ]
    var opening = pick(openings)
    var number: Int?
    if opening == "(" || opening.contains("n") {
      groupCount += 1
      number = groupCount
      opening = opening.replacing("n", with: "n\(groupCount)")
    }
    return .group(opening, branches: branches(depth: depth + 1), number: number)
  }

  private mutating func lookAround(depth: Int) -> GeneratedPattern {
    let opening = pick(["(?=", "(?=", "(?!", "(?<=", "(?<!"])
    guard opening.contains("<") else {
      return .group(opening, branches: branches(depth: depth + 1), number: nil)
    }
    // PCRE2 wants a known length.
    let count = Int.random(in: 1...2, using: &random)
    let branches = (0..<count).map { _ -> [GeneratedPattern] in
      let items: [GeneratedPattern] = [.literal(literal()), set(), .mark(pick(["\\b", "^", ""]))]
      return Array(items.shuffled(using: &random).prefix(2))
    }
    return .group(opening, branches: branches, number: nil)
  }

  private mutating func reference() -> GeneratedPattern {
    guard groupCount > 0 else { return .unpredictable(pick(["(?R)?", "(?0)?", "(?R)"])) }
    let number = Int.random(in: 1...groupCount, using: &random)
    let text = pick([
      "\\\(number)", "\\g{\(number)}", "\\g{-1}", "(?P=n\(number))", "\\k<n\(number)>",
      "\\k{n\(number)}", "(?\(number))", "(?&n\(number))", "(?P>n\(number))", "\\g<\(number)>",
      "(?(\(number))a|b)", "(?-1)",
    ])
    return .reference(text, number: number)
  }

  /// A text that is likely to match, or not to: made up by the pattern, cut, joined with noise.
  mutating func text(for pattern: Made) -> [UInt8] {
    var text: [UInt8] = []
    if random.chance(0.5) { text += noise() }
    if random.chance(0.9) {
      var groups: [Int: String] = [:]
      var made = pick(pattern.branches).map { $0.text(&groups, &random) }.joined()
      if pattern.isCaseless, random.chance(0.6) { made = otherCase(made) }
      text += made.utf8
    }
    if random.chance(0.5) { text += noise() }
    if random.chance(0.12), !text.isEmpty {
      let place = Int.random(in: 0..<text.count, using: &random)
      if random.chance(0.5) { text.remove(at: place) } else { text[place] = wildByte() }
    }
    if random.chance(0.1) {
      text.insert(wildByte(), at: Int.random(in: 0...text.count, using: &random))
    }
    if random.chance(0.05) { text.append(pick([0x0A, 0x0D])) }
    return text
  }

  private mutating func otherCase(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "s", "S": result += pick(["s", "S", "\u{17F}"])
      case "k", "K": result += pick(["k", "K", "\u{212A}"])
      default:
        let properties = scalar.properties
        result += pick([String(scalar), properties.uppercaseMapping, properties.lowercaseMapping])
      }
    }
    return result
  }

  private mutating func wildByte() -> UInt8 {
    pick([
      0x00, 0x0A, 0x0A, 0x0D, 0x20, 0x61, 0x80, 0xBF, 0xC3, 0xC5, 0xE2, 0xFF, 0xF0,
      UInt8.random(in: 0...255, using: &random),
    ])
  }

  private mutating func noise() -> [UInt8] {
    var noise: [UInt8] = []
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      if random.chance(0.12) {
        noise.append(wildByte())
      } else {
        noise += pick(Self.characters + ["\n", "\r", "\t"]).utf8
      }
    }
    return noise
  }
}
