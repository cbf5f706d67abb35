import Bytes

/// Cuts a file's decompressed bytes into lines, whatever the chunks they come in.
///
/// A line that lies inside one chunk is handed on as it stands in it; only a line that spans chunks
/// is put together in one buffer, which is used again. Memory is bounded by the line limit. The
/// newline is not part of a line; a carriage return is. NUL bytes at a line's start are skipped,
/// as a truncated file leaves them behind when its writer does not append. A UTF-8 byte order mark
/// is dropped; a file that begins with a UTF-16 one is read as UTF-8.
package struct LineSplitter: ~Copyable {
  enum Encoding: Equatable {
    /// The first bytes could still be a byte order mark.
    case undecided
    case bytes
    case utf16
  }

  /// Longest line handed on whole, in bytes.
  let lineBytesLimit: Int
  private(set) var encoding: Encoding
  /// First bytes that could still be a byte order mark.
  private var head: [UInt8] = []
  /// The begun line: what came of it in earlier chunks.
  private var carry: [UInt8] = []
  /// Where the begun line starts.
  private var carryOffset: Int64 = 0
  /// Inside the rest of a line that was too long.
  private var isSkipping = false
  /// Number of the last line handed on.
  private var number = 0
  /// A line with its LF, where blocks are handed on and a line comes by itself.
  var lineBlock: [UInt8] = []
  private var utf16 = Utf16Decoder(isBigEndian: false)
  /// Bytes fed so far, from the file's start.
  package private(set) var offset: Int64

  /// Passes over whole lines that are handed on as they stand.
  mutating func pass(bytes: Int, lines: Int) {
    offset += Int64(bytes)
    number += lines
  }

  /// `offset` is where the first byte that is fed stands in the file: nought for a whole file,
  /// where a byte order mark may come.
  package init(lineBytesLimit: Int = Limits.lineBytes, offset: Int64 = 0) {
    self.lineBytesLimit = max(lineBytesLimit, Limits.smallestLineBytes)
    self.offset = offset
    encoding = offset == 0 ? .undecided : .bytes
  }

  /// Goes on where a checkpoint was taken: feed from its `resumeOffset` on.
  init(lineBytesLimit: Int, checkpoint: FileCheckpoint) {
    self.init(lineBytesLimit: lineBytesLimit, offset: checkpoint.resumeOffset)
    number = checkpoint.lineNumber
    isSkipping = checkpoint.isSkipping
    guard checkpoint.resumeOffset > 0 else { return }
    switch checkpoint.encoding {
    case .bytes: break
    case .utf16LittleEndian: encoding = .utf16
    case .utf16BigEndian:
      encoding = .utf16
      utf16 = Utf16Decoder(isBigEndian: true)
    }
  }

  /// The number of the last line handed on.
  var lineNumber: Int { number }

  /// Whether reading is inside the rest of a line that was too long.
  var isInsideSkippedLine: Bool { isSkipping }

  /// How the bytes are taken.
  var checkpointEncoding: FileCheckpoint.Encoding {
    guard encoding == .utf16 else { return .bytes }
    return utf16.isBigEndian ? .utf16BigEndian : .utf16LittleEndian
  }

  /// Whether NUL bytes that come now would be passed over.
  var skipsNulBytes: Bool { encoding != .utf16 && !hasPartialLine }

  /// Passes over so many NUL bytes at a line's start.
  mutating func skip(nulBytes: Int64, counts: inout SkipCounts) {
    precondition(skipsNulBytes, "NUL bytes inside a line belong to it")
    encoding = .bytes
    offset += nulBytes
    counts.nulBytes += Int(nulBytes)
  }

  /// Whether a line has begun and waits for its end.
  package var hasPartialLine: Bool { !carry.isEmpty || !head.isEmpty || isSkipping }

  /// Where reading has to begin again so that no line is lost and none read twice: the start of
  /// the begun line, or of what was not fed yet.
  package var resumeOffset: Int64 {
    carry.isEmpty ? offset - Int64(head.count + utf16.pendingBytes) : carryOffset
  }

  /// Hands on every line that ends in `chunk`; keeps the rest for the next one.
  package mutating func feed(
    _ chunk: Span<UInt8>, counts: inout SkipCounts, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    switch encoding {
    case .bytes: split(chunk, counts: &counts, body)
    case .utf16: decode(chunk, counts: &counts, body)
    case .undecided: decide(chunk, counts: &counts, body)
    }
  }

  /// Hands on the begun line without its newline. `isCut` says that the file was cut off there, so
  /// that the line's end is missing. Feeding may go on afterwards: what comes is a new line.
  package mutating func finish(
    isCut: Bool = false, counts: inout SkipCounts, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    if encoding == .undecided, !head.isEmpty { settle(.bytes, counts: &counts, body) }
    if encoding == .utf16 { finishUtf16(counts: &counts, body) }
    if !carry.isEmpty { deliverCarry(isTruncated: isCut, body) }
    isSkipping = false
  }
}

extension LineSplitter {
  mutating func split(
    _ chunk: Span<UInt8>, counts: inout SkipCounts, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    var start = 0
    while start < chunk.count {
      if carry.isEmpty, !isSkipping, chunk[start] == 0 {
        let end = chunk.firstIndex(notOf: 0, from: start)
        counts.nulBytes += end - start
        start = end
        continue
      }
      guard let newline = chunk.firstIndex(of: 0x0A, from: start) else {
        keep(chunk.extracting(start..<chunk.count), at: offset + Int64(start), &counts, body)
        break
      }
      let line = chunk.extracting(start..<newline)
      if isSkipping {
        isSkipping = false
      } else if carry.isEmpty {
        deliver(line, at: offset + Int64(start), &counts, body)
      } else {
        keep(line, at: carryOffset, &counts, body)
        if isSkipping { isSkipping = false } else { deliverCarry(isTruncated: false, body) }
      }
      start = newline + 1
    }
    offset += Int64(chunk.count)
  }

  /// Adds to the begun line; hands it on, cut, as soon as it is longer than the limit.
  private mutating func keep(
    _ bytes: Span<UInt8>, at start: Int64, _ counts: inout SkipCounts,
    _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    guard !isSkipping else { return }
    if carry.isEmpty { carryOffset = start }
    let room = lineBytesLimit - carry.count
    // SAFETY: the bytes are borrowed for the call and copied.
    unsafe bytes.extracting(first: room).withUnsafeBufferPointer { part in
      unsafe carry.append(contentsOf: part)
    }
    guard bytes.count > room else { return }
    counts.truncatedLines += 1
    deliverCarry(isTruncated: true, body)
    isSkipping = true
  }

  /// Hands on a line that lies inside the chunk.
  private mutating func deliver(
    _ line: Span<UInt8>, at start: Int64, _ counts: inout SkipCounts,
    _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    number += 1
    let isTruncated = line.count > lineBytesLimit
    if isTruncated { counts.truncatedLines += 1 }
    body(
      line.extracting(first: lineBytesLimit),
      LinePosition(number: number, offset: start, isTruncated: isTruncated))
  }

  private mutating func deliverCarry(
    isTruncated: Bool, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    number += 1
    body(
      carry.span, LinePosition(number: number, offset: carryOffset, isTruncated: isTruncated))
    carry.removeAll(keepingCapacity: carry.capacity <= Limits.keptLineBufferBytes)
  }
}

extension LineSplitter {
  private static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let littleEndianMark: [UInt8] = [0xFF, 0xFE]
  private static let bigEndianMark: [UInt8] = [0xFE, 0xFF]

  /// Collects first bytes until they are a byte order mark or cannot become one.
  private mutating func decide(
    _ chunk: Span<UInt8>, counts: inout SkipCounts, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    var used = 0
    while used < chunk.count {
      head.append(chunk[used])
      used += 1
      offset += 1
      if head == Self.littleEndianMark || head == Self.bigEndianMark {
        utf16 = Utf16Decoder(isBigEndian: head == Self.bigEndianMark)
        head = []
        settle(.utf16, counts: &counts, body)
      } else if head == Self.utf8Mark {
        head = []
        settle(.bytes, counts: &counts, body)
      } else if !Self.utf8Mark.starts(with: head), !Self.littleEndianMark.starts(with: head),
        !Self.bigEndianMark.starts(with: head)
      {
        settle(.bytes, counts: &counts, body)
      } else {
        continue
      }
      feed(chunk.extracting(used..<chunk.count), counts: &counts, body)
      return
    }
  }

  private mutating func settle(
    _ settled: Encoding, counts: inout SkipCounts, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    encoding = settled
    let waiting = head
    head = []
    offset -= Int64(waiting.count)
    feed(waiting.span, counts: &counts, body)
  }
}

extension LineSplitter {
  /// Lines of a UTF-16 file, one scalar at a time: such logs are rare and small.
  private mutating func decode(
    _ chunk: Span<UInt8>, counts: inout SkipCounts, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    for index in 0..<chunk.count {
      let at = offset
      offset += 1
      guard let scalars = utf16.take(chunk[index]) else { continue }
      if let lone = scalars.lone { keepScalar(lone, at: at, &counts, body) }
      if let scalar = scalars.scalar { keepScalar(scalar, at: at, &counts, body) }
    }
  }

  private mutating func keepScalar(
    _ scalar: Unicode.Scalar, at end: Int64, _ counts: inout SkipCounts,
    _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    // `end` is the scalar's last byte; the first is one or three bytes before it.
    let start = end - Int64(UTF16.width(scalar) * 2 - 1)
    if scalar.value == 0x0A {
      if isSkipping {
        isSkipping = false
      } else {
        if carry.isEmpty { carryOffset = start }
        deliverCarry(isTruncated: false, body)
      }
    } else if scalar.value == 0, carry.isEmpty, !isSkipping {
      counts.nulBytes += 2
    } else if let encoded = UTF8.encode(scalar) {
      let bytes = Array(encoded)
      keep(bytes.span, at: start, &counts, body)
    }
  }

  private mutating func finishUtf16(
    counts: inout SkipCounts, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    if utf16.finish() { keepScalar("\u{FFFD}", at: offset - 1, &counts, body) }
  }
}
