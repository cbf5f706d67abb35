import Foundation
import Testing

/// What `doctor` has to find in a log that a real program wrote.
struct DiagnosedLog: Sendable, CustomTestStringConvertible {
  let name: String
  let status: Int32
  let format: String
  let missing: [String]
  /// The program whose line is printed first, and a part of that line.
  let program: String?
  let line: String

  init(
    _ name: String, _ format: String, status: Int32 = 0, missing: [String] = [],
    program: String? = nil, line: String = ""
  ) {
    self.name = name
    self.format = format
    self.status = status
    self.missing = missing
    self.program = program
    self.line = line
  }

  var testDescription: String { name }
}

@Suite("tidemark doctor")
struct DoctorTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("RecordsTests/Fixtures/real").path

  private static func run(_ inputs: [String], _ options: [String] = [], input: Data? = nil) throws
    -> Tool.Run
  {
    try Tool.run(["doctor", "--timezone", "UTC"] + options + inputs, input: input)
  }

  private static func report(_ inputs: [String], _ options: [String] = []) throws -> (
    status: Int32, report: [String: Any]
  ) {
    let run = try run(inputs, options + ["--format", "json"])
    return (run.status, try #require(run.objects.first, "\(run.errors)"))
  }

  private static let ofRequests = ["latency", "cache status", "database calls", "database time"]
  private static let logs = [
    DiagnosedLog(
      "gunicorn-error.log", "gunicorn-error", missing: ["requests"], program: "gunicorn"),
    DiagnosedLog(
      "gunicorn-uvicornworker-access.log", "gunicorn-uvicornworker-access", status: 4,
      missing: ["time"] + ofRequests, program: "uvicorn", line: "kubectl logs --timestamps"),
    DiagnosedLog(
      "gunicorn-worker-timeout-access.log", "combined", missing: ofRequests, program: "gunicorn",
      line: "rt=%(L)s"),
    DiagnosedLog(
      "gunicorn-worker-timeout-error.log", "gunicorn-error", missing: ["requests"],
      program: "gunicorn", line: "--access-logformat"),
    DiagnosedLog("java.log", "unknown"),
    DiagnosedLog(
      "kernel.log", "kernel-dmesg", status: 4, missing: ["time"], program: "the kernel",
      line: "journalctl -k"),
    DiagnosedLog(
      "nginx-access.log", "combined", missing: ofRequests, program: "nginx",
      line: "rt=$request_time urt=$upstream_response_time ucs=$upstream_cache_status"),
    DiagnosedLog("nginx-error.log", "nginx-error"),
    DiagnosedLog(
      "nginx-full.log", "nginx-timed", missing: ["database calls", "database time"],
      program: "the service itself", line: "db_calls="),
    DiagnosedLog(
      "node.log", "unknown", status: 4, missing: ["time"], program: "whatever writes it"),
    DiagnosedLog("postgres.csv", "postgres-csv"),
    DiagnosedLog(
      "postgres.json", "json-generic", missing: ["database time"], program: "PostgreSQL",
      line: "log_line_prefix"),
    DiagnosedLog("postgres.log", "postgres-stderr"),
    DiagnosedLog(
      "python-exceptions.log", "unknown", status: 4, missing: ["time"],
      program: "whatever writes it"),
    DiagnosedLog("python-logformats.log", "json-generic"),
    DiagnosedLog("redis.log", "redis"),
    DiagnosedLog(
      "uvicorn-access.log", "uvicorn-access", status: 4, missing: ["time"] + ofRequests,
      program: "uvicorn"),
    DiagnosedLog(
      "uvicorn-error.log", "uvicorn-default", status: 4, missing: ["time"], program: "uvicorn"),
  ]

  @Test("it says what a real program's log lacks and prints the line to add", arguments: logs)
  func real(log: DiagnosedLog) throws {
    let (status, report) = try Self.report([Self.folder + "/" + log.name])
    #expect(status == log.status)
    let input = try #require((report["inputs"] as? [[String: Any]])?.first)
    let formats = try #require(input["formats"] as? [String: Int])
    #expect(formats.max { $0.value < $1.value }?.key == log.format)
    #expect(input["missing"] as? [String] == log.missing)
    let remedies = try #require(input["remedies"] as? [[String: Any]])
    #expect(remedies.first?["program"] as? String == log.program)
    let lines = remedies.first?["lines"] as? [String] ?? []
    #expect(lines.isEmpty == (log.program == nil))
    if !log.line.isEmpty { #expect(lines.contains { $0.contains(log.line) }, "\(lines)") }
    let times = try #require(input["times"] as? [String: Any])
    let parts = ["own", "inherited", "none"].compactMap { times[$0] as? Int }
    #expect(parts.reduce(0, +) == input["lines"] as? Int, "every line is one of the three")
  }

  @Test("every fixture of a real log has its expectation")
  func complete() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
    #expect(Set(names.filter { !$0.hasSuffix(".md") }) == Set(Self.logs.map(\.name)))
  }

  @Test("the line printed for nginx is read when nginx has written it")
  func lineIsRead() throws {
    let scratch = Scratch()
    let log = try scratch.write(
      "access.log",
      "10.0.0.1 - - [22/Nov/2026:14:00:00 +0000] \"GET /a HTTP/1.1\" 200 5 \"-\" \"curl\" rt=0.012 "
        + "urt=0.011 ucs=HIT\n")
    let (status, report) = try Self.report([log])
    #expect(status == 0)
    let input = try #require((report["inputs"] as? [[String: Any]])?.first)
    #expect(input["missing"] as? [String] == ["database calls", "database time"])
  }

  @Test("an input that cannot be watched ends with 4 and says why")
  func unusable() throws {
    let scratch = Scratch()
    let empty = try scratch.write("empty.log", "")
    let packed = try scratch.write(
      "packed.log", Data([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 1, 2, 3, 4, 5, 6]))
    let timeless = try scratch.write("plain.log", "no time here\nnor here\n")
    for (path, word) in [
      ("/nonexistent/app.log", "no such file"), (empty, "empty"), (packed, "xz"),
      (timeless, "carries a time"),
    ] {
      let run = try Self.run([path])
      #expect(run.status == 4, "\(path): \(run.output)\(run.errors)")
      #expect(run.output.contains("unusable") && run.output.contains(word), "\(run.output)")
    }
    let binary = try scratch.write(
      "noise.bin", Data((0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 167) }))
    #expect(try Self.run([binary]).status == 4)
  }

  @Test("rotated siblings are counted with their scheme, and one that cannot be unpacked is named")
  func rotated() throws {
    let scratch = Scratch()
    var log = AccessLog(seed: 3)
    let start = Date(timeIntervalSince1970: 1_795_350_000)
    try scratch.write("access.log", log.lines(from: start, to: start + 600))
    try scratch.write("access.log.1", log.lines(from: start - 600, to: start))
    try scratch.write("access.log.2", log.lines(from: start - 1_200, to: start - 600))
    _ = try shell("gzip access.log.2", directory: scratch.folder)
    try scratch.write("access.log.3.zst", Data([0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0]))
    let run = try Self.run([scratch.path("access.log")])
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("2 rotated files, numbered: access.log.2.gz … access.log.1"))
    #expect(run.output.contains("gzip and plain"))
    #expect(run.output.contains("1,800 lines"))
    #expect(run.output.contains("access.log.3.zst"))
  }

  @Test("standard input is diagnosed too, and without times it can still be followed")
  func pipe() throws {
    let run = try Self.run(
      ["-"], input: Data("INFO:     127.0.0.1:1 - \"GET / HTTP/1.1\" 200 OK\n".utf8))
    #expect(run.status == 0)
    #expect(run.output.contains("takes the time at which its lines arrive"))
  }

  @Test("restarts and changes of version are offered as release moments, the newest for --at")
  func marks() throws {
    let scratch = Scratch()
    func line(_ second: Int, _ version: String, _ text: String = "order taken") -> String {
      let clock = second < 10 ? "0\(second)" : "\(second)"
      return
        #"{"time":"2026-11-30T10:\#(clock):00Z","level":"info","version":"\#(version)","msg":"\#(text)"}"#
        + "\n"
    }
    // Two programs side by side for a while, as when one is replaced after the other.
    let versions = ["1.4.1", "1.4.1", "1.4.2", "1.4.1", "1.4.2", "1.4.2"]
    let log = try scratch.write(
      "app.log", versions.enumerated().map { line($0.offset * 5, $0.element) }.joined())
    let restarts = try scratch.write(
      "shop.log",
      """
      2026-11-30T09:00:00.100Z  INFO 51304 --- [main] com.acme.shop.ShopApplication : Starting ShopApplication v1.4.0 using Java 17.0.9 with PID 51304
      2026-11-30T09:00:03.100Z  INFO 51304 --- [main] com.acme.shop.ShopApplication : Started ShopApplication in 3.2 seconds (process running for 3.9)
      2026-11-30T10:20:00.100Z  INFO 60110 --- [main] com.acme.shop.ShopApplication : Started ShopApplication in 3.1 seconds (process running for 3.8)

      """)
    let (status, report) = try Self.report([log, restarts])
    #expect(status == 0)
    let marks = try #require(report["marks"] as? [[String: Any]])
    #expect(
      marks.map { $0["at"] as? String } == [
        "2026-11-30T09:00:00.100Z", "2026-11-30T10:10:00Z", "2026-11-30T10:20:00.100Z",
      ], "\(marks)")
    #expect(marks.map { $0["kind"] as? String } == ["restart", "version", "restart"])
    #expect(marks.map { $0["records"] as? Int } == [2, 3, 1])
    #expect(marks[0]["rule"] as? String == "java.spring-start")
    #expect(marks[1]["version"] as? String == "1.4.2" && marks[1]["before"] as? String == "1.4.1")
    let text = try Self.run([log, restarts]).output
    #expect(text.contains("version 1.4.2 after 1.4.1 in \(log)"), "\(text)")
    #expect(
      text.contains("if the last of them is your release: watch --at 2026-11-30T10:20:00.100Z"))
    #expect(try !Self.run([log]).output.contains("restart: "))
    // What was taken back is a change again; what others state beside it, and HTTP's, is none.
    let back = try scratch.write(
      "back.log",
      ["1.0", "1.0", "1.1", "1.1", "1.1", "1.0", "1.0"].enumerated().map {
        line($0.offset * 5, $0.element) + line($0.offset * 5, "7.4")
          + line($0.offset * 5, "HTTP/1.1")
      }.joined())
    let found = try #require(try Self.report([back]).report["marks"] as? [[String: Any]])
    #expect(found.map { $0["version"] as? String } == ["1.1", "1.0"], "\(found)")
    let checkpoints = try scratch.write(
      "postgres.log",
      "2026-11-30 10:00:00.100 UTC [31] LOG:  checkpoint complete: wrote 3 buffers (0.0%)\n")
    let none = try Self.report([checkpoints]).report["marks"] as? [[String: Any]]
    #expect(none?.isEmpty == true)
  }

  @Test("a log of long ago has a forecast, and lines cut at the limit are counted")
  func old() throws {
    let scratch = Scratch()
    var text = ""
    for second in 0..<7_200 {
      let time = Date(timeIntervalSince1970: 1_131_536_000 + Double(second)).ISO8601Format()
      text +=
        "\(time) ERROR job \(second) failed\(second == 5 ? String(repeating: "x", count: 999) : "")\n"
    }
    let log = try scratch.write("old.log", text)
    let (status, report) = try Self.report([log], ["--max-line", "512"])
    #expect(status == 0)
    let forecast = try #require(report["forecast"] as? [String: Any])
    #expect(forecast["lines"] as? Int == 7_200)
    #expect(forecast["at"] as? String == "2005-11-09T13:33:20Z")
    let input = try #require((report["inputs"] as? [[String: Any]])?.first)
    #expect(input["truncated_lines"] as? Int == 1)
  }

  @Test(
    "windows of any width find the lines",
    arguments: [
      ["--window", "1ms", "--baseline-span", "60s", "--settle", "0s", "--for", "1s"],
      ["--window", "1d", "--for", "2d"],
      ["--window", "1h", "--baseline-span", "3650d", "--for", "3h"],
    ])
  func widths(options: [String]) throws {
    let scratch = Scratch()
    var log = AccessLog(seed: 5)
    let start = Date(timeIntervalSince1970: 1_131_536_000)
    let path = try scratch.write("access.log", log.lines(from: start, to: start + 50))
    let (status, report) = try Self.report([path], options)
    #expect(status == 0)
    #expect((report["forecast"] as? [String: Any])?["lines"] as? Int == 50)
  }

  @Test("a watch sees a rise about when the forecast said", arguments: [2.0, 5.0])
  func forecast(rise: Double) throws {
    let scratch = Scratch()
    let release = Date(timeIntervalSince1970: 1_795_356_000)
    var before = AccessLog(seed: 11)
    let baseline = before.lines(from: release - 10_800, to: release, perSecond: 5, failing: 0.01)
    let quiet = try scratch.write("access.log", baseline)
    let (status, report) = try Self.report([quiet], ["--at", release.ISO8601Format()])
    #expect(status == 0)
    let forecast = try #require(report["forecast"] as? [String: Any])
    let signals = try #require(forecast["signals"] as? [[String: Any]])
    let errors = try #require(signals.first { $0["signal"] as? String == "http.5xx" })
    let rises = try #require(errors["rises"] as? [[String: Any]])
    let seconds = rises.compactMap { $0["seconds"] as? Double }
    #expect(seconds == seconds.sorted(by: >), "a larger rise is never seen later")
    let expected = try #require(
      rises.first { $0["ratio"] as? Double == rise }?["seconds"] as? Double)
    var delays: [Double] = []
    for seed in 21..<26 as Range<UInt64> {
      var after = AccessLog(seed: seed)
      let log = try scratch.write(
        "rise-\(seed)-x.log",
        baseline
          + after.lines(from: release, to: release + 3_600, perSecond: 5, failing: 0.01 * rise))
      let run = try Tool.run([
        "watch", "--no-follow", "--timezone", "UTC", "--at", release.ISO8601Format(), "--for", "1h",
        "--format", "json", log,
      ])
      let alert = run.objects.first {
        $0["signal"] as? String == "http.5xx" && $0["state"] as? String == "firing"
      }
      guard let at = alert?["at"] as? String,
        let time = try? Date(at, strategy: .iso8601)
      else { continue }
      delays.append(time.timeIntervalSince(release))
    }
    #expect(delays.count >= 4)
    let median = try #require(delays.sorted().dropFirst(delays.count / 2).first)
    #expect(median > expected / 4 && median < expected * 2, "\(delays), expected \(expected)")
  }
}
