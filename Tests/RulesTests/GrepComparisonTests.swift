import Foundation
import Records
import Rules
import Testing

/// Lines are counted as `grep -acP` counts them.
@Suite("Counting lines")
struct GrepComparisonTests {
  /// Lines that hit many of the patterns, with hostile bytes among them.
  static func corpus(seed: UInt64, lines: Int) -> [[UInt8]] {
    let words = [
      "ERROR", "error", "FATAL", "PANIC", "Critical", "Traceback (most recent call last):",
      "KeyError: 'name'", "app.errors.DataError: bad DataError", "ValueError",
      #""GET /health HTTP/1.1" 500"#, #""POST /orders/7 HTTP/1.1" 502 12"#,
      #"10.0.0.1:4711 - "PUT /a HTTP/1.1" 503"#, #"HTTP/2" 429 "#, #"HTTP/1.0" 499"#,
      "duration: 12345.678 ms", "duration: 12.5 ms", "rt=1.250", "rt=0.512", "rt=0.012",
      "ucs=MISS", "deadlock detected",
      #"duplicate key value violates unique constraint "orders_pkey""#,
      "canceling statement due to statement timeout", "could not connect", #"relation "x" does"#,
      "does not exist", "connection REFUSED", "Connection timed out", "out of memory", "oom-kill",
      "timed out", "timeout", "time out statement", #""level": "error""#, #""level":"warning""#,
      #""status":503,"#, #""status": 404"#, #""duration_ms": 1234.5"#, #""error": "x y""#,
      "upstream timed out", "connect() failed (111: Connection refused)", "SSL_read() failed",
      "limiting requests, excess: 0.5 by zone", "sqlalchemy.exc.TimeoutError",
      "asyncpg.exceptions.UndefinedTableError", "AttributeError: 'x' object has no attribute 'y'",
      "TypeError: 'NoneType' object", "redis.exceptions.ReadOnlyError", "redis is READONLY now",
      "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "task app.add[6f0e3f4e-0c1b-4d0e-8d8a-3b1f0f5e9c11]",
      "raised unexpected", "Unhandled exception", "WORKER TIMEOUT (pid:12)", "segfault",
      "SIGKILL", #"password authentication failed for user "bob""#, "pydantic.ValidationError",
      #"192.0.2.1 - - [22/Nov/2026:14:03:00 +0000] "POST /x HTTP/1.1" 500"#, "Exception in ASGI",
      "No space left on device", "too many open files", "Permission denied", "broken pipe", ":",
    ]
    let hostile: [[UInt8]] = [
      [0xFF], [0xC3], [0xC3, 0xA9], [0xE2, 0x82], [0xF0, 0x9F, 0x98, 0x80], [0x00], [0x0D], [0x09],
      [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0x22], [0xC5, 0xBF],
      [0xE2, 0x84, 0xAA],
    ]
    let joints = [" ", "", ": ", ", ", "_", "\"", "."]
    var random = SeededRandom(seed: seed)
    return (0..<lines).map { _ in
      var line: [UInt8] = []
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        if random.chance(0.12) {
          line += hostile.randomElement(using: &random) ?? []
        } else {
          line += Array((words.randomElement(using: &random) ?? "").utf8)
        }
        line += Array((joints.randomElement(using: &random) ?? "").utf8)
      }
      if random.chance(0.05) { line.append(0x0D) }
      if random.chance(0.1), !line.isEmpty {
        line.remove(at: Int.random(in: 0..<line.count, using: &random))
      }
      return line
    }
  }

  /// `grep -acP` for one pattern; nil where grep has no -P.
  static func grep(_ pattern: String, _ file: String) -> Int? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["grep", "-acP", "-e", pattern, file]
    process.environment = [
      "LC_ALL": "C.UTF-8", "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = Pipe()
    do { try process.run() } catch { return nil }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus < 2 else { return nil }
    return Int(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines))
  }

  static let hasGrep = grep("x(?=y)", "/dev/null") == 0

  @Test(
    "each pattern of the benchmarks counts as many lines as grep -acP",
    .enabled(if: hasGrep, "grep -P is not installed"),
    arguments: ["rules50.txt", "rules_pcre_only.txt"], [UInt64(1), 2])
  func benchmarks(name: String, seed: UInt64) throws {
    let patterns = try PatternList.patterns(name)
    let lines = Self.corpus(seed: seed, lines: 4_000)
    let rules = try rules(PatternList.ruleFile(patterns))
    var matcher = RuleMatcher(rules)
    var counts = [Int](repeating: 0, count: patterns.count)
    let text = lines.joined(separator: [0x0A]) + [0x0A]
    matcher.countLines(of: Array(text).span, lines: lines.count, counts: &counts)
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("tidemark-\(UUID().uuidString).log")
    try Data(text).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    for (index, pattern) in patterns.enumerated() {
      let expected = try #require(Self.grep(pattern, file.path))
      #expect(counts[index] == expected, "\(pattern)")
    }
    #expect(matcher.limitHits.allSatisfy { $0 == 0 })
    #expect(counts.count { $0 > 0 } > patterns.count * 3 / 4, "the corpus reaches most patterns")
  }

  @Test("the converter keeps every pattern as it is, quotes included")
  func converter() throws {
    let patterns =
      try PatternList.patterns("rules50.txt") + PatternList.patterns("rules_pcre_only.txt")
    let rules = try rules(PatternList.ruleFile(patterns))
    #expect(rules.rules.map { $0.pattern?.text } == patterns)
  }

  @Test("only the pattern of a rule counts for a line, and a line counts once")
  func patternAlone() throws {
    let rules = try rules(
      """
      rules:
        - { id: gated, match: a, record: request, where: status > 1 }
        - { id: repeated, match: a }
        - { id: fielded, record: request }
        - { id: errors, record: error }
      """)
    var matcher = RuleMatcher(rules)
    var counts = [0, 0, 0, 0]
    let line = Array("aaa".utf8)
    matcher.countLine(line, counts: &counts)
    #expect(counts == [1, 1, 0, 0])
    var fields = request("GET /a")
    fields.severity = .error
    let text = Array("GET /a".utf8)
    matcher.countRecord(text.span, fields, counts: &counts)
    #expect(counts == [1, 1, 1, 1])
  }

  @Test("a record without a severity counts as an error when an error rule matches it")
  func errorRecords() throws {
    let rules = try rules(
      "rules: [{ id: errors, record: error }, { id: a, match: boom, class: error }]")
    var matcher = RuleMatcher(rules)
    var counts = [0, 0]
    for text in ["boom", "calm"] {
      let bytes = Array(text.utf8)
      matcher.countRecord(bytes.span, record(text), counts: &counts)
      matcher.countRecord(bytes.span, record(text, severity: .info), counts: &counts)
    }
    #expect(counts == [1, 0])
  }
}
