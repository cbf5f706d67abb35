import Bytes
import Following
import Glibc
import Testing

@Suite("A whole file")
struct ReadWholeTests {
  let folder = TemporaryFolder()

  @Test("is read to its unterminated last line")
  func plain() throws {
    folder.write("app.log", "one\ntwo\nthree")
    let result = try CollectedLines(reading: folder("app.log"))
    #expect(result.lines == ["one", "two", "three"])
    #expect(result.bytes == 13)
    #expect(result.notices.isEmpty)
  }

  @Test("that is empty has no line", arguments: ["app.log", "app.log.gz"])
  func empty(name: String) throws {
    folder.write(name, "")
    let result = try CollectedLines(reading: folder(name))
    #expect(result.lines.isEmpty)
    #expect(result.counts == SkipCounts())
  }

  @Test(
    "of a few bytes that could begin a packed format is text", arguments: ["x", "(", "BZh9", "B"])
  func shortHeads(text: String) throws {
    folder.write("app.log", text)
    #expect(try CollectedLines(reading: folder("app.log")).lines == [text])
  }

  @Test("is told to be gzip by its bytes, not by its name")
  func magic() throws {
    folder.write("packed.log", GzipFixture.member("a\nb\n"))
    folder.write("plain.log.gz", "c\nd\n")
    #expect(try CollectedLines(reading: folder("packed.log")).lines == ["a", "b"])
    #expect(try CollectedLines(reading: folder("plain.log.gz")).lines == ["c", "d"])
  }

  @Test("made by gzip(1) with dynamic codes, a name and a time is read")
  func realGzip() throws {
    folder.write("a.gz", realGzipMember)
    let result = try CollectedLines(reading: folder("a.gz"))
    #expect(result.lines.count == 200)
    #expect(result.lines.first == "2026-11-22 14:03:00 ERROR request 1 failed")
    #expect(result.lines.last == "2026-11-22 14:03:00 ERROR request 200 failed")
  }

  @Test("of 1,000 one-line members gives 1,000 lines", arguments: [64, 4096, Limits.chunkBytes])
  func manyMembers(chunkBytes: Int) throws {
    folder.write("a.gz", (1...1000).flatMap { GzipFixture.member("line \($0)\n") })
    let result = try CollectedLines(reading: folder("a.gz"), chunkBytes: chunkBytes)
    #expect(result.lines == (1...1000).map { "line \($0)" })
    #expect(result.counts == SkipCounts())
  }

  @Test(
    "with padding or garbage behind the last member is read whole, with one notice",
    arguments: [
      [0], [UInt8](repeating: 0, count: 70_000), Array("garbage".utf8), [0x1F], [0, 0, 0x1F, 0x8C],
    ])
  func trailing(tail: [UInt8]) throws {
    folder.write("a.gz", GzipFixture.member("a\n") + GzipFixture.member("b\n") + tail)
    let result = try CollectedLines(reading: folder("a.gz"))
    #expect(result.lines == ["a", "b"])
    #expect(result.notices.map(\.kind) == [.trailingGzip])
    #expect(result.counts.trailingGzip == 1)
    #expect(result.counts.truncatedGzip == 0)
  }

  @Test("with a member behind padding is read on")
  func memberBehindPadding() throws {
    folder.write("a.gz", GzipFixture.member("a\n") + [0, 0, 0] + GzipFixture.member("b\n"))
    #expect(try CollectedLines(reading: folder("a.gz")).lines == ["a", "b"])
  }

  @Test("cut anywhere inside gives a prefix of its lines and one notice")
  func cutGzip() throws {
    let all = (1...60).map { "line number \($0)" }
    let bytes = GzipFixture.member(all.map { $0 + "\n" }.joined())
    for cut in stride(from: 1, to: bytes.count, by: 7) + [2, bytes.count - 1] {
      folder.write("cut.gz", Array(bytes[..<cut]))
      let result = try CollectedLines(reading: folder("cut.gz"), chunkBytes: 100)
      let whole = result.lines.dropLast()
      #expect(whole.elementsEqual(all.prefix(whole.count)), "cut at \(cut)")
      if let last = result.lines.last {
        #expect(all[whole.count].hasPrefix(last), "cut at \(cut)")
      }
      #expect(result.notices.map(\.kind) == [.truncatedGzip], "cut at \(cut)")
      #expect(result.counts.truncatedGzip == 1, "cut at \(cut)")
    }
  }

  @Test("cut inside its second member gives the first whole, and marks the line without its end")
  func cutSecondMember() throws {
    let first = GzipFixture.member("a\nb\n")
    let second = GzipFixture.member("c\ndefgh\n")
    folder.write("a.gz", first + second.prefix(second.count - 11))
    let result = try CollectedLines(reading: folder("a.gz"))
    #expect(result.lines.prefix(3) == ["a", "b", "c"])
    #expect(result.positions.last?.isTruncated == true)
  }

  @Test("with damage inside a member gives what came before, with one notice")
  func corrupt() throws {
    var second = GzipFixture.member("b\n")
    second[10] = 0xFF
    folder.write("a.gz", GzipFixture.member("a\n") + second + GzipFixture.member("c\n"))
    let result = try CollectedLines(reading: folder("a.gz"))
    #expect(result.lines == ["a"])
    #expect(result.notices.map(\.kind) == [.corruptGzip])
    #expect(result.counts.corruptGzip == 1)
  }

  @Test(
    "with a wrong checksum or length is read on behind it, with one notice",
    arguments: [
      8, 5, 4, 1,
    ])
  func wrongChecksum(fromEnd: Int) throws {
    var first = GzipFixture.member("a\n")
    first[first.count - fromEnd] ^= 0x55
    folder.write("a.gz", first + GzipFixture.member("b\n") + first)
    for chunkBytes in [16, 4096] {
      let result = try CollectedLines(reading: folder("a.gz"), chunkBytes: chunkBytes)
      #expect(result.lines == ["a", "b", "a"])
      #expect(result.notices.map(\.kind) == [.corruptGzip])
      #expect(result.positions.allSatisfy { !$0.isTruncated })
    }
  }

  @Test("damaged at random never fails worse than by a notice", arguments: 1...30)
  func randomDamage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = (1...20).flatMap { GzipFixture.member("line \($0)\n") }
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      bytes[Int.random(in: 10..<bytes.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    folder.write("a.gz", bytes)
    let result = try CollectedLines(reading: folder("a.gz"), chunkBytes: 50)
    #expect(result.notices.count <= 3)
    #expect(result.lines.first == "line 1" || !result.notices.isEmpty)
  }

  @Test("that unpacks to far more than it is stays within the line limit")
  func bomb() throws {
    folder.write("a.gz", GzipFixture.member([0x78] + [UInt8](repeating: 0x78, count: 258 * 40_000)))
    let result = try CollectedLines(reading: folder("a.gz"), lineBytes: 1000)
    #expect(result.lines == [String(repeating: "x", count: 1000)])
    #expect(result.counts.truncatedLines == 1)
    #expect(result.bytes == 1 + 258 * 40_000)
  }

  @Test("with a line of 50 MB between two short ones gives three lines, the middle one cut")
  func hugeLine() throws {
    let writer = Writer(folder("app.log"))
    writer.write("first\n")
    let piece = [UInt8](repeating: 0x78, count: 1_000_000)
    for _ in 0..<50 { writer.write(piece) }
    writer.write("\nlast\n")
    let before = residentBytes()
    let result = try CollectedLines(reading: folder("app.log"), chunkBytes: Limits.chunkBytes)
    #expect(result.lines.map(\.utf8.count) == [5, Limits.lineBytes, 4])
    #expect(result.positions.map(\.isTruncated) == [false, true, false])
    #expect(result.counts.truncatedLines == 1)
    #expect(result.notices.map(\.kind) == [.truncatedLine])
    #expect(residentBytes() - before < 30_000_000)
  }

  @Test(
    "packed otherwise is refused by the name of its packing",
    arguments: [
      ([0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0, 0, 0, 0], Compression.zstd),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 0], Compression.xz),
      (Array("BZh91AY&SY\u{0}\u{0}".utf8), Compression.bzip2),
    ])
  func unsupported(bytes: [UInt8], compression: Compression) throws {
    folder.write("a.gz", bytes)
    let path = folder("a.gz")
    let expected = ReadError.unsupportedCompression(file: path, compression)
    #expect(throws: expected) { try CollectedLines(reading: path) }
    #expect(expected.description.contains("unsupported compression: \(compression.rawValue)"))
  }

  @Test("that is /dev/null has no line")
  func deviceNull() throws {
    #expect(try CollectedLines(reading: "/dev/null").lines.isEmpty)
  }

  @Test("that comes through a FIFO is read until its writer has gone")
  func fifo() async throws {
    folder.fifo("pipe")
    let path = folder("pipe")
    let reading = Task.detached { try CollectedLines(reading: path).lines }
    let writing = Task.detached {
      let writer = Writer(path, O_WRONLY)
      writer.write("a\n")
      writer.write(GzipFixture.member("never unpacked in the middle"))
    }
    await writing.value
    #expect(try await reading.value.first == "a")
  }

  @Test("that was renamed since it was found is found again")
  func renamed() throws {
    folder.write("app.log", "old\n")
    let status = try FileStatus(path: folder("app.log"))
    let file = InputFile(
      path: folder("app.log"), name: "app.log", input: 0, kind: .regular,
      identity: status.identity, isSibling: false, size: 4, modified: 0, firstTime: nil)
    folder.move("app.log", "app.log.1")
    folder.write("app.log", "new\n")
    var lines: [String] = []
    var counts = SkipCounts()
    var notices: [ReadNotice] = []
    try readWhole(file: file, counts: &counts, notices: &notices) { line, _ in
      lines.append(text(line))
    }
    #expect(lines == ["old"])
    folder.delete("app.log.1")
    #expect(throws: ReadError.vanished(file: "app.log")) {
      try readWhole(file: file, counts: &counts, notices: &notices) { _, _ in }
    }
  }

  /// Resident memory of this process, from /proc/self/statm.
  private func residentBytes() -> Int {
    let statm = try? CollectedLines(reading: "/proc/self/statm")
    let pages = statm?.lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096
  }
}
