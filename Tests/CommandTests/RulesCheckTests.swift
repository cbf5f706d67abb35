import Foundation
import Testing

@Suite("tidemark rules check")
struct RulesCheckTests {
  let scratch = Scratch()

  private func check(_ text: String, _ options: [String] = []) throws -> Tool.Run {
    try scratch.write("r.yaml", text)
    return try LiveTool.run(["rules", "check", "r.yaml"] + options, directory: scratch.folder)
  }

  @Test("every problem has file, line, column, its line and a caret")
  func problems() throws {
    let run = try check(
      "rules:\n  - id: a\n    match: \"(x\"\n  - id: b\n    mach: y\n  - id: c\n    match: z\n    class: eror\n"
    )
    #expect(run.status == 2)
    #expect(
      run.output == """
        r.yaml:3:15: invalid pattern: missing closing parenthesis
            match: "(x"
                      ^
        r.yaml:4:5: rule "b" would match everything: it needs match, record or fields
          - id: b
            ^
        r.yaml:5:5: unknown key "mach" in a rule; did you mean "match"?
            mach: y
            ^
        r.yaml:8:12: "eror" is not a class: expected crash, release, error, dependency, capacity, data, \
        security, warning; did you mean "error"?
            class: eror
                   ^

        """)
    #expect(run.errors == "tidemark: 4 problems in 1 file\n")
  }

  @Test("problems as JSON, one a line")
  func json() throws {
    let run = try check("rules:\n  - id: a\n    match: '(x'\n", ["--format", "json"])
    #expect(run.status == 2 && run.objects.count == 1)
    let problem = try #require(run.objects.first)
    #expect(problem["file"] as? String == "r.yaml")
    #expect(problem["line"] as? Int == 3 && problem["column"] as? Int == 15)
    #expect(problem["source"] as? String == "    match: '(x'")
  }

  @Test("what has no problem is told in one line")
  func good() throws {
    let run = try check(RulesListTests.shop)
    #expect(run.status == 0 && run.errors == "")
    #expect(run.output == "ok: 2 rules and 2 signals in 1 file\n")
    #expect(try LiveTool.run(["rules", "check", "nginx", "generic"]).status == 0)
  }

  static let hostile: [(name: String, text: String)] = [
    ("empty", ""), ("tab", "rules:\n\t- id: a\n"), ("list", "[]"), ("word", "rules"),
    ("unclosed", "rules: [ { id: a, match: 'x"), ("twice", "rules: []\nrules: []\n"),
    ("no id", "rules:\n  - match: x\n"), ("anchor", "rules: *x\n"),
    ("deep", String(repeating: "[", count: 100_000)),
    ("signal", "signals:\n  - { id: s, kind: rate, count: nosuch }\n"),
    ("escape", "rules:\n  - id: \"\\e[31mred\"\n    match: x\n"),
    ("groups", "rules:\n  - { id: a, match: '\(String(repeating: "(a)", count: 70))' }\n"),
    ("disable", "disable: [nginx.nosuch]\n"),
  ]

  @Test("mistakes of YAML and hostile texts are problems, never a crash", arguments: hostile)
  func hostileText(file: (name: String, text: String)) throws {
    let run = try check(file.text)
    #expect(run.status == 2, "\(file.name)")
    #expect(run.output.hasPrefix("r.yaml:"), "\(run.output)")
    #expect(!run.output.contains("\u{1B}"))
  }

  @Test("files that cannot be read are problems too")
  func unreadable() throws {
    try scratch.write("nul.yaml", Data([0x72, 0x00, 0x0A]))
    try scratch.write("latin.yaml", Data([0x72, 0x3A, 0xE9, 0x0A]))
    try scratch.write("large.yaml", Data(repeating: 0x23, count: 5 << 20))
    try FileManager.default.createDirectory(
      atPath: scratch.path("empty"), withIntermediateDirectories: true)
    for name in ["nul.yaml", "latin.yaml", "large.yaml", "empty", "nosuch.yaml"] {
      let run = try LiveTool.run(["rules", "check", name], directory: scratch.folder)
      #expect(run.status == 2 && run.output.hasPrefix("\(name):"), "\(name): \(run.output)")
    }
  }

  @Test("- is standard input, also a pipe that hesitates")
  func standardInput() throws {
    let run = try LiveTool.run(["rules", "check", "-"], input: RulesListTests.shop)
    #expect(run.status == 0 && run.output.hasPrefix("ok: 2 rules"))
    let slow = try shell(
      "(printf 'rules: [{ id: a, '; sleep 0.3; echo 'match: x }]') | '\(Tool.path)' rules check -")
    #expect(slow == "ok: 1 rule and 0 signals in 1 file\n")
  }
}
