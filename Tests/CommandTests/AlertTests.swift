import FaultLibrary
import Foundation
import Testing

@Suite("tidemark watch --alert, and tidemark alert")
struct AlertTests {
  /// A service that logs a few errors for two hours, more for twelve minutes after the release, then a few;
  /// each carries a secret.
  private struct Setting {
    let scratch = Scratch()

    init() throws {
      func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      var text = ""
      for second in stride(from: 0, to: 16_200, by: 2) {
        let time =
          "2026-11-22 \(12 + second / 3_600):\(digits(second / 60 % 60)):\(digits(second % 60))"
        let isBad = second > 7_260 && second < 8_000
        text +=
          second % (isBad ? 2 : 6) == 0
          ? "\(time) ERROR [shop] ::set-output name=a::<b> password=hunter2 \u{1B}[2J\n"
          : "\(time) INFO [shop] login done\n"
      }
      try scratch.write("app.log", text)
    }

    func hook(_ script: String) throws -> String {
      // A shell makes the file: what this process has open for writing is so for a moment in every child
      // that another test starts, and then it is busy and cannot be run.
      let text = try scratch.write("hook.txt", "#!/bin/sh\n\(script)\n")
      let path = scratch.path("hook")
      _ = try shell("cat '\(text)' > '\(path)' && chmod 755 '\(path)'")
      return path
    }

    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Tool.Run {
      try Tool.run(
        arguments, directory: scratch.folder,
        environment: ["TIDEMARK_STATE": scratch.path("state.db")].merging(environment) { $1 })
    }

    func watch(
      _ arguments: [String], environment: [String: String] = [:]
    ) throws -> Tool.Run {
      try run(
        ["watch", "--no-follow", "--at", "2026-11-22T14:00:00Z", "--service", "shop"] + arguments
          + ["app.log"], environment: environment)
    }

    func text(_ name: String) -> String {
      (try? String(contentsOfFile: scratch.path(name), encoding: .utf8)) ?? ""
    }
  }

  @Test("a regression that recovers is one trigger and one resolve at each sink")
  func delivered() throws {
    let setting = try Setting()
    let hook = try setting.hook("cat >> \(setting.scratch.path("got"))")
    let run = try setting.watch([
      "--alert", "file:\(setting.scratch.path("alerts.json"))", "--alert", "exec:\(hook)",
    ])
    #expect(run.errors.isEmpty, "\(run.errors)")
    for name in ["alerts.json", "got"] {
      let lines = setting.text(name).split(separator: "\n")
      #expect(lines.count == 2, "\(lines)")
      #expect(lines.first?.contains("\"state\":\"firing\"") == true)
      #expect(lines.last?.contains("\"state\":\"resolved\"") == true)
      #expect(!setting.text(name).contains("hunter2"))
    }
    let list = try setting.run(["alert", "list"])
    #expect(list.output.split(separator: "\n").count == 4)
    #expect(list.output.split(separator: "\n").allSatisfy { $0.contains("\tdelivered\t") })
    let json = try setting.run(["alert", "list", "--format", "json"])
    #expect(json.objects.count == 4 && json.objects.allSatisfy { $0["tries"] as? Int == 1 })
  }

  @Test("a literal secret is refused with status 2, and not repeated")
  func literal() throws {
    let setting = try Setting()
    for sink in ["slack:https://hooks.slack.com/services/s3cr3t", "pagerduty:s3cr3t", "s3cr3t"] {
      let run = try setting.watch(["--alert", sink])
      #expect(run.status == 2)
      #expect(run.errors.contains("expected"))
      #expect(!run.errors.contains("s3cr3t"), "\(run.errors)")
    }
  }

  @Test("what a sink refuses is a dead letter that retry sends again")
  func dead() throws {
    let setting = try Setting()
    let hook = setting.scratch.path("hook")
    let run = try setting.watch(["--alert", "exec:\(hook)"])
    #expect(run.errors.contains("did not reach exec:\(hook)"), "\(run.errors)")
    let list = try setting.run(["alert", "list"])
    #expect(list.output.contains("\tdead\texec:"), "\(list.output)")
    let early = try setting.run(["alert", "retry"])
    #expect(early.status == 1 && early.output.hasPrefix("0 of 2 "), "\(early.output)")
    _ = try setting.hook("cat >> \(setting.scratch.path("got"))")
    let retry = try setting.run(["alert", "retry"])
    #expect(retry.status == 0, "\(retry.errors)")
    #expect(retry.output == "2 of 2 messages have arrived\n")
    #expect(setting.text("got").contains("verdict.regression"))
    #expect(try setting.run(["alert", "retry", "77"]).status == 2)
  }

  @Test("killed while a message is sent, the next run sends it again")
  func killed() throws {
    let setting = try Setting()
    let once = setting.scratch.path("once")
    let hook = try setting.hook(
      "[ -e \(once) ] || { : > \(once); kill -9 $PPID; exit 1; }; cat >> "
        + setting.scratch.path("got"))
    #expect(try setting.watch(["--alert", "exec:\(hook)"]).status == -9)
    let list = try setting.run(["alert", "list"])
    #expect(list.output.contains("\twaiting\t"), "\(list.output)")
    let again = try setting.watch(["--alert", "exec:\(hook)"])
    #expect(again.errors.isEmpty, "\(again.errors)")
    let states = setting.text("got").split(separator: "\n").map { $0.contains("\"firing\"") }
    #expect(states.first == true && states.last == false, "\(states)")
    #expect(try !setting.run(["alert", "list"]).output.contains("\twaiting\t"))
  }

  @Test(
    "killed at any write of the outbox, the next run brings what waits, triggers before resolves",
    arguments: ["die", "tear"])
  func killedAnywhere(mode: String) throws {
    var call = mode == "die" ? 1 : 4
    while true {
      let setting = try Setting()
      let sinks = ["alerts.json", "other.json"].map(setting.scratch.path)
      let options = sinks.flatMap { ["--alert", "file:\($0)"] }
      let count = setting.scratch.path("count")
      var environment = try FaultLibrary.environment(matching: "/state.db", count: count)
      environment["FAULT_MODE"] = mode
      environment["FAULT_AT"] = String(call)
      let first = try setting.watch(options, environment: environment)
      let again = try setting.watch(options)
      #expect(again.status == 0 || again.status == 3, "\(mode) at \(call): \(again.errors)")
      for sink in ["alerts.json", "other.json"] {
        let lines = setting.text(sink).split(separator: "\n").map(String.init)
        let states = lines.map { $0.contains("\"state\":\"firing\"") }
        #expect(states.first == true && states.last == false, "\(mode) at \(call): \(states)")
      }
      let left = try setting.run(["alert", "list"]).output
      #expect(!left.contains("\twaiting\t") && !left.contains("\tdead\t"), "\(left)")
      let calls = try String(contentsOfFile: count, encoding: .utf8)
      if call > Int(calls.trimmingCharacters(in: .newlines)) ?? 0 {
        #expect(first.status == again.status && call > 20, "nothing was at fault at \(call)")
        return
      }
      #expect(first.status == 137, "\(mode) at \(call): \(first.status)")
      call += ProcessInfo.processInfo.environment["TIDEMARK_SOAK"] == nil ? 11 : 1
    }
  }

  @Test("GitHub gets one command a line, and a summary")
  func gitHub() throws {
    let setting = try Setting()
    let summary = setting.scratch.path("summary.md")
    let run = try setting.watch(
      ["--alert", "github"], environment: ["GITHUB_STEP_SUMMARY": summary])
    let commands = run.output.split(separator: "\n").filter { $0.hasPrefix("::") }
    #expect(commands.count == 2, "\(commands)")
    #expect(commands.first?.hasPrefix("::error title=Regression%3A shop release::") == true)
    #expect(commands.last?.hasPrefix("::notice ") == true)
    #expect(setting.text("summary.md").contains("### Regression: shop release"))
    #expect(!setting.text("summary.md").contains("<b>hunter"))
    let json = try setting.watch(["--alert", "github", "--format", "json"])
    #expect(json.output.split(separator: "\n").allSatisfy { $0.hasPrefix("{") })
    #expect(json.errors.contains("::error title="))
  }

  @Test("alert test sends a marked message, and says what came of it")
  func test() throws {
    let setting = try Setting()
    let sent = try setting.run(["alert", "test", "file:\(setting.scratch.path("t.json"))"])
    #expect(sent.status == 0 && sent.output.contains("was taken"))
    #expect(setting.text("t.json").contains("\"type\":\"verdict.test\""))
    let unset = try setting.run(["alert", "test", "slack:env:NO_SUCH_HOOK"])
    #expect(unset.status == 2 && unset.errors.contains("env:NO_SUCH_HOOK"))
    let nobody = try setting.run(
      ["alert", "test", "slack:env:HOOK"], environment: ["HOOK": "http://127.0.0.1:9/s3cr3t"])
    #expect(nobody.status == 1, "\(nobody.errors)")
    #expect(!nobody.errors.contains("s3cr3t") && nobody.errors.contains("slack:env:HOOK"))
  }

  @Test("--metrics leaves a file that a collector reads")
  func metrics() throws {
    let setting = try Setting()
    _ = try setting.watch(["--metrics", setting.scratch.path("m.prom")])
    let text = setting.text("m.prom")
    #expect(text.contains("# TYPE tidemark_lines_total counter\n"))
    #expect(text.contains("tidemark_lines_total{service=\"shop\",source=\"app.log\"} 8100\n"))
    #expect(
      text.contains("tidemark_source_coverage_ratio{service=\"shop\",source=\"app.log\"} 1\n"))
    #expect(
      text.contains("tidemark_verdict{service=\"shop\",release=\"release\",signal=\"errors\""))
    let wrong = try setting.watch(["--serve", "nowhere"])
    #expect(wrong.status == 2 && wrong.errors.contains("127.0.0.1:9900"), "\(wrong.errors)")
  }
}
