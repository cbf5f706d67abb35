import Foundation
import Testing

@Suite("tidemark release")
struct ReleaseTests {
  private let scratch = Scratch()

  private func release(_ arguments: String...) throws -> Tool.Run {
    try Tool.run(["release"] + arguments + ["--state", scratch.path("st.db")])
  }

  private func watch(_ folder: String, _ options: [String] = []) throws -> Tool.Run {
    try Tool.run(
      ["watch", "--no-follow", "--timezone", "UTC", "--state", scratch.path("st.db")] + options
        + Shop.paths(folder))
  }

  @Test("a release is started, listed, shown and ended")
  func ledger() throws {
    let start = try release(
      "start", "v1.4.2", "--at", Shop.release, "--owner", "ann", "--expect", "faster search")
    #expect(start.status == 0 && start.errors == "")
    #expect(start.output == "release v1.4.2 started at 2026-11-22T14:00:00Z\n")
    #expect(try release("start", "v1.4.3", "--at", "2026-11-22T15:00:00Z").status == 0)
    #expect(
      try release("list").output
        == "v1.4.3\t2026-11-22T15:00:00Z\topen\t-\nv1.4.2\t2026-11-22T14:00:00Z\topen\tann\n")
    let end = try release("end", "v1.4.2", "--outcome", "rolled-back")
    #expect(end.status == 0 && end.output == "release v1.4.2 ended: rolled-back\n")
    let shown = try release("show", "v1.4.2", "--format", "json")
    let object = try #require(shown.objects.first)
    #expect(object["state"] as? String == "rolled-back" && object["owner"] as? String == "ann")
    #expect((object["watches"] as? [Any])?.isEmpty == true)
  }

  @Test("a name that is taken, unknown or ended is a mistake that says so")
  func mistakes() throws {
    #expect(try release("start", "v1.4.2").status == 0)
    let again = try release("start", "v1.4.2")
    #expect(again.status == 2 && again.errors.contains("the ledger has one of this name"))
    let unknown = try release("end", "v1.4.3", "--outcome", "kept")
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean \"v1.4.2\""))
    #expect(try release("end", "v1.4.2", "--outcome", "kept").status == 0)
    let ended = try release("end", "v1.4.2", "--outcome", "rolled-back")
    #expect(ended.status == 2 && ended.errors.contains("it was ended before, kept"))
    #expect(try release("end", "v1.4.2", "--outcome", "fine").status == 2)
    #expect(try release("start", "a\tb").status == 2)
    #expect(try release("silence", "errors", "--for", "2h").errors.contains("--reason"))
    #expect(try release("silence", "errors", "--end").status == 2)
  }

  @Test(
    "a watch takes its release from the ledger, says so everywhere, and leaves its verdict there")
  func watched() throws {
    _ = try release(
      "start", "v1.4.2", "--at", Shop.release, "--owner", "ann", "--expect", "faster search",
      "--rollback", "deploy v1.4.1")
    let run = try watch(Shop.bad, ["--format", "json", "--owner", "bob"])
    #expect(run.status == 1)
    #expect(run.errors.contains("release v1.4.2 of the ledger"))
    let spoken = run.objects.filter { $0["event"] as? String != "started" }
    #expect(spoken.count > 2)
    for object in spoken {
      #expect(object["release"] as? String == "v1.4.2")
      #expect(object["owner"] as? String == "bob", "a flag beats the ledger")
      #expect(object["expect"] as? String == "faster search")
      #expect(object["rollback"] as? String == "deploy v1.4.1")
    }
    let shown = try release("show", "v1.4.2")
    #expect(shown.output.contains("  regressed: ") && shown.output.contains("http.5xx"))
    let text = try watch(Shop.good, ["--release", "v1.4.2"])
    #expect(text.status == 0 && text.errors == "")
    #expect(text.output.contains("rollback: deploy v1.4.1") && text.output.contains("owner: ann"))
  }

  @Test("without an open release there is nothing to take over")
  func nothingOpen() throws {
    _ = try release("start", "v1", "--at", "2026-11-21T14:00:00Z", "--owner", "ann")
    _ = try release("end", "v1", "--outcome", "kept")
    let run = try watch(Shop.good, ["--format", "json", "--at", Shop.release])
    #expect(run.errors == "" && run.verdict["release"] as? String == "release")
    #expect(run.verdict["owner"] is NSNull)
  }

  @Test("what is silenced is listed and marked, and does not fail the gate")
  func silenced() throws {
    let at = ["--at", Shop.release, "--format", "json"]
    let loud = try watch(Shop.bad, at)
    #expect(loud.status == 1)
    let signals = (loud.verdict["signals"] as? [[String: Any]] ?? [])
      .filter { $0["state"] as? String == "regressed" }.compactMap { $0["signal"] as? String }
    #expect(!signals.isEmpty)
    for signal in signals.dropLast() {
      #expect(try release("silence", signal, "--for", "2h", "--reason", "known").status == 0)
    }
    #expect(try watch(Shop.bad, at).status == 1, "one regression is left")
    let last = try #require(signals.last)
    #expect(try release("silence", last, "--for", "2h", "--reason", "known").status == 0)
    let quiet = try watch(Shop.bad, at)
    #expect(quiet.status == 3, "nothing seen is never healthy: what is needed for it is silenced")
    #expect(quiet.verdict["verdict"] as? String == "undecided")
    let firing = quiet.objects.filter { $0["state"] as? String == "firing" }
    #expect(!firing.isEmpty)
    for alert in firing {
      #expect((alert["silenced"] as? [String: Any])?["reason"] as? String == "known")
    }
    let text = try watch(Shop.bad, ["--at", Shop.release, "--fail-fast"])
    #expect(text.status == 3 && text.output.contains("silenced until"))
    #expect(try release("silence", "--list").output.split(separator: "\n").count == signals.count)
    #expect(try release("silence", last, "--end").status == 0)
    #expect(try watch(Shop.bad, at).status == 1)
  }

  @Test("a ledger that cannot be read stops a watch that needs it, and no other")
  func unreadable() throws {
    try scratch.write("st.db", Data(count: 20_000))
    let named = try watch(Shop.good, ["--at", Shop.release])
    #expect(named.status == 2 && named.errors.contains("ledger"))
    let environment = ["TIDEMARK_STATE": scratch.path("st.db")]
    let other = try Tool.run(
      ["watch", "--no-follow", "--at", Shop.release, "--timezone", "UTC"] + Shop.paths(Shop.good),
      environment: environment)
    #expect(other.status == 0 && other.errors.contains("left out"))
    let needing = try Tool.run(
      ["watch", "--no-follow"] + Shop.paths(Shop.good), environment: environment)
    #expect(needing.status == 2)
  }
}
