import Bytes

/// One open file while it is followed: its bytes, its begun line, its place.
///
/// A class, because a followed path holds several and the data plane's values cannot be copied.
/// It is touched once a chunk, never once a line.
final class FollowedFile {
  let name: String
  let identity: FileIdentity
  var source: ByteSource?
  var splitter: LineSplitter
  /// What was read, to know it again.
  var trail = TextTrail()
  let lineBytes: Int
  /// Bytes of the unpacked text up to where the source stands. Text before the splitter's place is
  /// unpacked again only to get there, and not handed on.
  var textOffset: Int64 = 0
  /// Reads on without handing lines on, until the first end: what was there before the start.
  var isDropping = false
  private var lastRawOffset: Int64 = 0
  private var wasPacked = false
  private var hasFinished = false
  /// What the file was like when it was read to its end last, and when it was first seen so.
  private var lastStatus: FileStatus?
  private var lastStatusSince: Int64 = 0
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
    /// The clock's time of this round, in nanoseconds.
    var now: Int64 = 0
  }

  /// A file that is read from its first byte, or goes on where a checkpoint was taken of its text.
  init(
    _ source: consuming ByteSource, identity: FileIdentity, lineBytes: Int,
    checkpoint: FileCheckpoint? = nil
  ) {
    name = source.name
    self.identity = identity
    self.lineBytes = lineBytes
    if let checkpoint {
      splitter = LineSplitter(lineBytesLimit: lineBytes, checkpoint: checkpoint)
      trail = checkpoint.trail
    } else {
      splitter = LineSplitter(lineBytesLimit: lineBytes)
    }
    self.source = consume source
  }

  /// Bytes read of the file as it stands on disk.
  var rawOffset: Int64 { source?.rawOffset ?? lastRawOffset }
  var hasPartialLine: Bool { splitter.hasPartialLine }
  var isOpen: Bool { source != nil }
  /// The number to wait on, for streams.
  var descriptorNumber: Int32? { source?.descriptorNumber }

  /// The file as it is now; nil while it is put away.
  func status() throws(ReadError) -> FileStatus? { try source?.status() }

  /// Whether the file was read to its end and is as it was then. Times of files are coarse, so what
  /// changed a moment ago is read once more.
  func isUnchanged(_ status: FileStatus, now: Int64) -> Bool {
    isAtEnd && lastStatus == status && now - lastStatusSince > Limits.coarseTimeNanoseconds
  }

  /// Whether what was read last still stands where it was.
  func isIntact() throws(ReadError) -> Bool { try source?.isIntact() ?? true }

  /// Reads what is there now, as far as the budget reaches.
  func read(
    _ context: inout Context, _ body: (Span<UInt8>, LinePosition) -> Void
  ) throws(ReadError) -> SourceState {
    let before = context.counts
    defer {
      context.notices.addSkips(
        of: name, from: before, to: context.counts, lineBytesLimit: lineBytes)
    }
    let status = try status()
    while true {
      isAtEnd = false
      guard context.budget > 0 else { return .bytes }
      let start = rawOffset
      guard let state = try source?.read(into: &context.chunk) else { return .end }
      context.budget -= Int(max(rawOffset - start, Int64(context.chunk.count)))
      noteAnomalies(&context)
      guard state == .bytes else {
        // A text that ends before the place it was left at is another text.
        guard state != .changed, textOffset >= trail.offset else { return .changed }
        isAtEnd = true
        isDropping = false
        // The status from before the read: what changed meanwhile shows at the next look.
        if lastStatus != status {
          lastStatus = status
          lastStatusSince = context.now
        }
        return state
      }
      hand(&context, body)
      skipHole(&context)
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

  /// The file was truncated: starts over. Returns the line that had begun, if one had.
  func restart() -> BegunLine? {
    var old = LineSplitter(lineBytesLimit: lineBytes)
    swap(&old, &splitter)
    let begun = old.hasPartialLine && !isDropping ? BegunLine(trail: trail, splitter: old) : nil
    trail = TextTrail()
    textOffset = 0
    isDropping = false
    lastStatus = nil
    lastRawOffset = 0
    source?.restart()
    return begun
  }

  /// Where reading stands.
  func checkpoint() -> FileCheckpoint {
    FileCheckpoint(
      identity: identity, trail: trail, resumeOffset: splitter.resumeOffset,
      lineNumber: splitter.lineNumber, encoding: splitter.checkpointEncoding,
      isSkipping: splitter.isInsideSkippedLine, modified: lastStatus?.modified ?? 0,
      size: lastStatus?.size ?? 0, wasTruncated: false, isOpen: true)
  }

  /// Closes the descriptor of an idle file but remembers the place in it.
  func putAway() {
    guard isAtEnd, source?.compression != nil else { return }
    lastRawOffset = rawOffset
    wasPacked = source?.compression != Compression.none
    source = nil
  }

  /// Takes up a file that was put away. A packed one is unpacked again up to its place.
  func takeUp(_ reopened: consuming ByteSource) {
    if wasPacked {
      textOffset = 0
    } else {
      reopened.skip(to: lastRawOffset, after: trail.window)
    }
    source = consume reopened
  }

  private func hand(
    _ context: inout Context, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    let count = context.chunk.count
    guard count > 0 else { return }
    let start = textOffset
    textOffset += Int64(count)
    let remembered = min(count, max(0, Int(clamping: trail.offset - start)))
    trail.append(context.chunk.bytes.extracting(remembered..<count))
    context.chunk.dropFirst(min(count, max(0, Int(clamping: splitter.offset - start))))
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

  /// A file that was truncated while its writer kept its place begins with a hole, which may be
  /// larger than anybody wants to read.
  private func skipHole(_ context: inout Context) {
    let count = context.chunk.count
    guard count > 0, context.chunk.bytes[count - 1] == 0, splitter.skipsNulBytes,
      splitter.offset == textOffset, trail.offset == textOffset,
      let length = source?.skipHole(), length > 0
    else { return }
    textOffset += length
    trail.append(zeros: length)
    splitter.skip(nulBytes: length, counts: &context.counts)
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

/// A line that had begun when its file was truncated: its end is in the copy, or nowhere.
final class BegunLine {
  /// The text up to which the file had been read.
  let trail: TextTrail
  private var splitter: LineSplitter

  init(trail: TextTrail, splitter: consuming LineSplitter) {
    self.trail = trail
    self.splitter = splitter
  }

  /// Hands on what there is of the line.
  func finish(
    _ context: inout FollowedFile.Context, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    splitter.finish(isCut: true, counts: &context.counts, body)
  }
}
