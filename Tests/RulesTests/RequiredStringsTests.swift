import Testing

@testable import Rules

@Suite("Required strings")
struct RequiredStringsTests {
  /// The requirements of a pattern as people read them.
  static func found(_ pattern: String) -> [[String]] {
    RequiredStrings.find(in: pattern).map { $0.map(\.description).sorted() }
  }

  static let blankDigit = #"[\x09-\x0D 0-9]"#

  @Test(
    "a pattern requires its literals, with what stands beside and between them",
    arguments: [
      ("deadlock detected", ["deadlock detected"]),
      (#"\bERROR\b"#, [#"\WERROR\W"#]),
      (#"connect\(\) failed"#, ["connect() failed"]),
      (#""status":5\d\d"#, [#""status":5\d\d"#]),
      ("timed? ?out", ["time[ d]out", "timed out", "timeout"]),
      ("a(?:bcde|fghi)j", ["abcdej", "afghij"]),
      ("status 50[234]", ["status 50[2-4]"]),
      ("status (?:502|503|504)", ["status 50[2-4]"]),
      ("id=[0-9]{3}x", [#"id=\d\d\dx"#]),
      (#"\x41\x{42}C\.\n\tD"#, [#"ABC.\n\x09D"#]),
      ("été", [#"\xC3\xA9t\xC3\xA9"#]),
    ])
  func literals(pattern: String, expected: [String]) {
    #expect(Self.found(pattern).first == expected)
  }

  @Test("what comes behind a repetition may come within it too")
  func repetitions() {
    #expect(
      Self.found(#""duration_ms":\s*\d{4,}"#).first
        == [#""duration_ms":"# + String(repeating: Self.blankDigit, count: 4)])
    #expect(Self.found("name=a+bcd").first == ["name=a[ab][a-c][a-d]"])
    #expect(Self.found("name=a{1,3}bcd").first == ["name=a[ab][a-c][a-d]"])
    #expect(Self.found("foobar{0}baz") == [["foobabaz"]])
    #expect(Self.found("foobar{0,}baz").first == ["fooba[br][abr][abrz]"])
  }

  @Test("nothing is required where a match may do without it")
  func optional() {
    for pattern in [
      "", "(?:foobar)?", "(?:foobar)*", "foobar|", "(?:foobar|)", "x*", "^", "$", #"\b"#, "(?=)",
      "(?:foobar){0,3}", "(?:foobar){0}", ".*", "(|foobar)",
    ] {
      #expect(Self.found(pattern).isEmpty, "\(pattern)")
    }
  }

  @Test("several requirements are offered, the rarest first")
  func choices() {
    #expect(Self.found(#"relation "[^"]+" does not exist"#).contains([#"" does not exist"#]))
    #expect(Self.found(#"relation "[^"]+" does not exist"#).contains([#"relation ""#]))
    let long = Self.found("the quick brown fox jumps over the lazy dog, and over all others")
    #expect(long.count > 1)
  }

  @Test("every branch of an alternation has a string")
  func alternations() {
    #expect(
      Self.found("out of memory|disk .* full|segfault").first
        == [" full", "out of memory", "segfault"]
        || Self.found("out of memory|disk .* full|segfault").first
          == ["disk ", "out of memory", "segfault"]
    )
    // One branch without anything leaves nothing.
    #expect(Self.found("out of memory|.*|segfault").isEmpty)
  }

  @Test("strings are bounded in number and length, whatever the pattern")
  func bounds() {
    let many = (0..<300).map { "word\($0)end" }.joined(separator: "|")
    let patterns = [
      "prefix \(many)", "prefix (?:\(many)) suffix", "(?:\(many))", "(?:\(many))+x",
      String(repeating: "a?", count: 200) + "tail", String(repeating: "(?:a|b)", count: 100),
      String(repeating: "(?i:skskskss)", count: 30), String(repeating: "x", count: 10_000),
      String(repeating: "(", count: 90) + "abcdef" + String(repeating: ")+", count: 90),
      String(repeating: "(?:", count: 90) + String(repeating: ")+", count: 90) + "abcdef",
      String(repeating: "(?:", count: 5_000) + String(repeating: ")", count: 5_000),
      "(?:(?:(?:a{60}b){60}c){60}d){60}", "a{65535}", "(?:a|b|cd){65535}",
    ]
    for pattern in patterns {
      for requirement in RequiredStrings.find(in: pattern) {
        #expect((1...Limits.requiredStrings).contains(requirement.count))
        #expect(
          requirement.allSatisfy { (1...Limits.requiredBytes).contains($0.classes.count) })
      }
      #expect(RequiredStrings.find(in: pattern).count <= Limits.requirementChoices)
    }
    #expect(!Self.found(patterns[1]).isEmpty, "the text around the words is left")
  }

  @Test("each pattern of the benchmarks has a requirement that a search can use")
  func benchmarks() throws {
    let names = ["rules50.txt", "rules_pcre_only.txt"]
    for pattern in try names.flatMap({ try PatternList.patterns($0) }) {
      let usable = RequiredStrings.find(in: pattern).filter { requirement in
        requirement.allSatisfy { $0.classes.count >= 5 && $0.cost < 0.1 }
      }
      #expect(!usable.isEmpty, "\(pattern)")
    }
  }

  @Test(
    "patterns of the benchmarks require what a person would look for",
    arguments: [
      (#"HTTP/\d(?:\.\d)?" 5\d\d\b"#, [#"HTTP/\d" 5\d\d\W"#, #"HTTP/\d.\d" 5\d\d\W"#]),
      (
        #"\bucs=(?:MISS|EXPIRED|BYPASS|STALE)\b"#,
        [#"\Wucs=BYPASS\W"#, #"\Wucs=EXPIRED\W"#, #"\Wucs=MISS\W"#, #"\Wucs=STALE\W"#]
      ),
      (#"\brt=(?:[1-9]\d*\.\d+|0\.[5-9]\d*)"#, [#"\Wrt=0.[5-9]"#, #"\Wrt=[1-9][.0-9][.0-9]"#]),
      ("could not (?:connect|open)\\b", ["could not "]),
      (#"(?<=status":)5\d\d(?=,)"#, [#"status":5\d\d,"#]),
      (#"(?<!")\bERROR\b(?!:\s+Exception in ASGI)"#, [#"\WERROR\W"#]),
      (#"KeyError: '[^']+'"#, ["KeyError: '"]),
    ])
  func benchmarkStrings(pattern: String, expected: [String]) {
    #expect(Self.found(pattern).contains(expected), "\(Self.found(pattern))")
  }
}
