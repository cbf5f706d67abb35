import Foundation
import Testing

@Suite("tidemark rules new")
struct RulesNewTests {
  let scratch = Scratch()

  private func new(_ arguments: [String], input: String? = nil) throws -> Tool.Run {
    try LiveTool.run(["rules", "new"] + arguments, input: input)
  }

  /// What is printed passes check and test as it is.
  private func expectProven(_ run: Tool.Run, _ comment: Comment) throws {
    #expect(run.status == 0, "\(run.errors)")
    let path = try scratch.write("new.yaml", run.output)
    let check = try LiveTool.run(["rules", "check", path])
    #expect(check.status == 0, "\(comment): \(check.output)")
    let test = try LiveTool.run(["rules", "test", path])
    #expect(test.status == 0, "\(comment): \(test.output)")
  }

  @Test("a rule of a pattern, with all that was said")
  func match() throws {
    let run = try new([
      "shop.declined", "--match", #"payment (?<provider>\w+) declined"#, "--sample",
      "it's payment acme declined after 31.5 ms", "--miss", "payment acme accepted", "--class",
      "dependency", "--hint", "Ask the provider's status page.", "--about", "A card: declined",
    ])
    #expect(
      run.output == #"""
        pack: shop
        rules:
          - id: shop.declined
            about: 'A card: declined'
            class: dependency
            match: 'payment (?<provider>\w+) declined'
            hint: 'Ask the provider''s status page.'
            samples:
              - line: 'it''s payment acme declined after 31.5 ms'
                captures:
                  provider: acme
            misses:
              - 'payment acme accepted'

        """#)
    try expectProven(run, "match")
  }

  static let lines = [
    "payment acme declined after 31.5 ms",
    #"2026-11-22 15:54:19,263 ERROR [shop.pay] order 1f3a9c2b8 for "Bob: 'x'" failed: /srv/x.py 31ms"#,
    #"{"time":"2026-11-22T10:00:00Z","level":"ERROR","msg":"user \"bob\" (7) not found in /tmp/x"}"#,
    #"time=2022-11-08T15:28:26Z level=WARN msg="id 7f1c2d3e-1111-2222-3333-444455556666 lost" n=5"#,
    #"203.0.113.9 - - [22/Nov/2026:14:03:00 +0000] "GET /orders/42?x=1 HTTP/1.1" 502 157"#,
    "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    g()\nValueError: bad 7",
    "2026-11-22T14:03:00.123456789Z stdout F worker3 at 0xdeadbeef [a-z]+ (b)* {2} $x^ |y| \\d",
    "tab\tand  two blanks, é 日本 ☃ \u{7F} \u{85} \u{FEFF} end\\", "- # : ' \" %YAML !!x &a *b",
    "12 34", "'", "\"", "\u{1}", "a", "((((((((((",
    "key=value; other='quoted text' \"more",
    String(repeating: "word 12 ", count: 400), String(repeating: "a", count: 20_000),
    String(repeating: "/x", count: 3_000), String(repeating: "\"a\" ", count: 500),
  ]

  @Test("a rule proposed for a line is proven, whatever the line", arguments: lines)
  func from(line: String) throws {
    try expectProven(try new(["x.y", "--from", line]), "\(line.prefix(60))")
  }

  @Test("numbers, ids, quoted texts, hex and paths become classes, words stay")
  func proposal() throws {
    let run = try new(["--from", Self.lines[1]])
    #expect(run.output.contains("- id: draft.order-for-failed\n    severity: error\n"))
    #expect(
      run.output.contains(
        #"match: 'order [0-9a-fA-F]+ for "[^"]*" failed: /[^\s,;:"''()\[\]]* \d+ms'"#))
    let piped = try new(["--from", "-"], input: Self.lines[1] + "\n")
    #expect(piped.output == run.output)
  }

  @Test("what would not pass is refused, and says why")
  func refusals() throws {
    for (arguments, words) in [
      (["x.y", "--match", "(a", "--sample", "a"], ["missing closing parenthesis", "  ^"]),
      (["x.y", "--match", "(a+)+$", "--sample", "aaa"], ["catastrophic", "(a+)+$"]),
      (["x.y", "--match", "foo", "--sample", "bar"], ["does not match its sample: bar"]),
      (["x.y", "--match", "foo", "--sample", "foo", "--miss", "a foo"], ["must miss: a foo"]),
      (["x.y", "--match", "foo", "--sample", "foo", "--class", "eror"], ["eror", "error"]),
      (["x.y", "--match", "foo", "--sample", "foo", "--severity", "high"], ["high", "critical"]),
      (["X.y", "--match", "foo", "--sample", "foo"], ["X.y", "lower-case"]),
      (
        [
          "x.y", "--match", "stdout F I1", "--sample", "2026-11-22T14:03:00.123456789Z stdout F I1",
        ],
        ["docker, CRI", ": I1"]
      ),
      (["x.y", "--match", "foo"], ["--sample"]), (["x.y"], ["--match", "--from"]), ([], ["--from"]),
      (["--match", "a", "--sample", "a"], ["no id"]), (["x.y", "--from", ""], ["no record"]),
      (["x.y", "--from", "a", "--match", "b"], ["exclude each other"]),
    ] {
      let run = try new(arguments)
      #expect(run.status == 2 && run.output == "", "\(arguments)")
      for word in words { #expect(run.errors.contains(word), "\(word) in \(run.errors)") }
    }
  }

  @Test("a pattern or line may begin with a dash; an id of a built-in rule is remarked on")
  func dash() throws {
    try expectProven(
      try new(["x.y", "--match", "-v", "--sample", "-v x", "--miss", "--long"]), "dash")
    try expectProven(try new(["x.y", "--from=--- x"]), "dashes")
    let run = try new(["generic.oom", "--match", "boom", "--sample", "boom"])
    #expect(run.status == 0 && run.errors.contains("replaces: true"))
  }
}
