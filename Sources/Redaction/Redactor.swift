/// Takes secrets out of text that leaves the process: keys, tokens, passwords, cookies, addresses,
/// card numbers, values of database statements. What it takes out is shown as `[redacted:KIND]`.
///
/// What is a secret is told by rules that are data (`rules/secrets.redact`). The work is bounded by the
/// length of the text, whatever stands in it.
package struct Redactor: Sendable {
  let rules: [SecretRule]
  private let table: AnchorTable
  private let harmless: Set<[UInt8]>

  /// Shows everything.
  package static let none = Redactor(rules: [], harmless: [])

  /// The rules that are part of the program.
  package static let builtIn = Redactor(
    rules: BuiltInSecrets.file.rules, harmless: BuiltInSecrets.file.harmless)

  init(rules: [SecretRule], harmless: Set<[UInt8]>) {
    self.rules = rules
    self.harmless = harmless
    table = AnchorTable(rules)
  }

  /// The built-in rules and those of the user's files, which come first and may switch others off.
  ///
  /// Every sample of the files must be redacted and every innocent line left as it is. Throws
  /// `RedactionProblem`.
  package init(files: [(name: String, text: String)]) throws(RedactionProblem) {
    var rules = BuiltInSecrets.file.rules
    var harmless = BuiltInSecrets.file.harmless
    var definitions = BuiltInSecrets.file.definitions
    for (name, text) in files {
      let file = try SecretRuleFileParser.parse(text, file: name, definitions: definitions)
      for (off, line) in file.switchedOff {
        guard rules.contains(where: { $0.name == off }) else {
          throw RedactionProblem(
            file: name, line: line, column: 1,
            message: "off \(off): no rule has this name; expected one of "
              + rules.map(\.name).joined(separator: ", "))
        }
        rules.removeAll { $0.name == off }
      }
      rules.removeAll { old in file.rules.contains { $0.name == old.name } }
      rules = file.rules + rules
      harmless.formUnion(file.harmless)
      definitions = file.definitions
      let redactor = Redactor(rules: rules, harmless: harmless)
      for rule in file.rules { try redactor.prove(rule, file: name) }
    }
    self.init(rules: rules, harmless: harmless)
  }

  /// `text` without its secrets.
  package func redact(_ text: String) -> String {
    String(decoding: redact(Array(text.utf8)), as: UTF8.self)
  }

  /// `text` without its secrets. If it `isCut`, what runs into its end may be the start of a longer
  /// secret, and is masked when enough of it is there.
  package func redact(_ text: [UInt8], isCut: Bool = false) -> [UInt8] {
    guard !rules.isEmpty else { return text }
    return redact(text.span, isCut: isCut) ?? text
  }

  /// Nil if there is nothing to take out.
  private func redact(_ text: Span<UInt8>, isCut: Bool) -> [UInt8]? {
    var matcher = SecretMatcher(bytes: text.count, isCut: isCut)
    var result: [UInt8] = []
    /// Behind what was copied or masked.
    var done = 0
    var place = 0
    while place < text.count {
      guard table.firstBytes.contains(text[place]) else {
        place += 1
        continue
      }
      guard let (rule, masks) = secret(at: place, text, since: done, &matcher) else {
        if matcher.steps < 0 { break }
        place += 1
        continue
      }
      for mask in masks {
        let start = max(mask.lowerBound, done)
        guard start < mask.upperBound else { continue }
        for index in done..<start { result.append(text[index]) }
        result += rules[rule].replacement
        done = mask.upperBound
      }
      place = max(place + 1, done)
    }
    guard matcher.steps >= 0 else {
      // Nobody has looked at the rest.
      return result + "[redacted: \(text.count - done) bytes that were too much to check]".utf8
    }
    guard done > 0 else { return nil }
    for index in done..<text.count { result.append(text[index]) }
    return result
  }

  /// The first rule that finds a secret with its anchor at `place`, and what it masks.
  private func secret(
    at place: Int, _ text: Span<UInt8>, since done: Int, _ matcher: inout SecretMatcher
  ) -> (rule: Int, masks: [Range<Int>])? {
    for index in table.indices(text[place]) {
      let anchor = table.anchors[index]
      guard anchor.stands(in: text, at: place),
        let start = start(rules[anchor.rule].left, text, place, since: done)
      else { continue }
      let end = matcher.end(
        of: rules[anchor.rule].expression, text, from: place + anchor.bytes.count)
      guard let end else {
        if matcher.steps < 0 { return nil }
        continue
      }
      let masks =
        rules[anchor.rule].expression.masksItself
        ? matcher.masks : [start..<end]
      if isSecret(masks, text, rules[anchor.rule].checks) { return (anchor.rule, masks) }
    }
    return nil
  }

  /// Where what stands before an anchor begins; nil if the rule does not allow it there.
  private func start(
    _ left: SecretRule.Left, _ text: Span<UInt8>, _ place: Int, since done: Int
  ) -> Int? {
    switch left {
    case .any: return place
    case .edge: return place == 0 || !ByteClass.alphanumeric.contains(text[place - 1]) ? place : nil
    case .not(let bytes): return place == 0 || !bytes.contains(text[place - 1]) ? place : nil
    case .line:
      var start = place
      while start > 0, text[start - 1] == UInt8(ascii: " ") || text[start - 1] == UInt8(ascii: "\t")
      { start -= 1 }
      return start == 0 || text[start - 1] == UInt8(ascii: "\n") ? place : nil
    case .run(let bytes, let least, let most):
      var start = place
      while start > done, place - start < most, bytes.contains(text[start - 1]) { start -= 1 }
      return place - start >= least ? start : nil
    }
  }

  private func isSecret(
    _ masks: [Range<Int>], _ text: Span<UInt8>, _ checks: [SecretCheck]
  ) -> Bool {
    guard !masks.isEmpty else { return false }
    let words = masks.map { mask in mask.map { text[$0] } }
    return checks.allSatisfy { check in words.contains { check.holds($0) } }
      && !words.allSatisfy(isHarmless)
  }

  /// Whether it is what a rule left: `[redacted:NAME]`, or that without a bracket.
  private func isRedacted(_ word: [UInt8]) -> Bool {
    var name = word[...]
    if name.first == UInt8(ascii: "[") { name = name.dropFirst() }
    if name.last == UInt8(ascii: "]") { name = name.dropLast() }
    guard name.starts(with: "redacted:".utf8) else { return false }
    return rules.contains { name.dropFirst(9).elementsEqual($0.name.utf8) }
  }

  /// Words that stand for a value that is missing, and what others have masked already.
  private func isHarmless(_ word: [UInt8]) -> Bool {
    let lowered = word.map(AnchorTable.Anchor.lowered)
    return harmless.contains(lowered) || isRedacted(word)
      || word.allSatisfy { "*.-_#".utf8.contains($0) }
      || (word.count > 2 && lowered.allSatisfy { $0 == UInt8(ascii: "x") })
  }
}
