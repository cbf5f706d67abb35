import Foundation
import Testing

/// Rotated files that are packed, whole or not: G1 to G7 of the specification.
@Suite("tidemark tail: packed files")
struct FollowGzipTests {
  private let scratch = Scratch()
  private var log: String { scratch.path("app.log") }
  private static let hasPython = (try? shell("command -v python3"))?.isEmpty == false

  /// Packs a file as logrotate does: the packed one gets the plain one's times.
  private func gzip(_ path: String, _ level: String = "-6") throws {
    _ = try shell("gzip \(level) '\(path)'")
  }

  @Test(
    "G1: a followed file that is rotated and packed is read once",
    arguments: Wakeup.allCases, ["-1", "-9"])
  func packed(wakeup: Wakeup, level: String) throws {
    scratch.append("app.log", lines(1...1000))
    let tail = try TailTool([scratch.path("app.log*")], wakeup)
    #expect(tail.prints("1000"))
    scratch.append("app.log", lines(1001...1010))
    rotate(log)
    try gzip(log + ".1", level)
    scratch.append("app.log", "1011\n")
    #expect(tail.prints("1011"))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, 1...1011) == [], "\(run.errors)")
  }

  @Test(
    "G1: a file that was packed between two runs is read on in its packed form",
    arguments: Wakeup.allCases, ["-1", "-9"])
  func packedBetweenRuns(wakeup: Wakeup, level: String) throws {
    scratch.append("app.log", lines(1...1000))
    let job = TailJob(scratch: scratch, inputs: [scratch.path("app.log*")], wakeup: wakeup)
    #expect(try job.run().output == lines(1...1000))
    scratch.append("app.log", lines(1001...1010))
    rotate(log)
    try gzip(log + ".1", level)
    scratch.append("app.log", "1011\n")
    let run = try job.run()
    #expect(run.status == 0 && run.output == lines(1001...1011), "\(run.output) \(run.errors)")
    // `delaycompress`: packed one rotation later, when all of it was read.
    rotate(log)
    scratch.append("app.log", "1012\n")
    #expect(try job.run().output == "1012\n")
    try gzip(log + ".1", level)
    #expect(try job.run().output == "")
    #expect(try job.countedLines() == 1012)
  }

  @Test(
    "G1: a follower that was restarted after the packing reads on in the packed form",
    arguments: Wakeup.allCases)
  func packedBetweenFollowers(wakeup: Wakeup) throws {
    scratch.append("app.log", lines(1...1000))
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    let first = try job.follow()
    #expect(first.prints("1000"))
    var output = first.end().output
    scratch.append("app.log", lines(1001...1010))
    rotate(log)
    try gzip(log + ".1")
    scratch.append("app.log", "1011\n")
    let second = try job.follow()
    #expect(second.prints("1011"))
    #expect(second.passes(log))
    output += second.end().output
    #expect(faults(output, 1...1011) == [])
  }

  @Test(
    "G2: an offset in the text is never taken for one in the packed file",
    arguments: Wakeup.allCases)
  func offsets(wakeup: Wakeup) throws {
    scratch.append("app.log", "1\n2\n")
    let tail = try TailTool([scratch.path("app.log*")], wakeup)
    #expect(tail.prints("2"))
    scratch.append("app.log", "3\n4\n")
    _ = try shell(
      "gzip -c app.log > app.log.1.gz; rm app.log; printf '5\\n6\\n' > app.log",
      directory: scratch.folder)
    #expect(tail.prints("5", "6"))
    #expect(tail.passes(log))
    let run = tail.end()
    #expect(faults(run.output, 1...6) == [], "\(run.errors)")
  }

  /// Files of several gzip members, as scripts of Python that write `c.gz` from the lines in `c`.
  private static let manyMembers = [
    "two members": "out = g.compress(text[:100]) + g.compress(text[100:])",
    "a member a line": "out = b''.join(g.compress(l) for l in text.splitlines(True))",
    "BGZF": """
    def block(data):
        c = zlib.compressobj(6, zlib.DEFLATED, -15)
        body = c.compress(data) + c.flush()
        head = b'\\x1f\\x8b\\x08\\x04\\0\\0\\0\\0\\0\\xff\\x06\\0BC\\x02\\0'
        size = len(head) + 2 + len(body) + 8
        return (head + struct.pack('<H', size - 1) + body
                + struct.pack('<II', zlib.crc32(data), len(data)))
    out = b''.join(block(text[i:i + 999]) for i in range(0, len(text), 999)) + block(b'')
    """,
    "zeros behind": "out = g.compress(text) + bytes(700)",
    "garbage behind": "out = g.compress(text) + b'\\x1f no gzip'",
  ]

  @Test(
    "G3: reads every member of a packed file", .enabled(if: hasPython, "python3 is not installed"),
    arguments: Wakeup.allCases, manyMembers.keys.sorted())
  func members(wakeup: Wakeup, kind: String) throws {
    let all = 1...10_000
    try scratch.write("c", lines(all))
    try scratch.write(
      "make.py",
      "import gzip as g, struct, zlib\ntext = open('c', 'rb').read()\n"
        + (Self.manyMembers[kind] ?? "") + "\nopen('c.gz', 'wb').write(out)\n")
    _ = try shell("python3 make.py", directory: scratch.folder)
    let packed = scratch.path("c.gz")
    let run = try LiveTool.run(["tail", "--no-follow", "--from-start", packed] + wakeup.options)
    #expect(run.status == 0 && run.output == lines(all), "\(run.errors)")
    #expect(run.errors.isEmpty || kind.hasSuffix("behind"), "\(run.errors)")
    #expect(!run.errors.isEmpty || kind != "garbage behind")
    let other = scratch.path("other.log")
    let tail = try TailTool([packed, other], wakeup)
    scratch.append("other.log", "begin\n")
    #expect(tail.prints("10000", "begin"))
    #expect(tail.passes(other))
    #expect(faults(tail.end().output, all.map(String.init) + ["begin"]) == [])
  }

  /// Where a packed file is cut: bytes from its start, or from its end if negative.
  private static let cuts = [1, 5, 18, 2_000, -1]

  @Test(
    "G4: a packed file that was cut off gives its lines up to the cut, and one warning",
    arguments: Wakeup.allCases, cuts)
  func cutOff(wakeup: Wakeup, cut: Int) throws {
    let (packed, _) = try halves(cut)
    let run = try LiveTool.run(["tail", "--no-follow", "--from-start", packed] + wakeup.options)
    #expect(run.isCalm, "\(run.status)")
    // A single byte does not say that it is gzip.
    guard cut > 1 || cut < 0 else { return }
    #expect(run.status == 0, "\(run.errors)")
    let whole = lines(1...2_000)
    #expect(whole.hasPrefix(run.output.dropLast(1)), "\(run.output.suffix(50))")
    #expect(run.output.isEmpty == (cut < 100 && cut > 0))
    let warnings = run.errors.split(separator: "\n").filter { $0.contains("truncated gzip") }
    #expect(warnings.count >= 1 && warnings.count <= 2, "a warning, and the summary at the end")
  }

  @Test(
    "G4: a packed file that was cut off is read on when the rest comes", arguments: Wakeup.allCases,
    cuts)
  func restComes(wakeup: Wakeup, cut: Int) throws {
    let (packed, rest) = try halves(cut)
    let other = scratch.path("other.log")
    scratch.append("other.log", "begin\n")
    let tail = try TailTool([packed, other], wakeup)
    #expect(tail.prints("begin"))
    #expect(tail.passes(other))
    LogWriter(packed).write(rest)
    #expect(tail.prints("2000"))
    #expect(tail.passes(other))
    let run = tail.end()
    #expect(faults(run.output, (1...2_000).map(String.init) + ["begin"]) == [], "\(run.errors)")
    #expect(!run.errors.contains("truncated gzip"), "\(run.errors)")
  }

  @Test(
    "G4: a job that found a packed file cut off reads the rest when it is there",
    arguments: Wakeup.allCases, cuts)
  func restComesForJob(wakeup: Wakeup, cut: Int) throws {
    let (packed, rest) = try halves(cut)
    let job = TailJob(scratch: scratch, inputs: [packed], wakeup: wakeup)
    let first = try job.run()
    LogWriter(packed).write(rest)
    let second = try job.run()
    #expect(faults(first.output + second.output, 1...2_000) == [], "\(first.errors)")
    #expect(try job.countedLines() == 2_000)
  }

  /// A packed file of 2,000 lines cut in two: the path of the first part, and the second part.
  private func halves(_ cut: Int) throws -> (path: String, rest: Data) {
    try scratch.write("plain", lines(1...2_000))
    _ = try shell("gzip -c plain > whole", directory: scratch.folder)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.path("whole")))
    let size = cut < 0 ? bytes.count + cut : cut
    #expect(size < bytes.count)
    return (try scratch.write("s.log.gz", bytes.prefix(size)), Data(bytes.dropFirst(size)))
  }

  @Test(
    "G5: prints what a writer of gzip has flushed, while it goes on writing",
    .enabled(if: hasPython, "python3 is not installed"), arguments: Wakeup.allCases)
  func flushed(wakeup: Wakeup) throws {
    let packed = scratch.path("s.log.gz")
    _ = LogWriter(packed)
    let tail = try TailTool([packed], wakeup)
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    writer.arguments = [
      "python3", "-c",
      """
      import sys, zlib
      out = open(sys.argv[1], 'ab', buffering=0)
      packer = zlib.compressobj(6, zlib.DEFLATED, 31)
      for line in sys.stdin.buffer:
          out.write(packer.compress(line) + packer.flush(zlib.Z_SYNC_FLUSH))
      out.write(packer.flush())
      """, packed,
    ]
    let pipe = Pipe()
    writer.standardInput = pipe
    try writer.run()
    for number in 1...20 {
      try pipe.fileHandleForWriting.write(contentsOf: Data("\(number)\n".utf8))
      #expect(tail.prints("\(number)"))
    }
    try pipe.fileHandleForWriting.close()
    writer.waitUntilExit()
    // A second member, as rsyslog begins one.
    _ = try shell("echo 21 | gzip >> '\(packed)'")
    #expect(tail.prints("21"))
    let run = tail.end()
    #expect(faults(run.output, 1...21) == [])
    #expect(!run.errors.contains("gzip"), "\(run.errors)")
  }

  @Test(
    "G5: prints what a slow gzip writes once, and complains of nothing", arguments: Wakeup.allCases)
  func slowGzip(wakeup: Wakeup) throws {
    let packed = scratch.path("s.log.gz")
    let tail = try TailTool([packed], wakeup)
    #expect(tail.says("not there"))
    // It writes whenever it has 32 KiB of input, and the rest at its end.
    _ = try shell(
      "{ for i in 1 2 3 4 5 6 7 8 9 10; do seq $((i * 10000 - 9999)) $((i * 10000)); done; }"
        + " | gzip > '\(packed)'")
    #expect(tail.prints("100000"))
    let run = tail.end()
    #expect(faults(run.output, 1...100_000) == [])
    #expect(!run.errors.contains("truncated gzip"), "\(run.errors)")
  }

  @Test("G6: what a file is, its bytes say, not its name", arguments: Wakeup.allCases)
  func names(wakeup: Wakeup) throws {
    let plain = try scratch.write("plain.log.gz", "1\n2\n")
    try scratch.write("text", "3\n4\n")
    _ = try shell("gzip -c text > packed.log", directory: scratch.folder)
    let packed = scratch.path("packed.log")
    let inputs = [plain, packed]
    let run = try LiveTool.run(
      ["tail", "--no-follow", "--from-start"] + wakeup.options + inputs)
    #expect(run.status == 0 && run.output == lines(1...4) && run.errors == "", "\(run.errors)")
    let tail = try TailTool(inputs, wakeup)
    #expect(tail.prints("1", "2", "3", "4"))
    scratch.append("plain.log.gz", "5\n")
    #expect(tail.prints("5"))
    #expect(faults(tail.end().output, 1...5) == [])
  }

  @Test(
    "G7: says which compression it cannot read, once a file",
    arguments: Wakeup.allCases, ["zst zstd", "xz xz", "bz2 bzip2"])
  func unsupported(wakeup: Wakeup, codec: String) throws {
    let words = codec.split(separator: " ").map(String.init)
    let magic: [String: [UInt8]] = [
      "zst": [0x28, 0xB5, 0x2F, 0xFD], "xz": [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
      "bz2": [0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
    ]
    scratch.append("app.log", lines(1...3))
    let job = TailJob(scratch: scratch, inputs: [log], wakeup: wakeup)
    #expect(try job.run().output == lines(1...3))
    scratch.append("app.log", "4\n")
    // What `compresscmd` makes of the rotated file; its lines are lost to the job.
    try FileManager.default.removeItem(atPath: log)
    let packed = try scratch.write(
      "app.log.1.\(words[0])", Data((magic[words[0]] ?? []) + [0x0A, 7, 0x0A, 9]))
    scratch.append("app.log", "5\n")
    let run = try job.run()
    #expect(run.output == "5\n", "\(run.output)")
    let complaint = "unsupported compression: \(words[1])"
    let said = run.errors.split(separator: "\n").filter { $0.contains(complaint) }
    #expect(said.count == 1 && said[0].contains(packed), "\(run.errors)")
    let whole = try LiveTool.run(["tail", "--no-follow", "--from-start", log] + wakeup.options)
    #expect(whole.output == "5\n" && whole.errors.contains(complaint), "\(whole.errors)")
    let named = try LiveTool.run(["tail", "--no-follow", packed] + wakeup.options)
    #expect(named.status == 4 && named.output == "" && named.errors.contains(complaint))
  }
}
