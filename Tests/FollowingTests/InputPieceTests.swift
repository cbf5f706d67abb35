import Bytes
import Testing

@testable import Following

/// Files read in pieces, and by two threads, against the same files read in one go.
@Suite("A file in pieces")
struct InputPieceTests {
  let folder = TemporaryFolder()

  /// The lines of each piece, in order.
  private func lines(
    _ name: String, pieceBytes: Int64, chunkBytes: Int = 4096, lineBytes: Int = Limits.lineBytes,
    isAhead: Bool = false
  ) throws -> CollectedLines {
    let path = folder(name)
    let status = try FileStatus(path: path)
    let file = InputFile(
      path: path, name: path, input: 0, kind: .regular, identity: status.identity,
      isSibling: false, size: status.size, modified: status.modified, firstTime: nil)
    var result = CollectedLines()
    for piece in file.pieces(bytes: pieceBytes) {
      var lines: [String] = []
      result.bytes += try readBlocks(
        piece: piece, limits: ReadLimits(lineBytes: lineBytes, chunkBytes: chunkBytes),
        isAhead: isAhead, counts: &result.counts, notices: &result.notices
      ) { block, count in
        let found = array(block).split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        #expect(found.count == count)
        lines += found.map { String(decoding: $0, as: UTF8.self) }
      }
      result.lines += lines
    }
    return result
  }

  @Test("has the lines of the file, wherever it is cut", arguments: 1...30)
  func anyCut(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = [0x0A, seed.isMultiple(of: 3) ? 0 : 0x63, 0x61, 0x62]
    var bytes: [UInt8] = seed.isMultiple(of: 4) ? [0xEF, 0xBB, 0xBF] : [0x61]
    for _ in 0..<Int.random(in: 5...200, using: &random) {
      let byte = alphabet.randomElement(using: &random) ?? 0
      bytes += [UInt8](repeating: byte, count: Int.random(in: 1...20, using: &random))
    }
    folder.write("app.log", bytes)
    let whole = try CollectedLines(reading: folder("app.log"), lineBytes: 100)
    for pieceBytes in [1, 2, 7, 40, 100, 1_000, Int64(bytes.count)] {
      for chunkBytes in [300, 512, 4096] {
        let pieces = try lines(
          "app.log", pieceBytes: pieceBytes, chunkBytes: chunkBytes, lineBytes: 100)
        #expect(pieces.lines == whole.lines, "\(pieceBytes) \(chunkBytes)")
        #expect(pieces.bytes == whole.bytes)
        #expect(pieces.counts == whole.counts)
      }
    }
  }

  @Test("is whole when it is packed or UTF-16", arguments: ["gzip", "utf16"])
  func notCut(kind: String) throws {
    let text = (1...200).map { "line \($0)\n" }.joined()
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    folder.write("app.log", kind == "gzip" ? GzipFixture.member(text) : wide)
    let result = try lines("app.log", pieceBytes: 10)
    #expect(result.lines == (1...200).map { "line \($0)" })
  }

  @Test("read ahead it is the same, damaged files included", arguments: 0...5)
  func ahead(kind: Int) throws {
    let text = (1...20_000).map { "a line with a number \($0)\n" }.joined()
    var bytes = kind == 0 ? Array(text.utf8) : GzipFixture.member(text)
    switch kind {
    case 2: bytes.removeLast(bytes.count / 3)
    case 3: bytes += Array("trailing garbage".utf8)
    case 4: bytes[bytes.count / 2] ^= 0xFF
    case 5: bytes = []
    default: break
    }
    folder.write("app.log", bytes)
    let whole = try CollectedLines(reading: folder("app.log"))
    let ahead = try lines("app.log", pieceBytes: .max, isAhead: true)
    #expect(ahead.lines == whole.lines)
    #expect(ahead.bytes == whole.bytes)
    #expect(ahead.counts == whole.counts)
    #expect(ahead.notices == whole.notices)
  }

  @Test("read ahead, a file that cannot be unpacked or is gone is the same error")
  func failures() throws {
    folder.write("app.log", [0x28, 0xB5, 0x2F, 0xFD] + [UInt8](repeating: 1, count: 100))
    #expect(throws: ReadError.self) { try lines("app.log", pieceBytes: .max, isAhead: true) }
    let status = try FileStatus(path: folder("app.log"))
    folder.delete("app.log")
    let file = InputFile(
      path: folder("app.log"), name: "app.log", input: 0, kind: .regular,
      identity: status.identity, isSibling: false, size: 1, modified: 0, firstTime: nil)
    var counts = SkipCounts()
    var notices: [ReadNotice] = []
    #expect(throws: ReadError.self) {
      try readBlocks(
        piece: InputPiece(file: file, range: nil), isAhead: true, counts: &counts,
        notices: &notices
      ) { _, _ in }
    }
  }

  @Test("read ahead it can be stopped between any two chunks", arguments: [0, 1, 2, 7])
  func stopped(chunks: Int) throws {
    let text = (1...50_000).map { "a line with a number \($0)\n" }.joined()
    folder.write("app.log", text)
    let status = try FileStatus(path: folder("app.log"))
    let file = InputFile(
      path: folder("app.log"), name: "app.log", input: 0, kind: .regular,
      identity: status.identity, isSibling: false, size: status.size, modified: 0, firstTime: nil)
    var counts = SkipCounts()
    var notices: [ReadNotice] = []
    var seen = 0
    let bytes = try readBlocks(
      piece: InputPiece(file: file, range: nil), limits: ReadLimits(chunkBytes: 4096),
      isAhead: true, counts: &counts, notices: &notices,
      isStopped: {
        seen += 1
        return seen > chunks
      },
      body: { _, _ in })
    #expect(bytes < text.utf8.count)
  }
}
