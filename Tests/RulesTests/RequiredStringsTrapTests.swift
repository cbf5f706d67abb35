import Testing

@testable import Rules

/// What a careless search for required strings gets wrong, one test a trap.
@Suite("Traps of required strings")
struct RequiredStringsTrapTests {
  private func found(_ pattern: String) -> [[String]] { RequiredStringsTests.found(pattern) }

  /// Expects that the pattern matches the text, and that the text has all that is required.
  ///
  /// - Returns: whether anything is.
  private func holds(_ pattern: String, _ text: [UInt8]) throws -> Bool {
    var check = RequirementCheck()
    let isMatched = [false, true].contains { interpreted in
      RequirementCheck.compile(pattern, interpreted: interpreted).map {
        check.matches($0.pattern, text)
      } ?? false
    }
    #expect(isMatched, "\(pattern)")
    let requirements = RequiredStrings.find(in: pattern)
    let contradiction = RequirementCheck.contradiction(pattern, text, requirements)
    #expect(contradiction == nil)
    return !requirements.isEmpty
  }

  private func holds(_ pattern: String, _ text: String) throws -> Bool {
    try holds(pattern, Array(text.utf8))
  }

  @Test("under (?i), k and s are also the Kelvin sign and the long s")
  func foreignCases() throws {
    #expect(try holds("(?i)task s", "ta\u{17F}\u{212A} \u{17F}"))
    #expect(try holds("(?i)disk [sk]+x", "di\u{17F}\u{212A} \u{17F}\u{212A}X"))
    #expect(try holds("(?i)foo[a-z]bar", "foo\u{17F}bar"))
    #expect(try holds("(?i)foo[^a]bar", "foo\u{212A}bar"))
    #expect(found("task s") == [["task s"]])
  }

  @Test("under (?i), a letter outside ASCII has other cases, some within ASCII")
  func foreignLetters() throws {
    #expect(try holds("(?i)caf\u{E9} au lait", "CAF\u{C9} AU LAIT"))
    #expect(try holds("(?i)foo\u{17F}bar", "foosbar"))
    #expect(try holds("(?i)foo[\u{212A}]bar", "fooKbar"))
    #expect(try holds("(?i)stra\u{DF}e", "STRA\u{1E9E}E"))
  }

  @Test("an option holds from its place to the end of its group, in later branches too")
  func optionScopes() throws {
    #expect(found("foo(?i)bar(?-i)baz") == [["foo[Bb][Aa][Rr]baz"]])
    #expect(found("(?i:foo)bar1") == [["[Ff][Oo][Oo]bar1"]])
    #expect(found("(foo(?i)bar)baz") == [["foo[Bb][Aa][Rr]baz"]])
    #expect(found("foo(?i-i)bar") == [["foobar"]])
    #expect(try holds("(a(?i)bcdef|ghij)", "GHIJ"))
    #expect(try holds("a(?i)bcdef|ghij", "GHIJ"))
  }

  @Test("white space and comments under (?x) are not part of the text")
  func extended() throws {
    #expect(found("(?x) foo bar # baz\n qux") == [["foobarqux"]])
    #expect(found(##"(?x) foo\ bar [ ] \# "##) == [["foo bar #"]])
    #expect(found("(?xx) foo [ a b ]bar").isEmpty)
    #expect(found("(?xx) foo [a b]bar") == [["foo[ab]bar"]])
    #expect(found("(?x: foo )bar ") == [["foobar "]])
    #expect(found("foo(?#bar)baz") == [["foobaz"]])
    #expect(try holds("(?x) fooba r + # +\n baz", "foobarrrbaz"))
    // Whether this is white space depends on the release.
    #expect(found("(?x)foo\u{85}bar").isEmpty)
  }

  @Test("\\Q to \\E is plain text, and a quantifier behind it repeats its last character")
  func quoted() throws {
    #expect(found(#"\Qa.b*c(\Edef"#) == [["a.b*c(def"]])
    #expect(found(#"foo\Q"#) == [["foo"]])
    #expect(found(#"foo\Qbar"#) == [["foobar"]])
    #expect(try holds(#"foo\Qbar\E*baz"#, "foobabaz"))
    #expect(try holds(#"foob\Q\E*baz"#, "foobaz"))
    #expect(try holds(#"fooba\E?baz"#, "foobbaz"))
    #expect(try holds(#"(?x)foo\Q a #\Eb"#, "foo a #b"))
  }

  @Test("a negative look-around requires nothing")
  func negativeLookAround() throws {
    #expect(found("foo(?!bar)baz") == [["foobaz"]])
    #expect(found("(?<!bar)foobaz") == [["foobaz"]])
    #expect(found("(?!foobar)").isEmpty)
    #expect(try holds("foo(?!bar)b.z", "foobez"))
  }

  @Test("a positive look-around sees bytes beside a match only at the pattern's ends")
  func positiveLookAround() throws {
    #expect(found(#"(?<=status=)\d{3}"#) == [[#"status=\d\d\d"#]])
    #expect(found("foo(?=bar)") == [["foobar"]])
    #expect(try holds("foo(?=bar)[a-z]{3}qux", "foobarqux"))
    #expect(try holds("(?=.*bar)foo", "foobar"))
    #expect(try holds("[a-z]{3}(?<=foo)bar", "foobar"))
    #expect(try holds(#"\b(?<=x )foobar"#, "x foobar"))
    #expect(try holds("^(?<=\\n)foobar", "a\nfoobar"))
    #expect(try holds("(?:(?<=a)b|c){2}def", "abcdef"))
    #expect(try holds("(?:^|(?<=\\| ))KeyError: ", "a | KeyError: "))
  }

  @Test("edges have a newline beside them, or a byte that no text has")
  func edges() throws {
    #expect(found("^foobar$").first == [#"[^\x00-\x09\x0B-\x7F]foobar[^\x00-\x09\x0B-\x7F]"#])
    #expect(found(#"\bfoobar"#).first == [#"\Wfoobar"#])
    for text in ["foobar", "x\nfoobar\ny", "foobar\n"] {
      #expect(try holds("^foobar$", text))
    }
    #expect(try holds(#"\Afoobar\Z"#, "foobar\n"))
    #expect(try holds("(?-m)^foobar$", "foobar\n"))
    #expect(try holds(#"\bfoobar\b"#, [0xFF] + Array("foobar".utf8) + [0xFF]))
    #expect(try holds(#"\bfoobar\b"#, "\u{E9}foobar\u{E9}"))
    #expect(try holds(#"\Bfoobar\B"#, "afoobara"))
    #expect(try holds(#"\B-foobar-\B"#, "-foobar-"))
    #expect(try holds(#"foo\b-bar"#, "foo-bar"))
    // These can match nothing, which is not worth an answer of its own.
    #expect(found("foo$bar").isEmpty)
    #expect(found(#"foo\bbar"#).isEmpty)
  }

  @Test("a carriage return is an ordinary byte")
  func carriageReturn() throws {
    #expect(try holds("foobar.$", "foobar\r"))
    #expect(try holds(#"foobar\s"#, "foobar\r"))
    let pattern = try CompiledPattern("foobar$")
    var check = RequirementCheck()
    let isMatched = check.matches(pattern.pattern, Array("foobar\r".utf8))
    #expect(!isMatched)
  }

  @Test("one character may be several bytes, and none that is invalid")
  func characters() throws {
    for item in [".", "[^x]", #"\W"#, #"\D"#, #"\S"#, #"\N"#, "[\u{E9}-\u{F6}]", #"\p{Ll}"#] {
      #expect(try holds("foo\(item)barqux", "foo\u{F6}barqux"))
    }
    #expect(try holds(#"foo\Wbarqux"#, "foo\u{1F600}barqux"))
    #expect(try holds("fo\u{F6}+bar", "fo\u{F6}\u{F6}bar"))
    #expect(try holds("[^[:^lower:][:punct:]]foobar", "\u{1F600}foobar"))
    #expect(try holds(#"[^\W\d]foobar"#, "afoobar"))
    #expect(try holds(#"foo\Rbar"#, "foo\r\nbar"))
    #expect(try holds(#"foo\Xbar"#, "fooe\u{301}bar"))
  }

  @Test("a negated class of one letter with foreign cases may be any bytes")
  func negatedLetter() {
    // PCRE2 10.42's compiled code really matches these, and later releases do not.
    for item in ["[^s]", "[^k]", "[^\u{17F}]"] {
      for bytes: [UInt8] in [[0xF0, 0xF0], [0xF0, 0x2D], [0xFF], [0xC3, 0x28, 0x28]] {
        let pattern = "(?i)foobar\(item)quxqux"
        let text = Array("foobar".utf8) + bytes + Array("quxqux".utf8)
        let requirements = RequiredStrings.find(in: pattern)
        #expect(!requirements.isEmpty)
        #expect(RequirementCheck.contradiction(pattern, text, requirements) == nil)
      }
    }
  }

  @Test("NUL is an ordinary byte")
  func zero() throws {
    #expect(try holds("foo\u{0}bar", "foo\u{0}bar"))
    #expect(try holds(#"foo\x00bar"#, "foo\u{0}bar"))
    #expect(try holds("foo.bar", "foo\u{0}bar"))
  }

  @Test("what a group matched, or another group would, may be any text")
  func references() throws {
    #expect(try holds(#"(foo|qux)bar\1baz"#, "quxbarquxbaz"))
    #expect(try holds(#"(?<n>foo|qux)bar\k<n>\g{n}(?P=n)"#, "foobarfoofoofoo"))
    #expect(try holds("(foo|qux)bar(?1)baz", "quxbarfoobaz"))
    #expect(try holds("foobar(?R)?baz", "foobarfoobarbazbaz"))
    #expect(try holds(#"foo\Kbar"#, "foobar"))
    #expect(try holds(#"\Gfoobar"#, "foobar"))
  }

  @Test(
    "a pattern that is not understood in every detail requires nothing",
    arguments: [
      "(*UCP)foobar", "(*ANYCRLF)foobar$", "(*UTF)foobar", "(*CRLF)foobar",
      "(*LIMIT_MATCH=9)foobar",
      "foobar(*SKIP)", "foobar(*ACCEPT)x", "foobar(*F)|quxqux", "(?|foobar|quxqux)",
      "(?(1)foobar|quxqux)", "(?(DEFINE)foobar)", "(?J)foobar", "foobar(?C1)", "(?^)foobar",
      "(*atomic:foobar)", "(*pla:foobar)", "(?<*foobar)", "(?*foobar)", "(?a)foobar",
      #"foobar\101"#, #"foobar\12"#, #"foobar\0"#, #"foobar\o{101}"#, #"foobar\x4"#,
      #"foobar\x{}"#, #"foobar\cA"#, #"foobar\C"#, #"foobar\N{U+41}"#, #"foobar\y"#,
      "foobar{,3}", "foobar{ 1 }", "foobar{1 ,2}", "foobar{}", "foobar{2}{3}", "(?x)foobar+ +",
      "foobar**", "^*foobar", #"\b+foobar"#, "foobar[[:<:]]", "foobar[[.a.]]", "foobar[[:no:]]",
      #"foobar[\Qa\E]"#, #"foobar[a-\d]"#, #"foobar[\d-z]"#, "foobar(?[a])", "foobar)", "(foobar",
      "foobar[a", #"foobar\"#, "(?x-x)foobar[", "foobar(?", "foobar(?<n", "foobar(?i",
    ])
  func refused(pattern: String) {
    #expect(found(pattern).isEmpty)
  }

  @Test("in one line, a newline stands at a string's ends only")
  func inLine() throws {
    let space = try #require(RequiredStrings.find(in: #"foo\sbar"#).first)
    #expect(space.map(\.description) == [#"foo[\x09-\x0D ]bar"#])
    guard case .oneOf(let strings) = RequiredStrings.inLine(space) else {
      Issue.record("the pattern can match a line")
      return
    }
    #expect(strings.map(\.description) == [#"foo[\x09\x0B-\x0D ]bar"#])
    let ends = try #require(RequiredStrings.find(in: #"\bfoo\b"#).first)
    #expect(RequiredStrings.inLine(ends) == .oneOf(ends))
  }

  @Test("a pattern that needs a newline cannot match one line")
  func neverInLine() throws {
    let needed = try #require(RequiredStrings.find(in: #"foo\nbar"#).first)
    #expect(RequiredStrings.inLine(needed) == .impossible)
    #expect(try holds(#"foo\nbar"#, "foo\nbar"))
    // One of two branches is left.
    let either = try #require(RequiredStrings.find(in: #"foo\nbar|quxqux"#).first)
    #expect(either.count == 2)
    guard case .oneOf(let strings) = RequiredStrings.inLine(either) else {
      Issue.record("one branch can match a line")
      return
    }
    #expect(strings.map(\.description) == ["quxqux"])
  }
}
