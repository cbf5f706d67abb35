import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Records of several lines, read from files: L5 and L6 of the specification.
@Suite("tidemark watch: records of several lines")
struct FollowRecordTests {
  private let scratch = Scratch()
  private var log: String { scratch.path("app.log") }
  private static let release = Date(timeIntervalSince1970: 1_795_356_000)

  /// Half an hour of a calm log before the release.
  private static func calm(_ prefix: String = "", until release: Date = release) -> String {
    (1...360).map { "\((release - Double($0) * 5).ISO8601Format()) \(prefix)INFO app: ready\n" }
      .reversed().joined()
  }

  /// An exception with so many frames, raised while another one was handled.
  private static func chained(_ time: Date, frames: Int, key: String = "k") -> [String] {
    ["\(time.ISO8601Format()) ERROR app: failed", "Traceback (most recent call last):"]
      + (1...frames).flatMap {
        ["  File \"/srv/\(key)\($0).py\", line \($0), in f\($0)", "    x()"]
      }
      + [
        "KeyError: '\(key)'", "",
        "During handling of the above exception, another exception occurred:", "",
        "Traceback (most recent call last):", "  File \"/srv/last.py\", line 7, in g", "    y()",
        "ValueError: \(key)",
      ]
  }

  private func replay(_ inputs: [String], _ options: [String] = []) throws -> Tool.Run {
    try LiveTool.run(
      [
        "watch", "--no-follow", "--at", Self.release.ISO8601Format(), "--settle", "0s",
        "--timezone",
        "UTC", "--format", "json",
      ] + options + inputs)
  }

  /// A watch of the log as it grows, with a release half a minute ago.
  private func follow(
    _ release: Date, _ inputs: [String], _ options: [String] = []
  ) throws -> LiveTool {
    try LiveTool(
      [
        "watch", "--at", release.ISO8601Format(), "--settle", "0s", "--timezone", "UTC", "--format",
        "json", "--window", "1s", "--lateness", "0s", "--poll", "50ms",
      ] + options + inputs)
  }

  private static func recentRelease() -> Date {
    Date(timeIntervalSince1970: (Date().timeIntervalSince1970 - 30).rounded(.down))
  }

  @Test("L5: a traceback at the end of a file is one event with all its frames")
  func lastTraceback() throws {
    let lines = Self.chained(Self.release + 5, frames: 246)
    try scratch.write("app.log", Self.calm() + lines.map { $0 + "\n" }.joined())
    let run = try replay([log])
    #expect(lines.count == 502)
    #expect(run.lines["candidate"] == 502 && run.lines["unparsed"] == 0)
    for signal in ["errors", "python.traceback", "python.key-error", "python.builtin-error"] {
      #expect(run.events(signal) == 1, "\(signal)")
    }
  }

  @Test(
    "L5: a traceback that is the last thing written is reported while the log stays silent")
  func silentAfterwards() throws {
    let release = Self.recentRelease()
    try scratch.write("app.log", Self.calm(until: release))
    let tool = try follow(release, [log])
    defer { tool.discard() }
    #expect(tool.line { $0.contains("\"event\":\"started\"") } != nil)
    let lines = Self.chained(release + 20, frames: 20)
    // It comes in pieces that are cut anywhere, with a look of the program in between.
    let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
    let writer = LogWriter(log)
    for start in stride(from: 0, to: bytes.count, by: 97) {
      writer.write(Data(bytes[start..<min(start + 97, bytes.count)]))
      _ = tool.line(within: 0.02) { $0.contains("KeyError") }
    }
    let alert = tool.line { $0.contains("\"event\":\"alert\"") && $0.contains("python.key-error") }
    #expect(alert?.contains("/srv/k20.py") == true, "\(alert ?? "no alert")")
    #expect(alert?.contains("ValueError: k") == true)
    tool.signal(SIGINT)
    let run = tool.finish()
    #expect(run.events("python.traceback") == 1 && run.events("errors") == 1)
    #expect(run.lines["candidate"] == lines.count)
  }

  @Test("L5: tracebacks in two files do not mix")
  func twoFiles() throws {
    let release = Self.recentRelease()
    let paths = ["a.log", "b.log"].map(scratch.path)
    try scratch.write("a.log", Self.calm(until: release))
    try scratch.write("b.log", "")
    let tool = try follow(release, paths)
    defer { tool.discard() }
    #expect(tool.line { $0.contains("\"event\":\"started\"") } != nil)
    let writers = paths.map { LogWriter($0) }
    let traces = ["aa", "bb"].map { Self.chained(release + 20, frames: 12, key: $0) }
    for (a, b) in zip(traces[0], traces[1]) {
      writers[0].write(a + "\n")
      writers[1].write(b + "\n")
    }
    let alert = tool.line { $0.contains("\"event\":\"alert\"") && $0.contains("python.key-error") }
    #expect(alert != nil)
    #expect(alert?.contains("/srv/aa") != alert?.contains("/srv/bb"), "\(alert ?? "")")
    tool.signal(SIGINT)
    let run = tool.finish()
    #expect(run.events("python.traceback") == 2 && run.events("errors") == 2)
    #expect(run.events("python.key-error") == 2)
    #expect(run.lines["candidate"] == 2 * traces[0].count)
  }

  @Test("L5: a traceback that goes on behind a rotation is one event")
  func acrossRotation() throws {
    let release = Self.recentRelease()
    try scratch.write("app.log", Self.calm(until: release))
    let tool = try follow(release, [log])
    defer { tool.discard() }
    #expect(tool.line { $0.contains("\"event\":\"started\"") } != nil)
    let lines = Self.chained(release + 20, frames: 20)
    tool.whileStopped {
      scratch.append("app.log", lines[..<15].map { $0 + "\n" }.joined())
      rotate(log)
      scratch.append("app.log", lines[15...].map { $0 + "\n" }.joined())
    }
    let alert = tool.line { $0.contains("\"event\":\"alert\"") && $0.contains("python.key-error") }
    #expect(alert?.contains("/srv/k1.py") == true && alert?.contains("/srv/k20.py") == true)
    tool.signal(SIGINT)
    let run = tool.finish()
    #expect(run.events("python.traceback") == 1 && run.events("errors") == 1)
    #expect(run.lines["candidate"] == lines.count && run.lines["unparsed"] == 0)
  }

  @Test("L5: the same for a replay of the rotated files")
  func acrossRotatedFiles() throws {
    let lines = Self.chained(Self.release + 5, frames: 20).map { $0 + "\n" }
    try scratch.write("app.log.1", Self.calm() + lines[..<15].joined())
    try scratch.write("app.log", lines[15...].joined())
    let run = try replay([log])
    #expect(run.events("python.traceback") == 1 && run.events("errors") == 1)
    #expect(run.lines["candidate"] == lines.count && run.lines["unparsed"] == 0)
  }

  private static let joinedRules = """
    rules:
      - { id: joined, class: error, match: 'start y+end$' }
      - { id: other, class: error, match: 'other y+stop$' }
      - { id: mixed, class: error, match: 'start y+stop|other y+end' }

    """

  @Test("L6: the pieces of a container's long line are one line, each stream by itself")
  func containerPieces() throws {
    let rules = try scratch.write("r.yaml", Self.joinedRules)
    let long = String(repeating: "y", count: 16_000)
    let stamp = "2026-11-22T14:00:06.1Z"
    try scratch.write(
      "app.log",
      Self.calm("stdout F ")
        + "\(stamp) stdout P 2026-11-22T14:00:06Z ERROR start \(long)\n"
        + "\(stamp) stderr P 2026-11-22T14:00:06Z ERROR other \(long)\n"
        + "\(stamp) stdout P \(long)\n\(stamp) stdout P \(long.prefix(8_000))\n"
        + "\(stamp) stderr F stop\n\(stamp) stdout F end\n")
    let run = try replay([log], ["--rules", rules])
    #expect(run.events("joined") == 1 && run.events("other") == 1)
    #expect((run.events("mixed") ?? 0) == 0)
    #expect(run.lines["candidate"] == 6 && run.lines["unparsed"] == 0)
  }

  @Test("L6: Docker's pieces, which lack their line break, are one line, each stream by itself")
  func dockerPieces() throws {
    let rules = try scratch.write("r.yaml", Self.joinedRules)
    let long = String(repeating: "y", count: 16_000)
    func piece(_ text: String, _ stream: String = "stdout") -> String {
      #"{"log":"\#(text)","stream":"\#(stream)","time":"2026-11-22T14:00:06.1Z"}"# + "\n"
    }
    let before = Self.calm().split(separator: "\n").map { line in
      #"{"log":"\#(line)\n","stream":"stdout","time":"\#(line.prefix(20))"}"# + "\n"
    }
    try scratch.write(
      "app.log",
      before.joined() + piece("2026-11-22T14:00:06Z ERROR start " + long)
        + piece("2026-11-22T14:00:06Z ERROR other " + long, "stderr") + piece(long)
        + piece("stop\\n", "stderr") + piece(long.prefix(8_000) + "end\\n"))
    let run = try replay([log], ["--rules", rules])
    #expect(run.events("joined") == 1 && run.events("other") == 1)
    #expect((run.events("mixed") ?? 0) == 0)
    #expect(run.lines["candidate"] == 5 && run.lines["unparsed"] == 0)
  }

  @Test("L6: pieces that a rotation separates are one line")
  func piecesAcrossRotation() throws {
    let release = Self.recentRelease()
    let rules = try scratch.write("r.yaml", Self.joinedRules)
    try scratch.write("app.log", Self.calm("stdout F ", until: release))
    let tool = try follow(
      release, [log], ["--rules", rules, "--rules", "python", "--rules", "generic"])
    defer { tool.discard() }
    #expect(tool.line { $0.contains("\"event\":\"started\"") } != nil)
    let stamp = (release + 20).ISO8601Format()
    let long = String(repeating: "y", count: 16_000)
    scratch.append("app.log", "\(stamp) stdout P \(stamp) ERROR start \(long)\n")
    rotate(log)
    scratch.append("app.log", "\(stamp) stdout P \(long)\n\(stamp) stdout F end\n")
    // An exception behind them is reported when it was read, and so were they.
    let trace = Self.chained(release + 21, frames: 2)
    scratch.append("app.log", trace.map { "\(stamp) stdout F \($0)\n" }.joined())
    let alert = tool.line { $0.contains("\"event\":\"alert\"") && $0.contains("python.key-error") }
    #expect(alert != nil)
    tool.signal(SIGINT)
    let run = tool.finish()
    #expect(run.events("joined") == 1, "\(run.verdict)")
  }
}

extension Tool.Run {
  /// How often a signal was seen after the release; nil where it never was.
  fileprivate func events(_ signal: String) -> Int? {
    let signals = verdict["signals"] as? [[String: Any]] ?? []
    let found = signals.first { $0["signal"] as? String == signal }
    return (found?["candidate"] as? [String: Any])?["count"] as? Int
  }
}
