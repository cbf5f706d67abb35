/// Why the search for required strings leaves a pattern alone: there is something in it that is
/// not understood in every detail, or too much of it.
struct NotUnderstood: Error {}

/// Reads a PCRE2 pattern, as `Pattern` compiles it, into a `PatternNode`.
///
/// A wrong reading would lose matches and a refusal only costs time. So whatever is rare, or has
/// another meaning in another release of PCRE2 from 10.42 on, is refused.
struct PatternParser {
  /// The inline options that change what a pattern matches.
  struct Options {
    var caseless = false
    var dotMatchesNewline = false
    var extended = false
    /// `(?xx)`: spaces and tabs do not count inside classes either.
    var extendedClasses = false
  }

  let bytes: [UInt8]
  var position = 0
  var options = Options()
  /// Whether a `\Q` is open.
  var isQuoting = false
  var depth = 0

  /// The pattern's reading; nil when it is not understood.
  static func parse(_ pattern: String) -> PatternNode? {
    var parser = PatternParser(bytes: Array(pattern.utf8))
    guard let node = try? parser.alternatives(), parser.position == parser.bytes.count else {
      return nil
    }
    return node
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The byte `distance` behind the present one; 0 at the end, which no comparison asks for.
  func byte(_ distance: Int = 0) -> UInt8 {
    position + distance < bytes.count ? bytes[position + distance] : 0
  }

  var isAtEnd: Bool { position >= bytes.count }

  /// Steps over a text if it comes next.
  mutating func skip(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard position + length <= bytes.count else { return false }
    let isNext = text.withUTF8Buffer { text in
      text.indices.allSatisfy { unsafe text[$0] == bytes[position + $0] }
    }
    guard isNext else { return false }
    position += length
    return true
  }

  /// Steps behind the next such byte.
  mutating func skip(behind byte: UInt8) throws(NotUnderstood) {
    guard let found = bytes[position...].firstIndex(of: byte) else { throw NotUnderstood() }
    position = found + 1
  }

  /// Branches up to the end or a closing parenthesis. An option set within one holds in those
  /// behind it too.
  mutating func alternatives() throws(NotUnderstood) -> PatternNode {
    depth += 1
    guard depth <= Limits.patternNestingLevels else { throw NotUnderstood() }
    var branches: [PatternNode] = []
    var items: [PatternNode] = []
    while true {
      try skipIgnored()
      if isAtEnd { break }
      if !isQuoting {
        if byte() == UInt8(ascii: ")") { break }
        if byte() == UInt8(ascii: "|") {
          position += 1
          branches.append(Self.sequence(items))
          items = []
          continue
        }
      }
      items.append(try quantifiedItem())
    }
    depth -= 1
    branches.append(Self.sequence(items))
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private static func sequence(_ items: [PatternNode]) -> PatternNode {
    items.count == 1 ? items[0] : .sequence(items)
  }

  /// Steps over what says nothing: comments, `\Q`, `\E`, and white space under `(?x)`.
  mutating func skipIgnored() throws(NotUnderstood) {
    while !isAtEnd {
      if isQuoting {
        guard skip("\\E") else { return }
        isQuoting = false
      } else if byte() == UInt8(ascii: "\\"), skip("\\Q") {
        isQuoting = true
      } else if byte() == UInt8(ascii: "\\"), skip("\\E") {
        continue
      } else if byte() == UInt8(ascii: "("), skip("(?#") {
        try skip(behind: UInt8(ascii: ")"))
      } else if options.extended, ByteSet.space.contains(byte()) {
        position += 1
      } else if options.extended, byte() == UInt8(ascii: "#") {
        position = bytes[position...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      } else {
        return
      }
    }
  }

  private mutating func quantifiedItem() throws(NotUnderstood) -> PatternNode {
    let (node, isRepeatable) = try item()
    try skipIgnored()
    guard let (least, most) = try quantifier() else { return node }
    guard isRepeatable else { throw NotUnderstood() }
    if byte() == UInt8(ascii: "+") || byte() == UInt8(ascii: "?") { position += 1 }
    try skipIgnored()
    if try quantifier() != nil { throw NotUnderstood() }
    return most == 0 ? .empty : .repeated(node, least: least, most: most)
  }

  /// A quantifier without what makes it lazy or possessive; nil when there is none.
  private mutating func quantifier() throws(NotUnderstood) -> (least: Int, most: Int?)? {
    if isQuoting || isAtEnd { return nil }
    switch byte() {
    case UInt8(ascii: "*"):
      position += 1
      return (0, nil)
    case UInt8(ascii: "+"):
      position += 1
      return (1, nil)
    case UInt8(ascii: "?"):
      position += 1
      return (0, 1)
    case UInt8(ascii: "{"):
      return try countedQuantifier()
    default:
      return nil
    }
  }

  /// `{n}`, `{n,}` or `{n,m}`. Newer releases know `{,m}` and spaces inside as well, which are
  /// plain text to older ones: refused.
  private mutating func countedQuantifier() throws(NotUnderstood) -> (least: Int, most: Int?)? {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
    let inside = bytes[(position + 1)..<end]
    let isCount = inside.allSatisfy {
      ByteSet.digit.contains($0) || $0 == UInt8(ascii: ",") || ByteSet.space.contains($0)
    }
    guard isCount else { return nil }
    let parts = inside.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard parts.count <= 2, let least = Self.number(parts[0]) else { throw NotUnderstood() }
    position = end + 1
    guard parts.count == 2 else { return (least, least) }
    if parts[1].isEmpty { return (least, nil) }
    guard let most = Self.number(parts[1]), least <= most else { throw NotUnderstood() }
    return (least, most)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...5).contains(digits.count), digits.allSatisfy(ByteSet.digit.contains) else {
      return nil
    }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// One item, and whether a quantifier behind it is understood.
  private mutating func item() throws(NotUnderstood) -> (PatternNode, isRepeatable: Bool) {
    if isQuoting { return (try literal(), true) }
    switch byte() {
    case UInt8(ascii: "\\"):
      return try escape()
    case UInt8(ascii: "["):
      return (try characterClass(), true)
    case UInt8(ascii: "("):
      return try group()
    case UInt8(ascii: "."):
      position += 1
      let ascii = options.dotMatchesNewline ? ByteSet.ascii : .ascii.subtracting(.newline)
      return (.character(orAnyBesides: ascii), true)
    case UInt8(ascii: "^"):
      position += 1
      return (.edge(.lineStart), false)
    case UInt8(ascii: "$"):
      position += 1
      return (.edge(.lineEnd), false)
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      throw NotUnderstood()
    case UInt8(ascii: "{"):
      if try countedQuantifier() != nil { throw NotUnderstood() }
      return (try literal(), true)
    default:
      return (try literal(), true)
    }
  }

  private mutating func literal() throws(NotUnderstood) -> PatternNode {
    literal(try scalar())
  }

  /// The next character of the pattern as it stands there.
  mutating func scalar() throws(NotUnderstood) -> UnicodeScalar {
    let length =
      switch byte() {
      case ..<0x80: 1
      case ..<0xE0: 2
      case ..<0xF0: 3
      default: 4
      }
    guard position + length <= bytes.count,
      let scalar = String(decoding: bytes[position..<(position + length)], as: UTF8.self)
        .unicodeScalars.first
    else { throw NotUnderstood() }
    position += length
    // Newer releases skip some of these under (?x), older ones do not.
    if options.extended, !scalar.isASCII, scalar.properties.isPatternWhitespace {
      throw NotUnderstood()
    }
    return scalar
  }
}
