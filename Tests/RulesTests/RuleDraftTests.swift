import Testing

@testable import Rules

@Suite("Drafts of rules")
struct RuleDraftTests {
  @Test("what is quoted reads back as it was")
  func roundTrip() throws {
    var random = SeededRandom(seed: 7)
    let pool = Array(
      "ab'\"\\#: -{}[]|>&*!%@`?,\t\n\r\u{1}\u{7F}\u{85}\u{A0}\u{2028}\u{FEFF}\u{FFFF}é☃😀"
        .unicodeScalars)
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        text.unicodeScalars.append(pool[Int.random(in: 0..<pool.count, using: &random)])
      }
      // Yams drops a byte order mark at the beginning of a scalar, even an escaped one.
      while text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
      if text.isEmpty { continue }
      let rules = try RuleSet.load(
        texts: [("r", "rules:\n  - { id: a, match: x, hint: \(YAMLText.quoted(text)) }\n")])
      #expect(rules.rules[0].hint == text, "\(YAMLText.quoted(text))")
    }
  }

  @Test("single words stand without quotes unless YAML reads them as something else")
  func words() {
    #expect(
      ["acme", "a.b-c", "true", "No", "7", "1e3", "", "a b", "-x"].map(YAMLText.word)
        == ["acme", "a.b-c", "'true'", "'No'", "'7'", "'1e3'", "''", "'a b'", "'-x'"])
  }

  static let proposals = [
    ("listening on 10.0.0.1:8080", #"listening on \d+(?:\.\d+)*:\d+"#, ["listening", "on"]),
    (
      "GET /a/b took 31.5ms (x2)", #"GET /[^\s,;:"'()\[\]]* took \d+\.\d+ms \(x\d+\)"#,
      ["GET", "took"]
    ),
    ("it isn't 'so' easy", "it isn't '[^']*' easy", ["it", "isn", "easy"]),
    ("42 items sold", "items sold", ["items", "sold"]),
    ("a  b", "a +b", []), ("and/or 5/7 km", #"and/or \d+/\d+ km"#, ["and", "or", "km"]),
    ("key a1b2c3d4e5 v2 utf8x", #"key [0-9a-fA-F]+ v\d+ \w+"#, ["key"]),
  ]

  @Test("words stay, what differs becomes a class", arguments: proposals)
  func proposal(line: String, pattern: String, words: [String]) throws {
    let proposal = try #require(PatternProposal(line: line))
    #expect(proposal.pattern == pattern)
    #expect(proposal.words == words)
  }
}
