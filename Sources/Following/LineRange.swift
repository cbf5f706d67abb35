import Bytes

/// The lines of a file that begin in a range of its bytes, while the file is read in chunks.
struct LineRange {
  private let range: Range<Int64>
  /// Where the next chunk begins.
  private(set) var offset: Int64
  /// Where the first line begins, once it is known.
  private(set) var start: Int64?

  init(_ range: Range<Int64>) {
    self.range = range
    // The byte before tells whether a line begins right at the start.
    offset = max(0, range.lowerBound - 1)
    start = range.lowerBound == 0 ? 0 : nil
  }

  /// The part of the next chunk that belongs to the lines, and whether they end in it.
  mutating func part(of chunk: Span<UInt8>) -> (part: Range<Int>, isLast: Bool) {
    let chunkStart = offset
    offset += Int64(chunk.count)
    var first = 0
    if start == nil {
      guard let newline = chunk.firstIndex(of: 0x0A) else { return (0..<0, false) }
      first = newline + 1
      start = chunkStart + Int64(first)
    }
    if let start, start >= range.upperBound { return (0..<0, true) }
    guard offset >= range.upperBound else { return (first..<chunk.count, false) }
    let lastByte = max(Int64(first), range.upperBound - 1 - chunkStart)
    guard let newline = chunk.firstIndex(of: 0x0A, from: Int(lastByte)) else {
      return (first..<chunk.count, false)
    }
    return (first..<(newline + 1), true)
  }
}
