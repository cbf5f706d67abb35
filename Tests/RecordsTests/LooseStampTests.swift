import Records
import Testing

@Suite("Stamps of the rarer kinds")
struct LooseStampTests {
  /// The times of lines that one parser reads in turn.
  static func times(_ lines: [String], reference: String = "2026-11-28T12:00:00Z") -> [String] {
    var parser = LineParser(
      zone: .utc, reference: Timestamp(rfc3339: reference) ?? Timestamp(seconds: 0))
    return lines.map { Parsing.parse($0, with: &parser).record.time?.rfc3339 ?? "-" }
  }

  @Test("a field above twelve tells the order of day and month for the lines behind it")
  func learnedOrder() {
    #expect(
      Self.times([
        "05/06/2026 01:02:03 a", "22/06/2026 01:02:03 b", "05/06/2026 01:02:03 c",
        "06/22/2026 01:02:03 d", "05/06/2026 01:02:03 e",
      ]) == [
        "2026-05-06T01:02:03Z", "2026-06-22T01:02:03Z", "2026-06-05T01:02:03Z",
        "2026-06-22T01:02:03Z", "2026-05-06T01:02:03Z",
      ])
  }

  @Test("until then the order is the one that does not lie behind the reference")
  func orderByReference() {
    #expect(
      Self.times([
        "11/12/2026 01:02:03 x", "12/11/2026 01:02:03 x", "05-06-2026 01:02:03 x",
        "01-12-2026 01:02:03 x",
      ]) == [
        "2026-11-12T01:02:03Z", "2026-11-12T01:02:03Z", "2026-06-05T01:02:03Z",
        "2026-01-12T01:02:03Z",
      ])
  }

  @Test("dots are always day first")
  func dots() {
    #expect(Self.times(["05.06.2026 01:02:03 x"]) == ["2026-06-05T01:02:03Z"])
  }

  @Test("a stamp without a year is in the last year that fits the reference")
  func yearless() {
    let lines = [
      "12-31 23:59:59.5 x", "01-01 00:00:10.5 x", "02-29 12:00:00.5 x",
      "1826:M 31 Dec 23:59:59.500 * x",
    ]
    #expect(
      Self.times(lines, reference: "2027-01-01T00:00:30Z") == [
        "2026-12-31T23:59:59.500Z", "2027-01-01T00:00:10.500Z", "2024-02-29T12:00:00.500Z",
        "2026-12-31T23:59:59.500Z",
      ])
  }

  @Test("a year behind the seconds holds for its own line only")
  func yearBehind() {
    #expect(
      Self.times([
        "Nov 22 01:02:03 2019 a: x", "Nov 22 01:02:03 b: x", "Nov 22 01:02:03 2018 c: x",
        "Nov 22 01:02:03 2001:db8::1 d: x", "Feb 29 01:02:03 2019 e: x",
      ]) == [
        "2019-11-22T01:02:03Z", "2026-11-22T01:02:03Z", "2018-11-22T01:02:03Z",
        "2026-11-22T01:02:03Z", "-",
      ])
  }

  @Test("a count since 1970 at the start of a line is a time only up to a day after the reference")
  func leadingCounts() {
    #expect(
      Self.times([
        "1795309323 x", "1795309323123 x", "1795309323123456 x", "1795309323123456789 x",
        "1795309323.5 x", "1995309323 x", "999999999 x", "17953093231 x", "1795309323/2 x",
      ]) == [
        "2026-11-22T01:02:03Z", "2026-11-22T01:02:03.123Z", "2026-11-22T01:02:03.123456Z",
        "2026-11-22T01:02:03.123456789Z", "2026-11-22T01:02:03.500Z", "-", "-", "-", "-",
      ])
  }

  @Test(
    "the time before the message wins over one in it",
    arguments: [
      "W 2026-11-22 01:02:03 restored the state of 2025-01-01 00:00:00",
      "[2026-11-22 01:02:03] [main] restored 2025-01-01 00:00:00",
      "Nov 22 01:02:03 web1 app[7]: restored the state of 2025-01-01 00:00:00",
      "2026-11-22 01:02:03 INFO 01/01/2025 00:00:00 is restored",
    ])
  func firstWins(_ line: String) {
    #expect(Self.times([line]) == ["2026-11-22T01:02:03Z"])
  }

  @Test("a line inside a traceback that speaks of a date starts no record")
  func doubtful() {
    let kept = Parsing.records([
      "Traceback (most recent call last):", "  File \"a.py\", line 1, in f",
      "app.Refused: 2026-11-20 01:02:03 is taken", "2026-11-22 01:02:03,123 INFO next",
    ])
    #expect(kept.map(\.record.lineCount) == [3, 1])
    #expect(kept[1].record.time?.rfc3339 == "2026-11-22T01:02:03.123Z")
  }

  @Test(
    "the level is found in the first fields behind the time or before it",
    arguments: [
      ("[2026-11-22 01:02:03.456][15][warning][config] [a.h:152] closed", Severity.warning),
      ("2026-11-22T01:02:03.123Z pid=4242 tid=ox1 class=HardWorker jid=ab12 WARN: slow", .warning),
      ("INFO  [main] 2026-11-22 01:02:03,123 Daemon.java:471 - Hostname", .info),
      ("03-17 16:13:38.811  1702  2395 E WindowManager: no window", .error),
      ("2026.11.22 01:02:03.123456 [ 1 ] {} <Error> Application: no disk", .error),
      ("081109 203615 148 WARN dfs.DataNode: slow", .warning),
      ("22.11.2026 01:02:03.123 *ERROR* [main] org.apache.sling failed", .error),
      ("[01:02:03] [Server thread/WARN]: overloaded", .warning),
      ("=ERROR REPORT==== 22-Nov-2026::01:02:03 ===", .error),
      ("[NOTICE]   (1234) : New worker forked", .notice),
      ("E [22/Nov/2026:01:02:03 +0000] [Job 12] Stopping", .error),
      ("E [22/Nov/2026:01:02:03 +0000] [Job 12] Stopping", .error),
      ("[ALERT] 325/010203 (4242) : sendmsg failed", .alert),
    ] as [(String, Severity)])
  func levels(line: String, severity: Severity) {
    #expect(Parsing.parse(line).record.severity == severity)
  }

  @Test("a level inside a container's layer is found, and the layer's time stands")
  func layers() {
    let inner = "INFO  [main] 2026-11-20 05:06:07,123 Daemon.java:471 - Hostname"
    let record = Parsing.parse(Wrapper.cri.wrap(inner)).record
    #expect(record.severity == .info)
    #expect(record.time?.rfc3339 == "2026-11-22T16:30:00.500Z")
    let words = "restored backup of 2026-11-20 05:06:07"
    #expect(Parsing.parse(Wrapper.docker.wrap(words)).record.format == .dockerJSONFile)
  }

  @Test(
    "a thread or a logger that is named like a level is none",
    arguments: ["[error-pool-1] ready", "[main] [warn.queue] ready", "4242 errors found"])
  func noLevels(_ message: String) {
    #expect(Parsing.parse("2026-11-22 01:02:03 " + message).record.severity == nil)
  }
}
