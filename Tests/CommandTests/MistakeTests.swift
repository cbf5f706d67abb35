import Foundation
import Testing

/// A wrong call, and the words that its message has to hold.
struct WrongCall: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let words: [String]

  init(_ arguments: String..., names words: [String]) {
    self.arguments = arguments
    self.words = words
  }

  var testDescription: String { arguments.joined(separator: " ") }
}

@Suite("mistakes of the user")
struct MistakeTests {
  static let wrongCalls = [
    WrongCall("--bogus", names: ["--bogus"]),
    WrongCall("watch", "--bogus", "x.log", names: ["--bogus"]),
    WrongCall("count", "--rulez", "x.yaml", "x.log", names: ["--rulez", "--rules"]),
    WrongCall("wacth", "x.log", names: ["wacth", "watch"]),
    WrongCall("watch", "--at", "yesterday", "x.log", names: ["--at", "yesterday", "-15m"]),
    WrongCall(
      "watch", "--at", "2026-13-01T00:00:00Z", "x.log",
      names: ["--at", "2026-13-01T00:00:00Z", "-15m"]),
    WrongCall("watch", "--window", "5", "x.log", names: ["--window", "5", "10s"]),
    WrongCall("watch", "--window", "0s", "x.log", names: ["--window", "0s", "10s"]),
    WrongCall("watch", "--window", "-5s", "x.log", names: ["--window", "-5s", "10s"]),
    WrongCall("watch", "--for", "soon", "x.log", names: ["--for", "soon", "30m"]),
    WrongCall("watch", "--for", "10s", "x.log", names: ["--for", "10s", "--settle", "30m"]),
    WrongCall("watch", "--settle", "1y", "x.log", names: ["--settle", "1y", "30s"]),
    WrongCall("watch", "--lateness", "x", "x.log", names: ["--lateness", "x", "10s"]),
    WrongCall("watch", "--baseline-span", "x", "x.log", names: ["--baseline-span", "x", "24h"]),
    WrongCall("watch", "--poll", "x", "x.log", names: ["--poll", "x", "500ms"]),
    WrongCall("watch", "--alpha", "x", "x.log", names: ["--alpha", "x", "0.01"]),
    WrongCall("watch", "--alpha", "2", "x.log", names: ["--alpha", "2", "0.01"]),
    WrongCall("watch", "--alpha", "nan", "x.log", names: ["--alpha", "nan", "0.01"]),
    WrongCall("watch", "--min-effect", "0.5", "x.log", names: ["--min-effect", "0.5", "1.25"]),
    WrongCall("watch", "--healthy-ratio", "1", "x.log", names: ["--healthy-ratio", "1", "2"]),
    WrongCall("watch", "--healthy-floor", "3", "x.log", names: ["--healthy-floor", "3", "%"]),
    WrongCall("watch", "--exclude", "a..b", "x.log", names: ["--exclude", "a..b", ".."]),
    WrongCall(
      "watch", "--no-follow", "--exclude", "2026-11-22T14:00:00Z..2026-11-22T13:00:00Z", "x.log",
      names: ["--exclude", "2026-11-22T14:00:00Z..2026-11-22T13:00:00Z"]),
    WrongCall(
      "watch", "--timezone", "Nowhere/City", "x.log",
      names: ["--timezone", "Nowhere/City", "Europe/Berlin"]),
    WrongCall("count", "--max-line", "5XB", "x.log", names: ["--max-line", "5XB", "1MiB"]),
    WrongCall("count", "--max-line", "0", "x.log", names: ["--max-line", "0", "1MiB"]),
    WrongCall("count", "--format", "xml", "x.log", names: ["--format", "xml", "json"]),
    WrongCall("doctor", "--alpha", "2", "x.log", names: ["--alpha", "2", "0.01"]),
    WrongCall("doctor", "--window", "0s", "x.log", names: ["--window", "0s", "10s"]),
    WrongCall("doctor", "--at", "yesterday", "x.log", names: ["--at", "yesterday", "-15m"]),
    WrongCall("doctor", "--for", "10s", "x.log", names: ["--for", "10s", "--settle", "30m"]),
    WrongCall("doctor", "--format", "xml", "x.log", names: ["--format", "xml", "json"]),
    WrongCall("watch", "--undecided", "maybe", "x.log", names: ["--undecided", "maybe", "pass"]),
    WrongCall("watch", "--baseline", "nosuch", "x.log", names: ["--baseline", "nosuch", "before"]),
  ]

  @Test("a wrong value names the option, the value and an example", arguments: wrongCalls)
  func wrongValue(call: WrongCall) throws {
    let run = try LiveTool.run(call.arguments)
    #expect(run.status == 2, "\(run.errors)")
    #expect(run.output == "", "what is wrong is no data")
    for word in call.words { #expect(run.errors.contains(word), "\(word) in: \(run.errors)") }
  }

  private static let century = "100000d"
  static let longSpans = [
    ["--window", century], ["--window", century, "--settle", century], ["--settle", century],
    ["--lateness", century, "--window", century],
    ["--window", century, "--for", century, "--settle", "0s"],
    ["--window", century, "--baseline-span", century], ["--at", "-" + century],
    ["--at", "1677-09-22T00:00:00Z", "--window", century],
    ["--window", "1ms"], ["--baseline-span", century],
  ]

  @Test(
    "no span, however long or short, crashes or fills the memory", arguments: longSpans,
    ["--no-follow", "--for=1ms"])
  func longSpan(options: [String], end: String) throws {
    let scratch = Scratch()
    let log = try scratch.write(
      "app.log",
      "1901-01-01T00:00:00Z ERROR old\n2026-11-21T14:00:01Z ERROR boom\n"
        + "2026-11-22T13:59:00Z ERROR boom\n")
    let at = options.contains("--at") ? [] : ["--at", "2026-11-22T14:00:00Z"]
    let settle = options.contains("--settle") ? [] : ["--settle", "0s"]
    let run = try LiveTool.run(["watch", log, end] + at + settle + options)
    #expect(run.isCalm, "status \(run.status) \(run.errors.prefix(200))")
    #expect([2, 3, 4].contains(run.status), "status \(run.status)")
  }

  /// A rule file that is wrong: its text, where, and the words of the message.
  struct WrongRules: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let place: String
    let words: [String]
  }

  static let wrongRules = [
    WrongRules(
      testDescription: "broken YAML", text: "pack: mine\nrules:\n  - { id: a, match: [\n",
      place: ":4:", words: []),
    WrongRules(
      testDescription: "an unknown key",
      text: "pack: mine\nrules:\n  - id: a\n    macth: boom\n", place: ":4:5:",
      words: ["macth", "\"match\""]),
    WrongRules(
      testDescription: "a pattern that is no PCRE2",
      text: "pack: mine\nrules:\n  - id: a\n    match: 'boom('\n", place: ":4:",
      words: ["boom(", "^"]),
    WrongRules(
      testDescription: "a rule without an id", text: "pack: mine\nrules:\n  - match: boom\n",
      place: ":3:5:", words: ["id"]),
  ]

  @Test("a wrong rule file is shown with file, line and column", arguments: wrongRules)
  func wrongRuleFile(rules: WrongRules) throws {
    let scratch = Scratch()
    let file = try scratch.write("mine.yaml", rules.text)
    let log = try scratch.write("app.log", "boom\n")
    for command in [["count"], ["watch", "--no-follow"]] {
      let run = try LiveTool.run(command + ["--rules", file, log])
      #expect(run.status == 2)
      #expect(run.output == "")
      #expect(run.errors.contains(file + rules.place), "\(run.errors)")
      for word in rules.words { #expect(run.errors.contains(word), "\(run.errors)") }
    }
  }

  @Test("rules that are missing are named, and the built-in packs with them")
  func missingRules() throws {
    let run = try LiveTool.run(["count", "--rules", "/nonexistent/mine.yaml", "x.log"])
    #expect(run.status == 2)
    #expect(run.errors.contains("/nonexistent/mine.yaml") && run.errors.contains("nginx"))
    let name = try LiveTool.run(["count", "--rules", "ngnix", "x.log"])
    #expect(name.status == 2)
    #expect(name.errors.contains("ngnix") && name.errors.contains("nginx"))
    let binary = Scratch()
    let file = try binary.write("mine.yaml", Data([0xFF, 0x00, 0xFE, 0x01]))
    let garbage = try LiveTool.run(["count", "--rules", file, "x.log"])
    #expect(garbage.status == 2)
    #expect(garbage.errors.contains(file))
  }

  @Test(
    "no input is a mistake when standard input is /dev/null",
    arguments: ["watch", "count", "doctor"])
  func noInput(command: String) throws {
    let run = try LiveTool.run([command])
    #expect(run.status == 2)
    #expect(run.errors.contains("no input"))
    #expect(run.errors.contains("tidemark \(command)"), "the example is of this command")
  }

  @Test(
    "no input is a mistake when standard input is closed", arguments: ["watch", "count", "doctor"])
  func closedInput(command: String) throws {
    let run = try LiveTool.run([command], redirection: "<&-")
    #expect(run.status == 2)
    #expect(run.errors.contains("no input"))
  }

  @Test("a named standard input that is closed is an input that cannot be read")
  func closedDash() throws {
    let run = try LiveTool.run(["count", "-"], redirection: "<&-")
    #expect(run.status == 4)
    #expect(!run.errors.isEmpty)
  }

  @Test(
    "help and version are answers on standard output",
    arguments: [
      ["--help"], ["--version"], ["watch", "--help"], ["count", "--help"], ["demo", "--help"],
      ["help", "watch"],
    ])
  func answers(arguments: [String]) throws {
    let run = try LiveTool.run(arguments)
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(!run.output.isEmpty)
  }

  @Test("the help of a command names every option of its contract")
  func help() throws {
    let text = try LiveTool.run(["watch", "--help"]).output
    for option in [
      "--at", "--release", "--baseline", "--baseline-span", "--settle", "--for", "--until-decided",
      "--no-follow", "--lateness", "--fail-fast", "--window", "--alpha", "--min-effect",
      "--healthy-ratio", "--healthy-floor", "--healthy-independent-errors", "--fail-on-new",
      "--exclude", "--rules", "--owner", "--expect", "--rollback", "--service", "--env", "--format",
      "--undecided", "--timezone", "--max-line", "--color",
    ] { #expect(text.contains(option + " ") || text.contains(option + "\n"), "\(option)") }
  }

  @Test("help that is read in part ends quietly")
  func helpThroughHead() throws {
    let status = try shell("('\(Tool.path)' watch --help; echo $? >&2) 2>&1 >/dev/full")
    #expect(status.split(separator: "\n").last == "2", "a full disk is an error")
    let quiet = try shell("{ '\(Tool.path)' watch --help; echo $? >&3; } 3>&1 | true")
    #expect(!quiet.contains("tidemark:"))
  }
}
