import Bytes

/// One open file while it is followed: its bytes, its begun line, its place.
///
/// A class, because a followed path holds several and the data plane's values cannot be copied.
/// It is touched once a chunk, never once a line.
final class FollowedFile {
  let name: String
  let identity: FileIdentity
  private var source: ByteSource?
  private var splitter: LineSplitter
  private let lineBytes: Int
  /// Reads on without handing lines on, until the first end: what was there before the start.
  private var isDropping = false
  private var lastRawOffset: Int64 = 0
  private var hasFinished = false
  /// Whether the last read came to the end. A packed file can have more to give although all its
  /// bytes on disk were read.
  private(set) var isAtEnd = false

  /// What reading has to share with its surroundings.
  struct Context: ~Copyable {
    var chunk: ByteChunk
    var counts = SkipCounts()
    var notices: [ReadNotice] = []
    /// Bytes on disk that may still be read in this round.
    var budget = 0
    /// Decompressed bytes handed on in this round.
    var bytes: Int64 = 0
  }

  init(_ source: consuming ByteSource, identity: FileIdentity, lineBytes: Int) {
    name = source.name
    self.identity = identity
    self.lineBytes = lineBytes
    splitter = LineSplitter(lineBytesLimit: lineBytes)
    self.source = consume source
  }

  /// Bytes read of the file as it stands on disk.
  var rawOffset: Int64 { source?.rawOffset ?? lastRawOffset }
  var hasPartialLine: Bool { splitter.hasPartialLine }
  var isOpen: Bool { source != nil }
  /// The number to wait on, for streams.
  var descriptorNumber: Int32? { source?.descriptorNumber }

  /// The size on disk now; nil while the file is put away.
  func size() throws(ReadError) -> Int64? { try source?.status().size }

  /// When it was written to last, in nanoseconds since 1970; nil while the file is put away.
  func modified() throws(ReadError) -> Int64? { try source?.status().modified }

  /// Reads what is there now, as far as the budget reaches.
  func read(
    _ context: inout Context, _ body: (Span<UInt8>, LinePosition) -> Void
  ) throws(ReadError) -> SourceState {
    let before = context.counts
    defer {
      context.notices.addSkips(
        of: name, from: before, to: context.counts, lineBytesLimit: lineBytes)
    }
    while true {
      isAtEnd = false
      guard context.budget > 0 else { return .bytes }
      let start = rawOffset
      guard let state = try source?.read(into: &context.chunk) else { return .end }
      context.budget -= Int(max(rawOffset - start, Int64(context.chunk.count)))
      noteAnomalies(&context)
      guard state == .bytes else {
        isAtEnd = true
        isDropping = false
        return state
      }
      hand(&context, body)
    }
  }

  /// Takes the file as ended: hands on the begun line and what waited for more.
  func finish(_ context: inout Context, _ body: (Span<UInt8>, LinePosition) -> Void) {
    guard !hasFinished else { return }
    hasFinished = true
    source?.finish(into: &context.chunk)
    hand(&context, body)
    let isCut = noteAnomalies(&context)
    splitter.finish(isCut: isCut, counts: &context.counts, body)
  }

  /// The file was truncated: hands on the begun line, whose end is lost, and starts over.
  func restart(
    _ context: inout Context, _ body: (Span<UInt8>, LinePosition) -> Void
  ) throws(ReadError) {
    splitter.finish(isCut: true, counts: &context.counts, body)
    splitter = LineSplitter(lineBytesLimit: lineBytes)
    isDropping = false
    try source?.restart()
  }

  /// Its first bytes, to know it again; nil if they cannot be read or there are none.
  func fingerprint(_ context: inout Context) -> Fingerprint? {
    guard rawOffset > 0, (try? source?.peek(into: &context.chunk, at: 0)) != nil else { return nil }
    let count = min(Int64(Limits.fingerprintBytes), rawOffset)
    return Fingerprint(context.chunk.bytes.extracting(first: Int(count)))
  }

  /// Goes on at `offset` bytes on disk. Only plain text can be taken up in the middle: of anything
  /// else nothing is handed on until its first end.
  func resume(at offset: Int64, _ context: inout Context) throws(ReadError) {
    guard offset > 0 else { return }
    if try isPlain(&context) {
      try source?.skip(to: offset)
      splitter = LineSplitter(lineBytesLimit: lineBytes, offset: offset)
    } else {
      isDropping = true
    }
  }

  /// Closes the descriptor of an idle file but remembers the place in it. Only plain text can be
  /// taken up again in the middle.
  func putAway() {
    guard source?.compression == Compression.none else { return }
    lastRawOffset = rawOffset
    source = nil
  }

  /// Takes up a file that was put away.
  func takeUp(_ reopened: consuming ByteSource) throws(ReadError) {
    try reopened.skip(to: lastRawOffset)
    source = consume reopened
  }

  private func hand(
    _ context: inout Context, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    guard context.chunk.count > 0 else { return }
    var counts = context.counts
    if isDropping {
      splitter.feed(context.chunk.bytes, counts: &counts) { _, _ in }
    } else {
      context.bytes += Int64(context.chunk.count)
      splitter.feed(context.chunk.bytes, counts: &counts, body)
      context.counts = counts
    }
  }

  @discardableResult
  private func noteAnomalies(_ context: inout Context) -> Bool {
    guard let anomalies = source?.takeAnomalies() else { return false }
    for anomaly in anomalies {
      anomaly.count(in: &context.counts)
      context.notices.add(anomaly.notice(file: name))
    }
    return anomalies.contains { $0.isCut }
  }
}

extension FollowedFile {
  /// Moves to where following begins in a file that was there at the start.
  func begin(_ start: FollowStart, _ context: inout Context) throws(ReadError) {
    let wanted: Int
    switch start {
    case .beginning: return
    case .end: wanted = 0
    case .lastLines(let lines): wanted = max(lines, 0)
    }
    guard let size = try size(), size > 0 else { return }
    guard try isPlain(&context) else {
      isDropping = true
      return
    }
    let offset = try lineStart(back: wanted, from: size, &context.chunk)
    guard offset > 0 else { return }
    try source?.skip(to: offset)
    splitter = LineSplitter(lineBytesLimit: lineBytes, offset: offset)
  }

  /// Whether offsets in the file are offsets in its text.
  private func isPlain(_ context: inout Context) throws(ReadError) -> Bool {
    try source?.peek(into: &context.chunk, at: 0)
    let head = context.chunk.bytes
    let isWide = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
    return !isWide && (Compression.recognise(head) ?? Compression.none) == Compression.none
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
