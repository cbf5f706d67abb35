import Foundation
import Testing

@Suite("tidemark watch: verdict and status")
struct VerdictTests {
  @Test("a bad release ends with 1 and names what got worse, worst first")
  func bad() throws {
    let run = try Shop.watch(Shop.paths(Shop.bad))
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("REGRESSED"))
    #expect(run.output.contains("▲ postgres.undefined-column"))
    #expect(run.output.contains("the same failure raised http.5xx"))
    #expect(run.output.contains("nginx-access.log:"))
    #expect(run.output.contains("postgres.undefined-column"))
  }

  @Test("a good release ends with 0")
  func good() throws {
    let run = try Shop.watch(Shop.paths(Shop.good))
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("HEALTHY"))
    #expect(!run.output.contains("FIRING"))
  }

  @Test(
    "a log that ends a minute after the release is undecided",
    arguments: ["status", "pass", "fail"])
  func undecided(mode: String) throws {
    let run = try Tool.run(
      [
        "watch", "--no-follow", "--at", "2026-11-22T14:19:00Z", "--timezone", "UTC",
        "--undecided", mode,
      ] + Shop.paths(Shop.good))
    #expect(run.status == ["status": 3, "pass": 0, "fail": 1][mode])
    #expect(run.output.contains("UNDECIDED"))
  }

  @Test("a named file that is missing is blindness, unless something regressed")
  func missing() throws {
    let healthy = try Shop.watch(Shop.paths(Shop.good) + ["/nonexistent/app.log"])
    #expect(healthy.status == 4)
    #expect(healthy.output.contains("/nonexistent/app.log"))
    let regressed = try Shop.watch(Shop.paths(Shop.bad) + ["/nonexistent/app.log"])
    #expect(regressed.status == 1)
  }

  @Test(
    "input that holds nothing that parses is blindness",
    arguments: [
      "", "no time here\nnor here\n", "INFO:     127.0.0.1:1 - \"GET / HTTP/1.1\" 200 OK\n",
    ])
  func nothingParses(text: String) throws {
    let scratch = Scratch()
    let run = try Shop.watch([try scratch.write("app.log", text)])
    #expect(run.status == 4)
    #expect(run.output.contains("BLIND"))
  }

  @Test("a log that went silent is blindness")
  func silent() throws {
    let run = try Tool.run(
      [
        "watch", "--no-follow", "--at", Shop.release, "--timezone", "UTC", "--for", "40m",
      ] + Shop.paths(Shop.good))
    #expect(run.status == 4, "\(run.output)")
    #expect(run.output.contains("no line for"))
    #expect(run.output.contains("FIRING  lines"))
  }
  @Test("a required signal that can no longer be seen is blindness, and says what to do")
  func durationLost() throws {
    let scratch = Scratch()
    let release = 1_795_356_000
    var text = ""
    for second in -7_200..<1_200 {
      let time = Date(timeIntervalSince1970: Double(release + second)).ISO8601Format()
      let duration = second < 0 ? ",\"duration_ms\":\(20 + second.magnitude % 17)" : ""
      text +=
        "{\"time\":\"\(time)\",\"level\":\"info\",\"msg\":\"request\",\"method\":\"GET\","
        + "\"path\":\"/a\",\"status\":200\(duration)}\n"
    }
    let log = try scratch.write("app.log", text)
    let at = Date(timeIntervalSince1970: Double(release)).ISO8601Format()
    let run = try Tool.run(["watch", "--no-follow", "--at", at, "--timezone", "UTC", log])
    #expect(run.status == 4, "\(run.output)")
    #expect(run.output.contains("put the duration back into the access log"))
  }

  @Test("--fail-fast ends at the first alert")
  func failFast() throws {
    let run = try Shop.watch(Shop.paths(Shop.bad), ["--fail-fast", "--format", "json"])
    #expect(run.status == 1)
    let firing = run.objects.filter { $0["event"] as? String == "alert" }
      .filter { $0["state"] as? String == "firing" }
    let times = Set(firing.compactMap { $0["at"] as? String })
    #expect(times.count == 1)
  }

  @Test("owner, expectation and rollback note stand with every alert")
  func people() throws {
    let run = try Shop.watch(
      Shop.paths(Shop.bad),
      ["--owner", "Ada", "--expect", "coupons work", "--rollback", "deploy v1", "--release", "v2"])
    let alerts = run.output.components(separatedBy: "FIRING").count - 1
    #expect(alerts > 0)
    #expect(run.output.components(separatedBy: "rollback: deploy v1").count - 1 >= alerts)
    #expect(run.output.contains("owner: Ada") && run.output.contains("expected: coupons work"))
    #expect(run.output.contains("release v2 of 2026-11-22T14:00:00Z"))
  }
}
