import Bytes
import Following
import Testing

@Suite("Lines of a stream of chunks")
struct LineSplitterTests {
  @Test(
    "cut at newlines",
    arguments: [
      ("", []),
      ("a", ["a"]),
      ("a\n", ["a"]),
      ("\n\n", ["", ""]),
      ("a\nb", ["a", "b"]),
      ("a\r\nb\r\n", ["a\r", "b\r"]),
      ("a\0b\n", ["a\0b"]),
    ])
  func lines(input: String, expected: [String]) {
    let result = CollectedLines(splitting: Array(input.utf8), chunk: 3)
    #expect(result.lines == expected)
    #expect(result.positions.map(\.number) == Array(1..<(expected.count + 1)))
  }

  @Test("have the offset of their first byte")
  func offsets() {
    let result = CollectedLines(splitting: Array("ab\n\ncd\ne".utf8), chunk: 100)
    #expect(result.positions.map(\.offset) == [0, 3, 4, 7])
  }

  @Test("do not depend on the chunks", arguments: 1...40)
  func anyChunking(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let marks: [[UInt8]] = [[], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB]]
    let alphabet: [UInt8] = [0x0A, 0x0A, 0x00, 0x61, 0x62, 0x0D, 0xD8, 0xDC, 0xFF]
    var bytes = marks.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 0...400, using: &random) {
      let byte = alphabet.randomElement(using: &random) ?? 0
      bytes += [UInt8](repeating: byte, count: Int.random(in: 1...30, using: &random))
    }
    let whole = CollectedLines(splitting: bytes, chunk: max(1, bytes.count), lineBytes: 64)
    for chunk in [1, 2, 3, 4, 5, 8, 13, 31, 62, 63, 64, 65, 66, 100] {
      let pieces = CollectedLines(splitting: bytes, chunk: chunk, lineBytes: 64)
      #expect(pieces.lines == whole.lines, "chunk \(chunk)")
      #expect(pieces.positions == whole.positions, "chunk \(chunk)")
      #expect(pieces.counts == whole.counts, "chunk \(chunk)")
    }
  }

  @Test("are the same in blocks", arguments: 1...40)
  func blocks(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let marks: [[UInt8]] = [[], [], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE]]
    let alphabet: [UInt8] = [0x0A, 0x0A, seed.isMultiple(of: 2) ? 0x00 : 0x63, 0x61, 0x62, 0x0D]
    var bytes = marks.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 0...400, using: &random) {
      let byte = alphabet.randomElement(using: &random) ?? 0
      bytes += [UInt8](repeating: byte, count: Int.random(in: 1...30, using: &random))
    }
    for chunk in [1, 7, 63, 64, 65, 200, 100_000] {
      for lineBytes in [64, 100_000] {
        let expected = CollectedLines(splitting: bytes, chunk: chunk, lineBytes: lineBytes)
        let blocks = CollectedLines(blocksOf: bytes, chunk: chunk, lineBytes: lineBytes)
        #expect(blocks.lines == expected.lines, "chunk \(chunk)")
        #expect(blocks.counts == expected.counts, "chunk \(chunk)")
        #expect(blocks.bytes == Int64(bytes.count))
      }
    }
  }

  @Test("keep their offset: each line is found again where its position says", arguments: 1...20)
  func offsetsPointAtLines(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = [0x0A, 0x00, 0x61, 0x62]
    let bytes = (0..<500).map { _ in alphabet.randomElement(using: &random) ?? 0 }
    var found: [[UInt8]] = []
    var positions: [LinePosition] = []
    var counts = SkipCounts()
    var splitter = LineSplitter(lineBytesLimit: 64)
    splitter.feed(bytes.span, counts: &counts) { line, position in
      found.append(array(line))
      positions.append(position)
    }
    for (line, position) in zip(found, positions) {
      let start = Int(position.offset)
      #expect(Array(bytes[start..<(start + line.count)]) == line)
    }
  }

  @Test("longer than the limit are cut, counted, and the next one is whole")
  func longLines() {
    let bytes = [UInt8](repeating: 0x78, count: 200) + Array("\nnext\n".utf8)
    for chunk in [1, 63, 64, 65, 100, 206] {
      let result = CollectedLines(splitting: bytes, chunk: chunk, lineBytes: 64)
      #expect(result.lines == [String(repeating: "x", count: 64), "next"])
      #expect(result.positions.map(\.isTruncated) == [true, false])
      #expect(result.positions.map(\.offset) == [0, 201])
      #expect(result.counts.truncatedLines == 1)
    }
  }

  @Test("of exactly the limit are whole", arguments: [1, 7, 64, 65])
  func limitIsAllowed(chunk: Int) {
    let bytes = [UInt8](repeating: 0x78, count: 64) + [0x0A]
    let result = CollectedLines(splitting: bytes, chunk: chunk, lineBytes: 64)
    #expect(result.positions == [LinePosition(number: 1, offset: 0, isTruncated: false)])
    #expect(result.counts.truncatedLines == 0)
  }

  @Test("lose the NUL bytes they start with, which are counted", arguments: [1, 4, 5, 1000])
  func nulBytes(chunk: Int) {
    let bytes = [UInt8](repeating: 0, count: 100) + Array("ok\n".utf8) + [0, 0] + Array("b\n".utf8)
    let result = CollectedLines(splitting: bytes, chunk: chunk)
    #expect(result.lines == ["ok", "b"])
    #expect(result.counts.nulBytes == 102)
    #expect(result.positions.map(\.offset) == [100, 105])
  }

  @Test("start behind a UTF-8 byte order mark", arguments: [1, 2, 3, 100])
  func utf8Mark(chunk: Int) {
    let result = CollectedLines(
      splitting: [0xEF, 0xBB, 0xBF] + Array("a\n".utf8), chunk: chunk)
    #expect(result.lines == ["a"])
    #expect(result.positions.map(\.offset) == [3])
  }

  @Test("of UTF-16 files become UTF-8", arguments: [true, false], [1, 2, 3, 1000])
  func utf16(isBigEndian: Bool, chunk: Int) {
    let text = "\u{FEFF}ERROR größe\r\n日本 😀\nend"
    let bytes = text.utf16.flatMap { unit -> [UInt8] in
      let high = UInt8(unit >> 8)
      let low = UInt8(unit & 0xFF)
      return isBigEndian ? [high, low] : [low, high]
    }
    let result = CollectedLines(splitting: bytes, chunk: chunk)
    #expect(result.lines == ["ERROR größe\r", "日本 😀", "end"])
    #expect(result.positions.map(\.offset) == [2, 28, 40])
  }

  @Test("of UTF-16 with a lone surrogate or half a unit have U+FFFD there")
  func brokenUtf16() {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x00, 0xD8, 0x61, 0x00, 0x0A, 0x00, 0x62, 0x00, 0x63]
    let result = CollectedLines(splitting: bytes, chunk: 4)
    #expect(result.lines == ["\u{FFFD}a", "b\u{FFFD}"])
  }

  @Test("begun and not ended wait, and say where to resume")
  func partialLine() {
    var splitter = LineSplitter()
    var counts = SkipCounts()
    var lines: [String] = []
    let first = Array("one\nERR".utf8)
    splitter.feed(first.span, counts: &counts) { line, _ in lines.append(text(line)) }
    #expect(lines == ["one"])
    let (isHalf, resume) = (splitter.hasPartialLine, splitter.resumeOffset)
    #expect(isHalf)
    #expect(resume == 4)
    let second = Array("OR x\n".utf8)
    splitter.feed(second.span, counts: &counts) { line, _ in lines.append(text(line)) }
    #expect(lines == ["one", "ERROR x"])
    let (isStillHalf, end) = (splitter.hasPartialLine, splitter.resumeOffset)
    #expect(!isStillHalf)
    #expect(end == 12)
  }
}
