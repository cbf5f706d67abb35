import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Small windows, so that seconds of log are enough. The lateness lets lines be written a minute
/// late or early: the tests write them all at once, on a machine that may be slow.
private let quick = [
  "--window", "1s", "--lateness", "60s", "--settle", "0s", "--poll", "50ms", "--timezone", "UTC",
]
/// The same for watches that the clock carries on.
private let prompt = quick + ["--lateness", "0s"]

/// A log of half an hour up to a release some seconds ago.
private struct Service {
  let scratch = Scratch()
  let release: Date
  var log: AccessLog
  let path: String
  var at: String { release.ISO8601Format() }

  init(seed: UInt64, perSecond: Int = 4, seconds: Double = 1_800) throws {
    release = Date(timeIntervalSince1970: (Date().timeIntervalSince1970 - 40).rounded(.down))
    log = AccessLog(seed: seed)
    path = scratch.path("access.log")
    try scratch.write(
      "access.log", log.lines(from: release - seconds, to: release, perSecond: perSecond))
  }

  /// Requests after the release, some seconds of them from a given one on.
  mutating func lines(_ seconds: Range<Int>, failing: Double) -> String {
    log.lines(
      from: release + Double(seconds.lowerBound), to: release + Double(seconds.upperBound),
      perSecond: 4, failing: failing)
  }
}

private func isFiring(_ line: String) -> Bool {
  line.contains("\"state\":\"firing\"") && line.contains("http.5xx")
}

private func isStarted(_ line: String) -> Bool { line.contains("\"event\":\"started\"") }

@Suite("tidemark watch: following", .serialized)
struct LiveTests {
  @Test("a growing file: the alert is printed while the program runs")
  func growingFile() throws {
    var service = try Service(seed: 1)
    let tool = try LiveTool(
      ["watch", service.path, "--at", service.at, "--format", "json"] + quick)
    defer { tool.discard() }
    #expect(tool.line(where: isStarted) != nil)
    try append(service.lines(0..<3, failing: 0), to: service.path)
    try append(service.lines(3..<95, failing: 0.6), to: service.path)
    #expect(tool.line(where: isFiring) != nil, "an alert")
    #expect(tool.isRunning)
    tool.signal(SIGINT)
    let run = tool.finish()
    #expect(run.status == 130)
    #expect(run.verdict["verdict"] as? String == "regressed")
    #expect(run.lines["baseline"] == 7_200 && run.lines["candidate"] == 380)
    #expect(run.lines["unparsed"] == 0)
  }

  @Test("a pipe that is held open: the alert comes as text, with its evidence")
  func heldPipe() throws {
    var service = try Service(seed: 2)
    let tool = try LiveTool(["watch", "-", "--at", service.at] + quick, isFed: true)
    defer { tool.discard() }
    tool.send(service.log.lines(from: service.release - 1_800, to: service.release, perSecond: 4))
    tool.send(service.lines(0..<95, failing: 0.6))
    let firing = tool.line { $0.contains("FIRING") && $0.contains("http.5xx") }
    #expect(firing != nil)
    #expect(tool.isRunning)
    tool.endInput()
    let run = tool.finish()
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("REGRESSED"))
  }

  @Test("a replay through a pipe: old times, and the alert comes before the end of the input")
  func replayThroughPipe() throws {
    var log = AccessLog(seed: 3)
    let release = Date(timeIntervalSince1970: 1_700_000_000)
    let tool = try LiveTool(
      ["watch", "-", "--at", release.ISO8601Format(), "--format", "json"] + quick, isFed: true)
    defer { tool.discard() }
    tool.send(log.lines(from: release - 7_200, to: release))
    var second = 0.0
    // A piece, then a look for the alert; no more pieces than half an hour of log.
    while second < 1_800, tool.line(within: 0.01, where: isFiring) == nil {
      tool.send(log.lines(from: release + second, to: release + second + 30, failing: 0.3))
      second += 30
    }
    #expect(tool.line(where: isFiring) != nil)
    #expect(tool.isRunning)
    tool.endInput()
    let run = tool.finish()
    #expect(run.status == 1)
    #expect(run.lines["baseline"] == 7_200 && run.lines["candidate"] == Int(second))
  }

  @Test("a baseline that comes in pieces through a pipe is waited for until the release")
  func slowBaseline() throws {
    var log = AccessLog(seed: 14)
    let release = Date(timeIntervalSince1970: 1_700_000_000)
    let tool = try LiveTool(
      ["watch", "-", "--at", release.ISO8601Format(), "--format", "json"] + quick, isFed: true)
    defer { tool.discard() }
    for piece in 0..<24 {
      let start = release - 7_200 + Double(piece) * 300
      tool.send(log.lines(from: start, to: start + 300))
      #expect(tool.line(within: 0.02, where: isStarted) == nil, "after piece \(piece)")
    }
    tool.send(log.lines(from: release, to: release + 120))
    let started = try #require(tool.line(where: isStarted))
    #expect(started.contains("\"lines\":7200"), "\(started)")
  }

  @Test("--fail-fast ends at the first alert, while the input goes on", arguments: [true, false])
  func failFast(isPipe: Bool) throws {
    var service = try Service(seed: 4)
    let tool = try LiveTool(
      ["watch", isPipe ? "-" : service.path, "--at", service.at, "--fail-fast"] + quick,
      isFed: isPipe)
    defer { tool.discard() }
    let bad = service.lines(0..<95, failing: 0.6)
    if isPipe {
      tool.send(service.log.lines(from: service.release - 1_800, to: service.release, perSecond: 4))
      tool.send(bad)
    } else {
      try append(bad, to: service.path)
    }
    let run = tool.finish()
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("FIRING") && run.output.contains("REGRESSED"))
  }

  @Test("a file that is moved away while it is followed loses no line")
  func moved() throws {
    var service = try Service(seed: 5)
    let tool = try LiveTool(
      ["watch", service.path, "--at", service.at, "--format", "json"] + quick)
    defer { tool.discard() }
    #expect(tool.line(where: isStarted) != nil)
    let old = service.path + ".1"
    for step in 0..<4 {
      try append(service.lines(step * 5..<step * 5 + 3, failing: 0), to: service.path)
      // As `mv` does with files that are there: the older one goes up by one.
      if step > 0 { try FileManager.default.moveItem(atPath: old, toPath: old + "\(step)") }
      try FileManager.default.moveItem(atPath: service.path, toPath: old)
      // The writer still has the old file, and ends there what it began.
      try append(service.lines(step * 5 + 3..<step * 5 + 5, failing: 0), to: old)
      try service.scratch.write(
        "access.log", service.lines(step * 5 + 4..<step * 5 + 5, failing: 0))
      #expect(tool.diagnostic { $0.contains("rotated") } != nil)
    }
    try append(service.lines(0..<95, failing: 0.7), to: service.path)
    #expect(tool.line(where: isFiring) != nil)
    tool.signal(SIGTERM)
    let run = tool.finish()
    #expect(run.status == 143)
    #expect(run.lines["baseline"] == 7_200)
    #expect(run.lines["candidate"] == 4 * 4 * 6 + 95 * 4, "\(run.lines)")
    #expect(run.lines["unparsed"] == 0 && run.lines["outside"] == 0)
  }

  @Test("a file that is truncated while it is followed is read again from its start")
  func truncated() throws {
    var service = try Service(seed: 6)
    let tool = try LiveTool(
      ["watch", service.path, "--at", service.at, "--format", "json"] + quick)
    defer { tool.discard() }
    #expect(tool.line(where: isStarted) != nil)
    try append(service.lines(0..<95, failing: 0.6), to: service.path)
    #expect(tool.line(where: isFiring) != nil, "all lines before the truncation are read")
    let handle = try #require(FileHandle(forWritingAtPath: service.path))
    try handle.truncate(atOffset: 0)
    try handle.close()
    #expect(tool.diagnostic { $0.contains("truncated") } != nil)
    let boom =
      (service.release + 36).ISO8601Format() + " ERROR app: failed\n"
      + "Traceback (most recent call last):\n  File \"/srv/a.py\", line 1, in f\n    x()\n"
      + "KeyError: 'k'\n"
    try append(boom + service.lines(91..<101, failing: 0), to: service.path)
    #expect(tool.line { $0.contains("KeyError") } != nil, "the lines after it are read")
    tool.signal(SIGINT)
    let run = tool.finish()
    #expect(run.status == 130)
    #expect(run.lines["baseline"] == 7_200 && run.lines["candidate"] == 105 * 4 + 5, "\(run.lines)")
  }

  @Test("a file that appears later is waited for and read whole", arguments: ["named", "folder"])
  func appearing(kind: String) throws {
    var service = try Service(seed: 7)
    let other = service.scratch.path("later.log")
    let inputs = kind == "named" ? [service.path, other] : [service.scratch.folder]
    let tool = try LiveTool(
      ["watch", "--at", service.at, "--format", "json"] + quick + inputs)
    defer { tool.discard() }
    let isWatching =
      kind == "named"
      ? tool.diagnostic { $0.contains("waiting for it") } : tool.line(where: isStarted)
    #expect(isWatching != nil)
    // Written elsewhere and moved in whole, so that an alert says that all of it was read.
    let elsewhere = Scratch()
    let whole = try elsewhere.write(
      "later.log",
      service.log.lines(from: service.release - 600, to: service.release)
        + service.lines(0..<95, failing: 0.6))
    try FileManager.default.moveItem(atPath: whole, toPath: other)
    #expect(tool.diagnostic { $0.contains("later.log") && $0.contains("appeared") } != nil)
    #expect(tool.line(where: isFiring) != nil)
    tool.signal(SIGINT)
    let run = tool.finish()
    #expect(run.allLines == 7_200 + 600 + 95 * 4, "\(run.lines)")
    #expect(run.lines["unparsed"] == 0)
    // The first log says nothing more; the one that came is read.
    let blindness = try #require(run.verdict["blindness"] as? [String])
    #expect(!blindness.contains { $0.contains("later.log") })
  }

  @Test("a file that is taken away and does not come back is blindness")
  func takenAway() throws {
    var service = try Service(seed: 17)
    let tool = try LiveTool(
      ["watch", service.path, "--at", service.at, "--format", "json"] + quick)
    defer { tool.discard() }
    #expect(tool.line(where: isStarted) != nil)
    try append(service.lines(0..<3, failing: 0), to: service.path)
    try FileManager.default.removeItem(atPath: service.path)
    #expect(tool.diagnostic { $0.contains("not there") } != nil)
    tool.signal(SIGINT)
    let blindness = try #require(tool.finish().verdict["blindness"] as? [String])
    #expect(blindness.contains { $0.contains("the file is gone") })
  }

  @Test("a named file that never comes is blindness at the end")
  func neverComes() throws {
    let scratch = Scratch()
    let run = try LiveTool.run(
      ["watch", scratch.path("never.log"), "--at", "now", "--for", "1s"] + prompt)
    #expect(run.status == 4, "\(run.output)")
    #expect(run.output.contains("never.log"))
  }

  @Test(
    "a signal ends the watch with the verdict so far", arguments: [SIGINT, SIGTERM],
    ["text", "json"])
  func signalled(number: Int32, format: String) throws {
    var service = try Service(seed: 8)
    try append(service.lines(0..<95, failing: 0.6), to: service.path)
    let tool = try LiveTool(
      ["watch", service.path, "--at", service.at, "--format", format] + quick)
    defer { tool.discard() }
    #expect(tool.line { $0.contains("FIRING") || isFiring($0) } != nil)
    tool.signal(number)
    let run = tool.finish()
    #expect(run.status == 128 + number)
    #expect(run.output.contains(format == "json" ? "\"event\":\"verdict\"" : "REGRESSED"))
    #expect(run.output.hasSuffix("\n"))
  }

  @Test("a signal ends a watch of a silent pipe", arguments: [SIGINT, SIGTERM])
  func signalledPipe(number: Int32) throws {
    let tool = try LiveTool(
      ["watch", "-", "--at", "2026-11-22T14:00:00Z", "--format", "json"] + quick, isFed: true)
    defer { tool.discard() }
    tool.send("2026-11-22T13:59:00Z INFO ready\n2026-11-22T14:00:30Z INFO ready\n")
    #expect(tool.line(where: isStarted) != nil)
    tool.signal(number)
    let run = tool.finish()
    #expect(run.status == 128 + number)
    #expect(run.lines["baseline"] == 1 && run.lines["candidate"] == 1)
  }

  @Test("a signal ends a replay that waits for a pipe", arguments: [SIGINT, SIGTERM])
  func signalledReplay(number: Int32) throws {
    // The handlers stand once the second input, which is missing, was complained about.
    let tool = try LiveTool(
      ["watch", "-", "/nonexistent/x.log", "--no-follow", "--at", "2026-11-22T14:00:00Z"],
      isFed: true)
    defer { tool.discard() }
    tool.send("2026-11-22T13:59:00Z INFO ready\n2026-11-22T14:00:30Z INFO ready\n")
    #expect(tool.diagnostic { $0.contains("/nonexistent/x.log") } != nil)
    tool.signal(number)
    let run = tool.finish(within: 10)
    #expect(run.status == 128 + number)
    #expect(run.output.contains("release of") || run.output.contains("BLIND"))
  }

  @Test("a signal ends a count that waits for a pipe", arguments: [SIGINT, SIGTERM])
  func signalledCount(number: Int32) throws {
    let tool = try LiveTool(["count", "/nonexistent/x.log", "-"], isFed: true)
    defer { tool.discard() }
    tool.send("one\ntwo\n")
    #expect(tool.diagnostic { $0.contains("/nonexistent/x.log") } != nil)
    tool.signal(number)
    // A program that dies of the signal has the status 128 + number in a shell, too.
    #expect([-number, 128 + number].contains(tool.finish(within: 10).status))
  }

  @Test("--for ends by the clock when the log is silent, and silence is blindness")
  func forByTheClock() throws {
    let service = try Service(seed: 9, perSecond: 20, seconds: 600)
    // The log stopped some seconds before this release.
    let run = try LiveTool.run(
      ["watch", service.path, "--at", service.at, "--for", "43s"] + prompt)
    #expect(run.status == 4, "\(run.output)")
    #expect(run.output.contains("no line for"))
  }

  @Test("--for ends by the clock when there is no log at all, and stdin stays open")
  func forByTheClockAlone() throws {
    let tool = try LiveTool(["watch", "-", "--at", "now", "--for", "1s"] + prompt, isFed: true)
    defer { tool.discard() }
    let run = tool.finish()
    #expect(run.status == 4, "\(run.output)")
  }

  @Test("--for ends by event time when a line from behind the end comes")
  func forByEventTime() throws {
    var log = AccessLog(seed: 11)
    let past = Date(timeIntervalSince1970: 1_700_000_000)
    let tool = try LiveTool(
      ["watch", "-", "--at", past.ISO8601Format(), "--for", "60s", "--format", "json"] + prompt,
      isFed: true)
    defer { tool.discard() }
    tool.send(log.lines(from: past - 600, to: past + 30))
    #expect(tool.line(where: isStarted) != nil)
    tool.send(log.lines(from: past + 30, to: past + 90))
    let ended = tool.finish()
    #expect([0, 3].contains(ended.status), "\(ended.status): it ends although the pipe is open")
    #expect(ended.lines["candidate"] == 60)
  }

  @Test("lines without a time that come through a pipe take the time of their arrival")
  func unstampedPipe() throws {
    let release = Date(timeIntervalSinceNow: 2)
    let tool = try LiveTool(
      ["watch", "-", "--at", release.ISO8601Format(.init(includingFractionalSeconds: true))]
        + ["--format", "json"] + prompt, isFed: true)
    defer { tool.discard() }
    func request(_ status: String) -> String {
      "INFO:     10.0.0.1:4711 - \"GET /api/orders HTTP/1.1\" \(status)\n"
    }
    var sent = 0
    let deadline = Date(timeIntervalSinceNow: LiveTool.deadlineSeconds)
    repeat {
      tool.send(String(repeating: request("200 OK"), count: 20))
      sent += 20
      _ = tool.line(within: 0.05, where: isFiring)
    } while Date() < release
    let failure = request("500 Internal Server Error")
    repeat {
      tool.send(String(repeating: failure, count: 5))
      sent += 5
    } while tool.line(within: 0.05, where: isFiring) == nil && Date() < deadline
    #expect(tool.line(within: 0.01, where: isFiring) != nil)
    #expect(tool.isRunning)
    tool.endInput()
    let run = tool.finish()
    #expect(run.status == 1)
    #expect(run.allLines == sent && run.lines["unparsed"] == 0, "\(run.lines), sent \(sent)")
  }

  @Test(
    "a file without times is refused with the remedy",
    arguments: [["--no-follow"], ["--for", "1s"]])
  func unstampedFile(options: [String]) throws {
    let scratch = Scratch()
    let log = try scratch.write(
      "app.log",
      String(
        repeating: "INFO:     10.0.0.1:4711 - \"GET / HTTP/1.1\" 200 OK\n", count: 500))
    let run = try LiveTool.run(["watch", log, "--at", "now"] + prompt + options)
    #expect(run.status == 4)
    #expect(run.output.contains("kubectl logs --timestamps"))
    #expect(run.output.contains("journald"))
  }

  @Test("a file without times beside one with times is refused too: half is not judged")
  func unstampedBesideStamped() throws {
    var service = try Service(seed: 12)
    try append(service.lines(0..<30, failing: 0), to: service.path)
    let app = try service.scratch.write(
      "app.out",
      String(
        repeating: "INFO:     10.0.0.1:4711 - \"GET / HTTP/1.1\" 500 Oops\n", count: 500))
    let run = try LiveTool.run(
      ["watch", "--no-follow", "--at", service.at, service.path, app] + quick)
    #expect(run.status == 4, "\(run.output)")
    #expect(run.output.contains("app.out"), "the input is named")
  }

  @Test("an interrupted watch ends with the verdict that a replay of its log gives")
  func liveAndReplay() throws {
    var service = try Service(seed: 13)
    // Nothing from the future: a replay leaves that out.
    try append(service.lines(0..<39, failing: 0.5), to: service.path)
    let tool = try LiveTool(
      ["watch", service.path, "--at", service.at, "--format", "json"] + prompt)
    defer { tool.discard() }
    #expect(tool.line(where: isFiring) != nil)
    tool.signal(SIGINT)
    let live = tool.finish()
    let replay = try LiveTool.run(
      [
        "watch", "--no-follow", service.path, "--at", service.at, "--format",
        "json",
      ]
        + quick)
    #expect(live.status == 130 && replay.status == 1)
    let signals = [live, replay].map { run in
      (run.verdict["signals"] as? [[String: Any]] ?? []).map { signal in
        let candidate = signal["candidate"] as? [String: Any]
        return "\(signal["signal"] ?? "") \(signal["state"] ?? "") \(candidate?["count"] ?? "")"
      }
    }
    #expect(signals[0] == signals[1])
    #expect(live.lines == replay.lines)
  }

  @Test(
    "sixty failures in a hundred are seen in windows that hold one request", arguments: 1...4)
  func sparse(seed: UInt64) throws {
    let scratch = Scratch()
    var log = AccessLog(seed: seed)
    let release = Date(timeIntervalSince1970: 1_763_800_000)
    let path = try scratch.write(
      "access.log",
      log.lines(from: release - 7_200, to: release)
        + log.lines(from: release, to: release + 300, failing: 0.6))
    let run = try LiveTool.run(
      ["watch", "--no-follow", path, "--at", release.ISO8601Format(), "--format", "json"] + quick)
    #expect(run.status == 1, "\(run.verdict["signals"] ?? "")")
  }
}
