import Bytes
import Testing

@testable import Following

/// What a reader handed on.
struct CollectedLines {
  var lines: [String] = []
  var positions: [LinePosition] = []
  var counts = SkipCounts()
  var notices: [ReadNotice] = []
  var bytes: Int64 = 0

  init() {}

  /// Reads one file as a batch run does.
  init(reading path: String, lineBytes: Int = Limits.lineBytes, chunkBytes: Int = 4096) throws {
    let status = try FileStatus(path: path)
    let file = InputFile(
      path: path, name: path, input: 0, kind: status.kind == .regular ? .regular : .stream,
      identity: status.identity, isSibling: false, size: status.size, modified: status.modified,
      firstTime: nil)
    bytes = try readWhole(
      file: file, limits: ReadLimits(lineBytes: lineBytes, chunkBytes: chunkBytes),
      counts: &counts, notices: &notices
    ) { line, position in
      lines.append(text(line))
      positions.append(position)
    }
  }

  /// Splits bytes fed in pieces of `chunk` bytes into blocks, and those into lines.
  init(blocksOf bytes: [UInt8], chunk: Int, lineBytes: Int = Limits.lineBytes) {
    var splitter = LineSplitter(lineBytesLimit: lineBytes)
    func take(_ block: Span<UInt8>, _ count: Int) {
      var pieces = array(block).split(separator: 0x0A, omittingEmptySubsequences: false)
      #expect(pieces.popLast()?.isEmpty == true && pieces.count == count)
      lines += pieces.map { String(decoding: $0, as: UTF8.self) }
    }
    var start = 0
    while start < bytes.count {
      let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
      splitter.feedBlocks(piece.span, counts: &counts, take)
      start += chunk
    }
    splitter.finishBlocks(isCut: false, counts: &counts, take)
    self.bytes = splitter.offset
  }

  /// Splits bytes fed in pieces of `chunk` bytes.
  init(splitting bytes: [UInt8], chunk: Int, lineBytes: Int = Limits.lineBytes) {
    var splitter = LineSplitter(lineBytesLimit: lineBytes)
    var start = 0
    while start < bytes.count {
      let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
      splitter.feed(piece.span, counts: &counts) { line, position in
        lines.append(text(line))
        positions.append(position)
      }
      start += chunk
    }
    splitter.finish(counts: &counts) { line, position in
      lines.append(text(line))
      positions.append(position)
    }
  }
}

/// The bytes as text, damage repaired.
func text(_ bytes: Span<UInt8>) -> String {
  String(decoding: array(bytes), as: UTF8.self)
}

func array(_ bytes: Span<UInt8>) -> [UInt8] {
  var copy: [UInt8] = []
  copy.reserveCapacity(bytes.count)
  for index in 0..<bytes.count { copy.append(bytes[index]) }
  return copy
}

/// A small generator with a seed, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
