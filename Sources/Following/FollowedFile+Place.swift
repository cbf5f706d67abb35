import Bytes

/// Where reading begins in a file.
extension FollowedFile {
  /// Moves to where following begins in a file that was there at the start.
  func begin(_ start: FollowStart, _ context: inout Context) throws(ReadError) {
    let wanted: Int
    switch start {
    case .beginning: return
    case .end: wanted = 0
    case .lastLines(let lines): wanted = max(lines, 0)
    }
    guard let size = try status()?.size, size > 0 else { return }
    guard try isPlain(&context), !isWide(context.chunk.bytes) else {
      isDropping = true
      return
    }
    let offset = try lineStart(back: wanted, from: size, &context.chunk)
    guard offset > 0 else { return }
    try placePlain(at: offset, &context)
  }

  /// Moves to the place of the checkpoint that the file was made with.
  func resume(_ checkpoint: FileCheckpoint, _ context: inout Context) throws(ReadError) {
    guard try isPlain(&context) else { return }
    let offset = min(checkpoint.resumeOffset, checkpoint.trail.offset)
    // A begun line is read again from its start, so the window before it is not known.
    source?.skip(
      to: offset, after: offset == checkpoint.trail.offset ? checkpoint.trail.window : [])
    textOffset = offset
  }

  /// Moves to a line's start in a plain file of whose text nothing was read.
  private func placePlain(at offset: Int64, _ context: inout Context) throws(ReadError) {
    let first = try bytes(at: 0, limit: Int(min(offset, Int64(Limits.windowBytes))), &context)
    let start = max(0, offset - Int64(Limits.windowBytes))
    let window = try bytes(at: start, limit: Int(offset - start), &context)
    trail = TextTrail(offset: offset, head: first, window: window)
    source?.skip(to: offset, after: window)
    textOffset = offset
    splitter = LineSplitter(lineBytesLimit: lineBytes, offset: offset)
  }

  private func bytes(
    at offset: Int64, limit: Int, _ context: inout Context
  ) throws(ReadError) -> [UInt8] {
    try source?.peek(into: &context.chunk, at: offset, limit: limit)
    return context.chunk.copy()
  }

  /// Whether the file has the bytes of the chunk at this place on disk; uses the chunk up.
  func holds(_ context: inout Context, at offset: Int64) throws(ReadError) -> Bool {
    let expected = context.chunk.copy()
    return try bytes(at: offset, limit: expected.count, &context) == expected
  }

  /// Whether offsets in the file are offsets in its text that a line may begin at.
  private func isPlain(_ context: inout Context) throws(ReadError) -> Bool {
    try source?.peek(into: &context.chunk, at: 0, limit: Compression.decisiveBytes)
    let head = context.chunk.bytes
    return (Compression.recognise(head) ?? Compression.none) == Compression.none
  }

  /// Whether the first bytes are a byte order mark of UTF-16, whose newlines are two bytes.
  private func isWide(_ head: Span<UInt8>) -> Bool {
    head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
  }

  /// Where the last `wanted` lines begin, read backwards a chunk at a time. A line without its end
  /// counts as one, and is never cut in two, however few are wanted.
  private func lineStart(
    back wanted: Int, from size: Int64, _ chunk: inout ByteChunk
  ) throws(ReadError) -> Int64 {
    var end = size
    var missing = max(wanted, 1)
    var isFirst = true
    while end > 0 {
      let start = max(0, end - Int64(chunk.capacity))
      try source?.peek(into: &chunk, at: start)
      let bytes = chunk.bytes.extracting(first: Int(end - start))
      guard bytes.count > 0 else { return start }
      if isFirst, bytes[bytes.count - 1] == 0x0A {
        if wanted == 0 { return end }
        missing += 1
      }
      isFirst = false
      var before = bytes.count
      while let newline = bytes.lastIndex(of: 0x0A, before: before) {
        missing -= 1
        if missing == 0 { return start + Int64(newline) + 1 }
        before = newline
      }
      end = start
    }
    return 0
  }
}
