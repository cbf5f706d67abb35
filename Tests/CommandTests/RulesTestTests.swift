import Foundation
import Testing

@Suite("tidemark rules test")
struct RulesTestTests {
  let scratch = Scratch()

  private func test(_ text: String, _ options: [String] = []) throws -> Tool.Run {
    try scratch.write("r.yaml", text)
    return try LiveTool.run(["rules", "test", "r.yaml"] + options, directory: scratch.folder)
  }

  @Test("all built-in packs pass")
  func builtIn() throws {
    let run = try Tool.run(["rules", "test"])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.hasPrefix("ok: ") && run.output.hasSuffix(" misses\n"))
  }

  @Test("samples, misses, captures and rules that share a sample are found")
  func findings() throws {
    let run = try test(
      #"""
      rules:
        - { id: none, match: nothing here }
        - id: a
          match: 'took (?<took>\d+)'
          samples: [other, { line: took 5, captures: { took: 6 } }]
          misses: [took 8]
        - { id: b, match: took 5, samples: [{ line: took 5, also: [a] }] }
      """#)
    #expect(run.status == 1)
    #expect(
      run.output == #"""
        r.yaml:2: rule none: it has no sample
        r.yaml:5: rule a: it does not match its sample: other
        r.yaml:5: rule a: the sample's capture took is "5", not "6": took 5
        r.yaml:5: rule a: its sample also matches b, which `also` does not say: took 5
        r.yaml:6: rule a: it matches a line that it must miss: took 8

        """#)
    #expect(run.errors == "tidemark: failed: 2 of 3 rules, 3 samples, 1 miss; 5 findings\n")
  }

  static let catastrophes = [
    ("(a+)+$", "aaa"), ("(x+x+)+y", "xxy"), (#"user=(\w+\s?)+;"#, "login user=bob smith; ok"),
    (#""(?:[^"\\]|\\.|[^"])*" end"#, #"say "hello" end"#), (#"^(\d+|\d\d)*#$"#, "12345#"),
    (#"(?:foo|foofoo)+bar"#, "foofoobar"), (#"^(?:[a-z]+\.?)+@x"#, "mail.from.me@x"),
    (#"GET (/\w*)*(/\w*)*\?$"#, "GET /a/b?"), ("^( *a* *)*z", "a a z"),
  ]

  @Test("a pattern that a hostile line makes run away is refused by name", arguments: catastrophes)
  func isRefused(pattern: String, sample: String) throws {
    let quoted = [pattern, sample].map { $0.replacingOccurrences(of: "'", with: "''") }
    let text =
      "rules:\n  - { id: calm, match: calm, samples: [calm] }\n"
      + "  - id: bad\n    match: '\(quoted[0])'\n    samples: ['\(quoted[1])']\n"
    let run = try test(text)
    #expect(run.status == 1, "\(pattern)")
    #expect(run.output.hasPrefix("r.yaml:3: rule bad: its pattern is catastrophic: match limit"))
    #expect(run.output.contains(pattern) && !run.output.contains("calm"))
    #expect(try test(text).output == run.output, "the same on every run")
  }

  static let harmless = [
    (#"^(?:[\w.-]+ )?error: .*$"#, "app.x error: y"), (#""[^"]*" \d{3} (?:\d+|-)"#, #""a" 200 -"#),
    (#"(?i)\b(?:time(?:d ?)?out)\b.{0,40}?\bafter \d"#, "timed out x after 5"),
    (#"(a++)+$"#, "aaa"), (#"\s+$"#, "x  "),
  ]

  @Test("patterns that are only long or slow are not refused", arguments: harmless)
  func isNotRefused(pattern: String, sample: String) throws {
    let run = try test("rules:\n  - { id: a, match: '\(pattern)', samples: ['\(sample)'] }\n")
    #expect(run.status == 0, "\(run.output)")
  }

  @Test("--costs is a table with the worst rule first, and no reason to fail")
  func costs() throws {
    let text =
      "rules:\n  - { id: long-name, match: abc, samples: [abc] }\n"
      + "  - { id: r, record: request, samples: ['127.0.0.1:5 - \"GET /ok HTTP/1.1\" 200'] }\n"
    let run = try test(text, ["--costs"])
    #expect(run.status == 0)
    let rows = run.output.split(separator: "\n")
    #expect(rows.count == 3)
    #expect(rows.first?.split(separator: " ").first == "rule")
    let fields = try #require(rows.dropFirst().first).split(separator: " ")
    #expect(fields[0] == "long-name")
    #expect((Int(fields[1]) ?? 0) > 0 && (Int(fields[2]) ?? 0) > 0)
    let json = try test(text, ["--costs", "--format", "json"])
    #expect(json.objects.count == 2)
    #expect((json.objects[0]["worstNanoseconds"] as? Double ?? 0) > 0)
    #expect(json.objects[1]["ok"] as? Bool == true)
    #expect(json.objects[1]["worstNanoseconds"] == nil)
  }

  @Test("JSON has one object a rule, with what was found")
  func json() throws {
    let run = try test(
      "rules:\n  - { id: a, match: '(a+)+$', samples: [b] }\n", ["--format", "json"])
    #expect(run.status == 1 && run.objects.count == 1)
    #expect(run.objects[0]["ok"] as? Bool == false)
    let findings = try #require(run.objects[0]["findings"] as? [[String: Any]])
    #expect(findings.map { $0["kind"] as? String } == ["sample", "limit"])
  }

  @Test("rules that do not compile are a mistake, not a failed test")
  func mistake() throws {
    let run = try test("rules:\n  - { id: a, match: '(' }\n")
    #expect(run.status == 2 && run.output == "")
    #expect(run.errors.contains("r.yaml:2:"))
    #expect(try LiveTool.run(["rules", "test", "/nonexistent.yaml"]).status == 2)
  }
}
