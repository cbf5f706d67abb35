import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Inputs that logs are not supposed to be. Each run has a bound on memory and on time.
@Suite("hostile inputs")
struct HostileInputTests {
  private static let before = "2026-11-22T13:59:00Z INFO ready\n"
  private static let after = "2026-11-22T14:00:05Z INFO ready\n"

  /// A replay as JSON.
  private func watch(_ inputs: [String], _ options: [String] = []) throws -> Tool.Run {
    try LiveTool.run(
      [
        "watch", "--no-follow", "--at", "2026-11-22T14:00:00Z", "--timezone", "UTC", "--format",
        "json",
      ] + options + inputs)
  }

  /// Counts with one rule that matches the ordinary lines.
  private func count(_ inputs: [String], _ options: [String] = []) throws -> Tool.Run {
    try LiveTool.run(["count"] + options + inputs)
  }

  /// Bytes that are no text, always the same.
  private func randomBytes(_ count: Int, seed: UInt64) -> Data {
    var state = seed
    return Data(
      (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
      })
  }

  @Test("the bound on memory is real: what needs more is stopped")
  func memoryBound() throws {
    let run = try LiveTool.run(["count"], input: Self.before, memoryKiB: 3 * 1024)
    #expect(run.status != 0)
  }

  // MARK: Nothing there

  @Test("an empty file is blindness for a watch and no lines for a count")
  func empty() throws {
    let scratch = Scratch()
    let log = try scratch.write("app.log", "")
    let run = try watch([log])
    #expect(run.status == 4)
    #expect((run.verdict["blindness"] as? [String])?.isEmpty == false)
    let counted = try count([log])
    #expect(counted.status == 0 && counted.countedLines == 0)
  }

  @Test("/dev/null as an input is empty too")
  func devNull() throws {
    #expect(try watch(["/dev/null"]).status == 4)
    let counted = try count(["/dev/null"])
    #expect(counted.status == 0 && counted.countedLines == 0)
  }

  @Test("no line inside the watched span is no health")
  func nothingInside() throws {
    let scratch = Scratch()
    let log = try scratch.write(
      "app.log", "2020-01-01T00:00:00Z INFO old\n2020-01-01T00:00:01Z INFO old\n")
    let run = try watch([log], ["--for", "1h"])
    #expect([3, 4].contains(run.status), "status \(run.status)")
    #expect(run.lines["outside"] == 2)
  }

  @Test("a folder without permission is named and counted")
  func forbidden() throws {
    let scratch = Scratch()
    let folder = scratch.path("closed")
    let log = try scratch.write("app.log", Self.before + Self.after)
    _ = try shell("mkdir '\(folder)' && cp '\(log)' '\(folder)/' && chmod 0 '\(folder)'")
    defer { _ = try? shell("chmod 700 '\(folder)'") }
    if geteuid() == 0 {
      // The superuser may read everything, so somebody else has to ask.
      guard try shell("command -v setpriv") != "" else { return }
      _ = try shell("chmod 755 '\(scratch.folder)'")
      let output = try shell(
        "setpriv --reuid 65534 --regid 65534 --clear-groups '\(Tool.path)' watch --no-follow --at "
          + "2026-11-22T14:00:00Z --format json '\(folder)' '\(log)' 2>&1; echo status $?")
      #expect(output.contains("status 4") && output.contains(folder), "\(output)")
      #expect(output.contains("\"unreadable_files\":1"))
    } else {
      let run = try watch([folder, log])
      #expect(run.status == 4 && run.errors.contains(folder))
      #expect(run.skipped["unreadable_files"] == 1)
    }
  }

  // MARK: Strange bytes

  @Test("random bytes are counted as lines and never judged", arguments: [UInt64(1), 2, 3])
  func binary(seed: UInt64) throws {
    let scratch = Scratch()
    let bytes = randomBytes(1 << 20, seed: seed)
    let log = try scratch.write("app.log", bytes)
    let run = try watch([log])
    #expect(run.status == 4, "\(run.errors)")
    let ends = bytes.count { $0 == 0x0A } + (bytes.last == 0x0A ? 0 : 1)
    #expect(run.lines["unparsed"] == ends)
    let counted = try count([log])
    #expect(counted.status == 0 && counted.countedLines == ends)
  }

  @Test("NUL bytes at line starts are skipped and counted; inside a line they stay")
  func nul() throws {
    let scratch = Scratch()
    let text = "\0\0\0" + Self.before + "\0" + Self.after + "2026-11-22T14:00:06Z IN\0FO x\0\n"
    let log = try scratch.write("app.log", text)
    let run = try watch([log])
    #expect(run.skipped["nul_bytes"] == 4)
    #expect(run.lines == ["baseline": 1, "candidate": 2, "unparsed": 0, "outside": 0])
    #expect(run.status == 3)
    #expect(try count([log]).countedLines == 3)
  }

  @Test("carriage returns, bytes that are no UTF-8 and no last newline change no count")
  func lineEnds() throws {
    let scratch = Scratch()
    let rules = try scratch.write(
      "r.yaml", "rules:\n  - { id: ready, match: 'ready$' }\n  - { id: any, match: INFO }\n")
    let windows = try scratch.write(
      "crlf.log", (Self.before + Self.after).replacingOccurrences(of: "\n", with: "\r\n"))
    let run = try watch([windows])
    #expect(run.lines["baseline"] == 1 && run.lines["candidate"] == 1)
    var bytes = Data(Self.before.utf8)
    bytes.append(contentsOf: [0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0x0A])
    bytes.append(Data("2026-11-22T14:00:05Z INFO \u{1F600} ready".utf8))
    bytes.append(contentsOf: [0xF0, 0x9F])
    let broken = try scratch.write("broken.log", bytes)
    let other = try watch([broken])
    // The line of garbage belongs to the record before it.
    #expect(other.lines["baseline"] == 2 && other.lines["candidate"] == 1, "\(other.lines)")
    #expect(other.status == 3)
    let counted = try count([broken], ["--rules", rules])
    #expect(counted.output == "ready\t1\nany\t2\nlines\t3\n")
  }

  @Test("fifty megabytes without a newline are cut once, and the lines around them count")
  func longLine() throws {
    let scratch = Scratch()
    let log = scratch.path("app.log")
    try scratch.write("a", Self.before)
    try scratch.write("b", "\n" + Self.after)
    _ = try shell(
      "{ cat a; printf '2026-11-22T13:59:01Z ERROR '; head -c 50M /dev/zero | tr '\\0' x; cat b; }"
        + " > app.log", directory: scratch.folder)
    let run = try watch([log], ["--max-line", "1MiB"])
    #expect(run.isCalm && run.status == 3, "\(run.status)")
    #expect(run.skipped["truncated_lines"] == 1)
    #expect(run.lines["baseline"] == 2 && run.lines["candidate"] == 1)
    let counted = try count([log], ["--max-line", "1MiB"])
    #expect(counted.status == 0 && counted.countedLines == 3)
  }

  @Test("deep JSON, long JSON and JSON that never ends are lines like any other")
  func json() throws {
    let scratch = Scratch()
    let deep = 100_000
    let text =
      "{\"ts\":\"2026-11-22T13:59:00Z\",\"a\":" + String(repeating: "[", count: deep)
      + String(repeating: "]", count: deep) + "}\n" + String(repeating: "{\"a\":", count: deep)
      + "\n{\"ts\":\"2026-11-22T13:59:01Z\",\"level\":\"info\",\"msg\":\""
      + String(repeating: "y", count: 10_000_000) + "\"}\n"
      + "{\"ts\":\"2026-11-22T14:00:05Z\",\"level\":\"info\",\"msg\":\"unended\n"
      + "{\"ts\":1e400,\"status\":9e99,\"duration_ms\":-1e308,\"level\":{}}\n"
    let log = try scratch.write("app.log", text)
    let run = try watch([log])
    #expect(run.isCalm && [3, 4].contains(run.status), "\(run.status) \(run.errors)")
    #expect(run.allLines == 5)
    #expect(run.skipped["truncated_lines"] == 1)
    let long = try watch([log], ["--max-line", "16MiB"])
    #expect(long.isCalm && long.skipped["truncated_lines"] == 0)
    #expect(try count([log]).countedLines == 5)
  }

  @Test("a catastrophic pattern stalls nothing and is named", arguments: ["watch", "count"])
  func catastrophe(command: String) throws {
    let scratch = Scratch()
    let rules = try scratch.write(
      "rules.yaml",
      """
      rules:
        - { id: hostile, match: '(a+)+$' }
        - { id: calm, match: 'aaa!' }
      """)
    let run = String(repeating: "a", count: 60) + "!\n"
    let text = (0..<600).map { second in
      let time = 13 * 3600 + 55 * 60 + second
      let clock = [time / 3600, time / 60 % 60, time % 60].map {
        ($0 < 10 ? "0" : "") + "\($0)"
      }.joined(separator: ":")
      return "2026-11-22T\(clock)Z INFO " + run
    }
    let log = try scratch.write("app.log", text.joined())
    if command == "count" {
      let run = try LiveTool.run(["count", "--rules", rules, log])
      #expect(run.output == "hostile\t0\ncalm\t600\nlines\t600\n")
      #expect(run.errors.contains("rule hostile hit its match limit"))
    } else {
      let run = try LiveTool.run([
        "watch", "--no-follow", "--at", "2026-11-22T14:00:00Z", "--timezone", "UTC", "--rules",
        rules, log,
      ])
      #expect(
        // A hundred in its piece of the file; the record that ends the piece is tried once more.
        run.output.contains("rule hostile hit its match limit 101 times and was suspended"),
        "\(run.output)")
    }
  }

  @Test("escapes of a terminal never reach it raw")
  func terminalEscapes() throws {
    let scratch = Scratch()
    var access = AccessLog(seed: 6)
    let release = Date(timeIntervalSince1970: 1_795_356_000)
    let text =
      access.lines(from: release - 7_200, to: release)
      + access.lines(from: release, to: release + 300, failing: 0.7)
      .replacingOccurrences(
        of: "curl/8.8.0", with: "\u{1B}[2J\u{1B}]0;owned\u{07}\u{9B}31m\r\u{8}\u{202E}gone")
    let log = try scratch.write("access.log", text)
    let run = try LiveTool.run(
      [
        "watch", "--no-follow", "--at", "2026-11-22T14:00:00Z", "--settle", "0s", "--color",
        "never", log,
      ])
    #expect(run.status == 1, "\(run.output)")
    #expect(run.output.contains("owned"), "the sample is shown")
    for scalar in run.output.unicodeScalars {
      #expect(scalar == "\n" || scalar.value >= 0x20, "\(scalar.value)")
      #expect(!(0x7F...0x9F).contains(scalar.value) && scalar.value != 0x202E)
    }
    let json = try watch([log], ["--settle", "0s"])
    #expect(json.objects.count == json.output.split(separator: "\n").count)
    #expect(!json.output.unicodeScalars.contains("\u{1B}"))
  }

  // MARK: Strange times

  @Test("times that cannot be are no times, and far ones lie outside")
  func times() throws {
    let scratch = Scratch()
    let log = try scratch.write(
      "app.log",
      Self.before + "2250-01-01T00:00:00Z ERROR later\n1901-01-01T00:00:00Z ERROR old\n"
        + "9999-12-31T23:59:59Z ERROR end\n0000-00-00T00:00:00Z ERROR nought\n"
        + "2026-99-22T14:00:00Z ERROR month\n2026-11-22T99:99:99Z ERROR hour\n"
        + "2026-02-30T14:00:00Z ERROR day\n99999999999999999999 ERROR epoch\n" + Self.after)
    for options in [[], ["--for", "10m"], ["--window", "1s"]] {
      let run = try watch([log], options)
      #expect(run.isCalm && [3, 4].contains(run.status), "\(run.status)")
      #expect(run.allLines == 10)
      #expect((run.lines["outside"] ?? 0) >= 3, "\(run.lines)")
      #expect(run.lines["candidate"] == 1, "\(run.lines)")
    }
  }

  // MARK: Packed files

  @Test("a gzip bomb of zeros is read in little memory", .timeLimit(.minutes(2)))
  func bomb() throws {
    let scratch = Scratch()
    let log = scratch.path("app.log.1.gz")
    _ = try shell("head -c 1G /dev/zero | gzip -1 > '\(log)'")
    let run = try watch([log])
    #expect(run.isCalm && run.status == 4, "\(run.status)")
    #expect(run.skipped["nul_bytes"] == 1 << 30)
    let counted = try count([log])
    #expect(counted.isCalm && counted.countedLines == 0)
  }

  @Test("a gzip bomb that is one line is cut", .timeLimit(.minutes(2)))
  func lineBomb() throws {
    let scratch = Scratch()
    let log = scratch.path("bomb")
    _ = try shell("head -c 256M /dev/zero | tr '\\0' x | gzip -1 > '\(log)'")
    let run = try watch([log])
    #expect(run.isCalm && run.status == 4)
    #expect(run.skipped["truncated_lines"] == 1)
    let counted = try count([log])
    #expect(counted.isCalm && counted.countedLines == 1)
  }

  @Test("a gzip that was cut off gives the lines up to the cut, and one warning")
  func truncatedGzip() throws {
    let scratch = Scratch()
    let seconds = (0..<2_000).map { "2026-11-22T13:\(10 + $0 % 50):00Z INFO ready \($0)\n" }
    let plain = try scratch.write("plain", seconds.joined())
    let log = scratch.path("app.log")
    _ = try shell(
      "gzip -c '\(plain)' > whole; head -c 4000 whole > '\(log)'",
      directory: scratch.folder)
    let run = try watch([log])
    #expect(run.isCalm)
    #expect(run.status == 3, "what could be read is judged, and too little for a verdict")
    let lines = run.lines["baseline"] ?? 0
    #expect(lines > 100 && lines < 2_000)
    #expect(run.errors.split(separator: "\n").count == 1 && run.errors.contains("truncated gzip"))
    let cautions = run.verdict["cautions"] as? [String] ?? []
    #expect(cautions.contains { $0.contains("cut off") }, "the verdict says that a part is missing")
    let counted = try count([log])
    #expect(counted.status == 0 && counted.countedLines == lines)
    #expect(counted.errors.contains("truncated gzip"))
  }

  @Test("garbage behind a gzip member is named, and the member counts")
  func garbageBehindGzip() throws {
    let scratch = Scratch()
    let plain = try scratch.write("plain", Self.before + Self.after)
    try scratch.write("junk", randomBytes(5_000, seed: 9))
    let log = scratch.path("app.log")
    _ = try shell(
      "{ gzip -c '\(plain)'; cat junk; } > '\(log)'", directory: scratch.folder)
    let run = try watch([log])
    #expect(run.lines["baseline"] == 1 && run.lines["candidate"] == 1)
    #expect(run.errors.contains(log) && run.isCalm)
    #expect(try count([log]).countedLines == 2)
  }

  @Test(
    "a compression that cannot be read is named and counted",
    arguments: [
      [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
      [0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
    ] as [[UInt8]])
  func unsupported(magic: [UInt8]) throws {
    let scratch = Scratch()
    var bytes = Data(magic)
    bytes.append(randomBytes(5_000, seed: 4))
    let sibling = try scratch.write("app.log.1.packed", bytes)
    let log = try scratch.write("app.log", Self.before + Self.after)
    let run = try watch([log, sibling])
    #expect(run.status == 4)
    #expect(run.skipped["unsupported_compression"] == 1)
    #expect(run.errors.contains(sibling) && run.errors.contains("compression"))
    let counted = try count([log, sibling])
    #expect(counted.isCalm && counted.countedLines == 2)
    #expect(counted.errors.contains(sibling))
  }

  // MARK: Many things

  @Test("two hundred thousand routes are counted in bounded memory")
  func routes() throws {
    let scratch = Scratch()
    var log = AccessLog(seed: 5)
    var text = log.line(Date(timeIntervalSince1970: 1_795_355_900), status: 200)
    let line = log.line(Date(timeIntervalSince1970: 1_795_356_040), status: 200)
    // Words, not numbers: a number would be one route for all.
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    for number in 0..<200_000 {
      let word = String((0..<5).map { letters[number / Int(pow(26.0, Double($0))) % 26] })
      text += line.replacingOccurrences(of: "/api/orders/", with: "/\(word)/x\(word)y/")
    }
    let path = try scratch.write("access.log", text)
    let run = try LiveTool.run(
      ["watch", "--no-follow", "--at", "2026-11-22T14:00:00Z", "--format", "json", path])
    #expect(run.isCalm && [3, 4].contains(run.status), "\(run.status) \(run.errors)")
    #expect(run.allLines == 200_001)
  }

  @Test("a file reached twice, by path, link and folder, is read once")
  func twice() throws {
    let scratch = Scratch()
    let log = try scratch.write("app.log", Self.before + Self.after)
    let link = scratch.path("link.log")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: log)
    for inputs in [[log, link], [log, log], [scratch.folder, link, log]] {
      let run = try watch(inputs)
      #expect(run.allLines == 2, "\(inputs)")
      #expect(try count(inputs).countedLines == 2)
    }
  }

  @Test(
    "names with spaces, newlines, quotes, globs and smileys are names",
    arguments: ["a b.log", "a\nb.log", "\u{1F600}.log", "-x.log", "it's \"q\".log", "[a]*.log"])
  func names(name: String) throws {
    let scratch = Scratch()
    try scratch.write(name, Self.before + Self.after)
    let run = try watch([scratch.path(name)])
    #expect(run.status == 3 && run.allLines == 2, "\(run.errors)")
    let text = try LiveTool.run(
      ["watch", "--no-follow", "--at", "2026-11-22T14:00:00Z", scratch.path(name) + "\u{1B}[2J"])
    #expect(text.status == 4)
    #expect(!(text.output + text.errors).unicodeScalars.contains("\u{1B}"), "no raw escapes")
    #expect(try count([scratch.path(name)]).countedLines == 2)
    let relative = try LiveTool.run(["count", "--", name], directory: scratch.folder)
    #expect(relative.countedLines == 2)
  }

  // MARK: Pipes and outputs

  @Test("a FIFO is read until its writer has gone")
  func fifo() throws {
    let scratch = Scratch()
    let path = scratch.path("pipe.log")
    _ = try shell("mkfifo '\(path)'")
    for isWatch in [true, false] {
      let tool = try LiveTool(
        isWatch
          ? [
            "watch", "--no-follow", "--at", "2026-11-22T14:00:00Z", "--format", "json", path,
          ] : ["count", path])
      defer { tool.discard() }
      let text = try scratch.write("text", Self.before + Self.after)
      _ = try shell("timeout 20 cp '\(text)' '\(path)' || timeout 20 cat '\(text)' > '\(path)'")
      let run = tool.finish()
      #expect(isWatch ? run.status == 3 && run.allLines == 2 : run.countedLines == 2, "\(run)")
    }
  }

  @Test("a full disk is an error that is said", arguments: ["watch", "count"])
  func fullDisk(command: String) throws {
    let scratch = Scratch()
    let log = try scratch.write("app.log", Self.before + Self.after)
    let options = command == "watch" ? ["--no-follow", "--at", "2026-11-22T14:00:00Z"] : []
    let run = try LiveTool.run([command] + options + [log], redirection: ">/dev/full")
    #expect(run.isCalm && ![0, 1].contains(run.status), "\(run.status)")
    #expect(run.errors.contains("No space left"), "\(run.errors)")
  }

  @Test("a pipe whose reader has gone ends the program quietly", arguments: ["watch", "count"])
  func closedPipe(command: String) throws {
    let scratch = Scratch()
    let log = try scratch.write("app.log", Self.before + Self.after)
    let options =
      command == "watch"
      ? ["--no-follow", "--format", "json", "--at", "2026-11-22T14:00:00Z"] : []
    let call = ([Tool.path, command] + options + [log]).map { "'\($0)'" }.joined(separator: " ")
    // The reader has gone before the program starts: `true` is over when the file is there.
    let script =
      "{ { while [ ! -e gone ]; do :; done; \(call); echo $? > status; } 2> errors; } | "
      + "{ exec < /dev/null; : > gone; }"
    _ = try shell(script, directory: scratch.folder)
    let status = try String(contentsOfFile: scratch.path("status"), encoding: .utf8)
    #expect(status == "0\n")
    #expect(try String(contentsOfFile: scratch.path("errors"), encoding: .utf8) == "")
  }
}
