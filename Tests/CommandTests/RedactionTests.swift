import Foundation
import Testing

@Suite("Secrets in what a watch shows")
struct WatchRedactionTests {
  /// Two hours of a quiet log, then errors that carry secrets.
  private static let log: String = {
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var text = ""
    for second in stride(from: 0, to: 9_000, by: 2) {
      let time =
        "2026-11-22 \(12 + second / 3_600):\(digits(second / 60 % 60)):\(digits(second % 60))"
      text +=
        second > 7_300 && second % 6 == 0
        ? "\(time) ERROR [shop] login joe@example.org password=hunter2 EMP-123456\n"
        : "\(time) INFO [shop] login done\n"
    }
    return text
  }()

  private static func watch(_ arguments: [String]) throws -> Tool.Run {
    let scratch = Scratch()
    _ = try scratch.write("app.log", log)
    _ = try scratch.write(
      "mine", "off email\n[employee]\nanchor EMP-\nthen \\d{6}\nsample «EMP-123456»\n")
    _ = try scratch.write("wrong", "[employee]\nanchor EMP-\nthen \\d{6\nsample «EMP-123456»\n")
    return try Tool.run(
      ["watch", "--no-follow", "--at", "2026-11-22T14:00:00Z"] + arguments + ["app.log"],
      directory: scratch.folder)
  }

  @Test("text and JSON show the kind of a secret, not the secret", arguments: ["text", "json"])
  func redacted(format: String) throws {
    let run = try Self.watch(["--format", format])
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("login [redacted:email] password=[redacted:password] EMP-123456"))
    #expect(!run.output.contains("hunter2") && !run.output.contains("joe@"))
  }

  @Test("--redact adds rules and switches built-in ones off")
  func extended() throws {
    let run = try Self.watch(["--redact", "mine"])
    #expect(
      run.output.contains("login joe@example.org password=[redacted:password] [redacted:employee]"))
  }

  @Test("compare and summary redact as a watch does", arguments: ["compare", "summary"])
  func others(command: String) throws {
    let scratch = Scratch()
    let lines = Self.log.split(separator: "\n")
    let before = lines.prefix(3_600).joined(separator: "\n") + "\n"
    let after = lines.dropFirst(3_600).joined(separator: "\n") + "\n"
    try scratch.write(
      "mine", "off email\n[employee]\nanchor EMP-\nthen \\d{6}\nsample «EMP-123456»\n")
    var arguments = ["compare", "--a", scratch.path("a.log"), "--b", scratch.path("b.log")]
    try scratch.write("a.log", before)
    try scratch.write("b.log", after)
    if command == "summary" {
      arguments = ["summary", "--always", "--job", "j", "--state", scratch.path("st.db")]
      arguments.append(scratch.path("a.log"))
      _ = try Tool.run(arguments)
      try scratch.write("a.log", before + after)
      try FileManager.default.copyItem(atPath: scratch.path("st.db"), toPath: scratch.path("old"))
    }
    func output(_ options: [String]) throws -> String {
      if command == "summary" {
        _ = try shell("cp '\(scratch.path("old"))' '\(scratch.path("st.db"))'")
      }
      let run = try Tool.run(arguments + options)
      #expect(run.status != 2, "\(run.errors)")
      return run.output
    }
    #expect(
      try output([]).contains("login [redacted:email] password=[redacted:password] EMP-123456"))
    #expect(
      try output(["--redact", scratch.path("mine")])
        .contains("login joe@example.org password=[redacted:password] [redacted:employee]"))
    #expect(
      try output(["--no-redact"]).contains("login joe@example.org password=hunter2 EMP-123456"))
  }

  @Test("--no-redact shows lines as they are")
  func off() throws {
    let run = try Self.watch(["--no-redact"])
    #expect(run.output.contains("login joe@example.org password=hunter2 EMP-123456"))
  }

  @Test("a mistake in a file of rules ends with 2 and names its place")
  func mistake() throws {
    let wrong = try Self.watch(["--redact", "wrong"])
    #expect(wrong.status == 2 && wrong.errors.contains("wrong:3:"), "\(wrong.errors)")
    let missing = try Self.watch(["--redact", "nowhere"])
    #expect(missing.status == 2 && missing.errors.contains("nowhere"), "\(missing.errors)")
    #expect(try Self.watch(["--redact", "mine", "--no-redact"]).status == 2)
  }
}
