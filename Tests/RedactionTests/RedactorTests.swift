import Foundation
import Testing

@testable import Redaction

@Suite("Redaction rules")
struct RedactorTests {
  @Test("every built-in sample is redacted as marked, and every innocent line is kept")
  func samples() {
    for rule in BuiltInSecrets.file.rules {
      #expect(throws: Never.self) {
        try Redactor.builtIn.prove(rule, file: BuiltInSecrets.fileName)
      }
    }
    #expect(BuiltInSecrets.file.rules.count >= 25)
  }

  @Test("a user's file adds a rule, replaces one and switches one off")
  func extended() throws {
    let text = """
      off email
      harmless letmein
      [employee]
      anchor EMP-
      then \\d{6}
      sample who is «EMP-123456» now
      [jwt]
      anchor jot:
      then \\w+
      sample «jot:abc»
      """
    let redactor = try Redactor(files: [("mine.redact", text)])
    #expect(redactor.redact("EMP-123456 joe@example.org") == "[redacted:employee] joe@example.org")
    #expect(
      redactor.redact("password=letmein password=x")
        == "password=letmein password=[redacted:password]")
    #expect(
      redactor.redact("jot:x eyJhbGciOiJI.eyJhbGciOiJI.x")
        == "[redacted:jwt] eyJhbGciOiJI.eyJhbGciOiJI.x")
  }

  @Test(
    "a mistake in a file is told with its place",
    arguments: [
      ("[a]\nanchor x\nthen (\nsample «x»", 3, 6, "not closed"),
      ("[a]\nanchor x\nthen a{3,1}\nsample «x»", 3, 12, "no more than"),
      ("[a]\nanchor x\nthen {what}\nsample «x»", 3, 7, "not defined"),
      ("[a]\nsample «x»", 1, 1, "no anchor"),
      ("[a]\nanchor x\nsample x", 3, 8, "between"),
      ("[a]\nanchor x\nsample «y»", 3, 1, "becomes"),
      ("[a]\nanchor x\nsample «x»\ninnocent xy x", 4, 1, "innocent"),
      ("wrong x", 1, 1, "expected"),
      ("[a]\nanchor x\ncheck sum\nsample «x»", 3, 7, "luhn"),
      ("off nobody", 1, 1, "no rule"),
    ])
  func mistakes(text: String, line: Int, column: Int, part: String) throws {
    let problem = try #require(throws: RedactionProblem.self) {
      try Redactor(files: [("mine", text)])
    }
    #expect(problem.line == line && problem.column == column, "\(problem)")
    #expect(problem.message.contains(part), "\(problem)")
  }

  @Test("nesting without end is refused, not overflowed")
  func nesting() {
    let text = "[a]\nanchor x\nthen " + String(repeating: "(", count: 100_000) + "\nsample «x»"
    #expect(throws: RedactionProblem.self) { try Redactor(files: [("mine", text)]) }
  }

  @Test("no redactor shows everything")
  func off() {
    #expect(Redactor.none.redact("password=hunter2") == "password=hunter2")
  }

  @Test(
    "what only looks like a secret stays",
    arguments: [
      "token=null password=\"\" secret: none api_key=********",
      "commit 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567 trace_id=4bf92f3577b34da6a3ce929d0e0e4736",
      "GET /static/js/main.4f2c9a1b.js 200 1795362513233",
      "java.lang.IllegalStateException: Bean@4f2410ac at com.shop.Cart.add(Cart.java:41)",
      "order 550e8400-e29b-41d4-a716-446655440000 took 31.5 ms",
      "listening on http://127.0.0.1:8080/ and tcp://10.0.0.1:5432",
    ])
  func innocent(line: String) {
    #expect(Redactor.builtIn.redact(line) == line)
  }
}
