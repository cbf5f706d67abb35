import Bytes

/// Whole lines handed on many at a time, for work that need not look at each of them.
extension LineSplitter {
  /// Hands on the lines that end in `chunk` in blocks: whole lines, each with its LF, and their
  /// number. What a block cannot show comes as a block of one line: a line that spans chunks, one
  /// that was cut at the limit, one behind NUL bytes, one of a UTF-16 file.
  mutating func feedBlocks(
    _ chunk: Span<UInt8>, counts: inout SkipCounts, _ body: (Span<UInt8>, Int) -> Void
  ) {
    guard encoding == .bytes, chunk.count <= lineBytesLimit else {
      feedLines(chunk, counts: &counts, body)
      return
    }
    var start = 0
    if hasPartialLine {
      guard let newline = chunk.firstIndex(of: 0x0A) else {
        feedLines(chunk, counts: &counts, body)
        return
      }
      start = newline + 1
      feedLines(chunk.extracting(0..<start), counts: &counts, body)
    }
    if let last = chunk.lastIndex(of: 0x0A, from: start) {
      let block = chunk.extracting(start..<(last + 1))
      let census = ByteCensus(block)
      if census.hasNul {
        feedLines(block, counts: &counts, body)
      } else {
        pass(bytes: block.count, lines: census.newlines)
        body(block, census.newlines)
      }
      start = last + 1
    }
    feedLines(chunk.extracting(start..<chunk.count), counts: &counts, body)
  }

  /// Hands on the begun line as a block, as `finish` does.
  mutating func finishBlocks(
    isCut: Bool, counts: inout SkipCounts, _ body: (Span<UInt8>, Int) -> Void
  ) {
    var block: [UInt8] = []
    swap(&block, &lineBlock)
    finish(isCut: isCut, counts: &counts) { line, _ in Self.hand(line, &block, body) }
    swap(&block, &lineBlock)
  }

  private mutating func feedLines(
    _ bytes: Span<UInt8>, counts: inout SkipCounts, _ body: (Span<UInt8>, Int) -> Void
  ) {
    guard bytes.count > 0 else { return }
    var block: [UInt8] = []
    swap(&block, &lineBlock)
    feed(bytes, counts: &counts) { line, _ in Self.hand(line, &block, body) }
    swap(&block, &lineBlock)
  }

  private static func hand(
    _ line: Span<UInt8>, _ block: inout [UInt8], _ body: (Span<UInt8>, Int) -> Void
  ) {
    block.removeAll(keepingCapacity: block.capacity <= Limits.keptLineBufferBytes)
    // SAFETY: the bytes are borrowed for the call and copied.
    unsafe line.withUnsafeBufferPointer { bytes in unsafe block.append(contentsOf: bytes) }
    block.append(0x0A)
    body(block.span, 1)
  }
}
