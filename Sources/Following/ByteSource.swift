package import Bytes

/// What one read of a `ByteSource` came to.
package enum SourceState: Hashable, Sendable {
  /// The chunk holds bytes.
  case bytes
  /// Nothing more at present: the end of a file, which may grow, or the end of a pipe.
  case end
  /// A pipe whose writer is silent at the moment.
  case waiting
  /// What was read before is not there any more: the file was truncated or written anew.
  case changed
}

/// One open file as decompressed bytes, a chunk at a time.
///
/// Plain text and gzip are told apart by the first bytes. A file that grows can be read further
/// after `.end`. The last bytes are read again with those that follow them, so that a file which was
/// truncated and has grown past the old place is not taken for one that went on. Memory is bounded
/// by the chunk and the decoder, whatever the file holds.
package struct ByteSource: ~Copyable {
  /// The file as the user knows it, for messages.
  package let name: String
  private let file: any ReadableFile
  private let kind: FileKind
  /// Bytes read to recognise the file and not decided on yet.
  private var head: [UInt8] = []
  private var gzip: GzipDecoder?
  /// How the file is packed; nil until its first bytes are known.
  package private(set) var compression: Compression?
  /// Bytes read from the file as it stands on disk.
  package private(set) var rawOffset: Int64 = 0
  /// The bytes on disk before `rawOffset`, at most `Limits.windowBytes`.
  private var window: [UInt8] = []

  /// Reads a regular file from its first byte, a pipe or a device from where it stands.
  package init(_ file: any ReadableFile, kind: FileKind, name: String) {
    self.file = file
    self.kind = kind
    self.name = name
  }

  /// Whether the source is a pipe or a device, whose end is final.
  package var isStream: Bool { kind != .regular }

  /// What fstat(2) says.
  package func status() throws(ReadError) -> FileStatus {
    do throws(Errno) {
      return try file.status()
    } catch {
      throw .unreadable(file: name, error)
    }
  }

  /// Whether what was read last still stands where it was.
  package func isIntact() throws(ReadError) -> Bool {
    do throws(Errno) {
      return try isUnchanged()
    } catch {
      throw .unreadable(file: name, error)
    }
  }

  /// The number to wait on with poll(2), for streams.
  package var descriptorNumber: Int32 { file.number }

  /// Waits for a stream to have something, for ever if `timeout` is negative; in milliseconds.
  /// Returns false at a timeout and when a signal came.
  package func wait(timeout: Int32) throws(ReadError) -> Bool {
    do throws(Errno) {
      return try file.readiness(timeout: timeout).canRead
    } catch .interrupted {
      return false
    } catch {
      throw .unreadable(file: name, error)
    }
  }

  /// Replaces the chunk's bytes by the next ones. Never waits. Throws
  /// `.unsupportedCompression` as soon as the first bytes say so.
  package mutating func read(into chunk: inout ByteChunk) throws(ReadError) -> SourceState {
    chunk.clear()
    let state: SourceState
    do throws(Errno) {
      state = try readSupported(into: &chunk)
    } catch .wouldBlock {
      // Another process took what was there between the look and the read.
      return .waiting
    } catch {
      throw .unreadable(file: name, error)
    }
    if let compression, !compression.isSupported {
      throw .unsupportedCompression(file: name, compression)
    }
    return state
  }

  /// Says that no more will be read: hands out first bytes that were waiting for a decision, and
  /// notes a gzip member without an end. Call it once, after `.end`.
  package mutating func finish(into chunk: inout ByteChunk) {
    chunk.clear()
    if compression == nil, head.first == 0x1F {
      // No log is that one byte; a gzip file cut there is.
      gzip = GzipDecoder(head: head.span)
      compression = .gzip
    } else if compression == nil {
      compression = Compression.none
      Self.give(&head, to: &chunk)
    }
    gzip?.finish()
  }

  /// What was wrong since the last call; empties the list.
  package mutating func takeAnomalies() -> [SourceAnomaly] {
    gzip?.takeAnomalies() ?? []
  }

  /// Goes on at a byte of a file that is known to be plain text.
  mutating func start(plainAt offset: Int64) {
    compression = Compression.none
    rawOffset = offset
  }

  /// Starts over at the file's first byte, with nothing remembered.
  package mutating func restart() {
    compression = nil
    gzip = nil
    head = []
    rawOffset = 0
    window = []
  }

  /// Goes on reading a plain file at `offset` bytes from its start. `window` is what has to stand
  /// before that place.
  package mutating func skip(to offset: Int64, after window: [UInt8] = []) {
    precondition(gzip == nil, "an offset inside a packed file is not a place in it")
    rawOffset = offset
    self.window = window
    compression = Compression.none
    head = []
  }

  /// Goes on behind a hole, if reading has come to one; returns its length in bytes.
  package mutating func skipHole() -> Int64 {
    guard !isStream, compression == Compression.none,
      let data = file.nextData(from: rawOffset), data > rawOffset
    else { return 0 }
    let length = data - rawOffset
    rawOffset = data
    window = [UInt8](repeating: 0, count: Int(min(length, Int64(Limits.windowBytes))))
    return length
  }

  /// Bytes of a regular file as they stand on disk, at most `limit`; the reading position stays.
  package func peek(
    into chunk: inout ByteChunk, at offset: Int64, limit: Int = .max
  ) throws(ReadError) {
    chunk.clear()
    do throws(Errno) {
      while chunk.count < limit, !chunk.isFull {
        let at = offset + Int64(chunk.count)
        let count = try chunk.append { (buffer, start) throws(Errno) in
          try file.read(into: &buffer, from: start, at: at)
        }
        guard count > 0 else { break }
      }
    } catch {
      throw .unreadable(file: name, error)
    }
    chunk.dropLast(max(0, chunk.count - limit))
  }
}

extension ByteSource {
  private mutating func readSupported(into chunk: inout ByteChunk) throws(Errno) -> SourceState {
    if compression == nil {
      let state = try readHead()
      guard state == .bytes else { return state }
    }
    switch compression {
    case .gzip?: return try readGzip(into: &chunk)
    case Compression.none?: return try readPlain(into: &chunk)
    default: return .end
    }
  }

  /// Reads until the first bytes say how the file is packed; `.bytes` once they do.
  private mutating func readHead() throws(Errno) -> SourceState {
    while true {
      // Before reading, since the last call may have failed once the bytes were there.
      if let found = Compression.recognise(head.span) {
        guard try isUnchanged() else { return .changed }
        compression = found
        if found == .gzip {
          gzip = GzipDecoder(head: head.span)
          head = []
        }
        return .bytes
      }
      guard try isReadable() else { return .waiting }
      var buffer = [UInt8](repeating: 0, count: Compression.decisiveBytes - head.count)
      var span = buffer.mutableSpan
      let count = try readRaw(into: &span, from: 0, at: rawOffset)
      guard count > 0 else { return try isUnchanged() ? .end : .changed }
      rawOffset += Int64(count)
      head.append(contentsOf: buffer.prefix(count))
      keepWindow(buffer.span.extracting(first: count))
    }
  }

  private mutating func readPlain(into chunk: inout ByteChunk) throws(Errno) -> SourceState {
    if !head.isEmpty {
      Self.give(&head, to: &chunk)
      return .bytes
    }
    guard try isReadable() else { return .waiting }
    let overlap = isStream ? 0 : window.count
    // The window first, and in the same read what follows it.
    let from = rawOffset - Int64(overlap)
    while true {
      let at = from + Int64(chunk.count)
      let count = try chunk.append { (buffer, start) throws(Errno) in
        try readRaw(into: &buffer, from: start, at: at)
      }
      if count == 0 || chunk.count > overlap { break }
    }
    guard chunk.count >= overlap, chunk.bytes.starts(with: isStream ? [] : window) else {
      chunk.clear()
      return .changed
    }
    chunk.dropFirst(overlap)
    rawOffset += Int64(chunk.count)
    keepWindow(chunk.bytes)
    return chunk.count > 0 ? .bytes : .end
  }

  private mutating func readGzip(into chunk: inout ByteChunk) throws(Errno) -> SourceState {
    guard var decoder = gzip.take() else { return .end }
    var state = SourceState.bytes
    do throws(Errno) {
      state = try fill(&chunk, from: &decoder)
    } catch {
      gzip = consume decoder
      throw error
    }
    gzip = consume decoder
    return chunk.count > 0 ? .bytes : state
  }

  private mutating func fill(
    _ chunk: inout ByteChunk, from decoder: inout GzipDecoder
  ) throws(Errno) -> SourceState {
    while !chunk.isFull {
      decoder.decode(into: &chunk)
      if decoder.isDone { return .end }
      guard !chunk.isFull, decoder.wantsInput else { continue }
      guard try isReadable() else { return .waiting }
      guard try isUnchanged() else { return .changed }
      var came: [UInt8] = []
      let count = try decoder.refill { (buffer, start) throws(Errno) in
        let count = try readRaw(into: &buffer, from: start, at: rawOffset)
        for index in (start + max(0, count - Limits.windowBytes))..<(start + count) {
          came.append(buffer[index])
        }
        return count
      }
      if count == 0 { return .end }
      rawOffset += Int64(count)
      keepWindow(came.span)
    }
    return .bytes
  }

  /// Bytes as they stand on disk; of a stream those that come next.
  private borrowing func readRaw(
    into buffer: inout MutableSpan<UInt8>, from start: Int, at offset: Int64
  ) throws(Errno) -> Int {
    isStream
      ? try file.readNext(into: &buffer, from: start)
      : try file.read(into: &buffer, from: start, at: offset)
  }

  /// Whether what was read last still stands where it was. Plain text is compared as it is read;
  /// this is for what is packed or not recognised yet.
  private borrowing func isUnchanged() throws(Errno) -> Bool {
    guard !isStream, !window.isEmpty else { return true }
    var found = [UInt8](repeating: 0, count: window.count)
    var filled = 0
    while filled < found.count {
      var span = found.mutableSpan
      let count = try file.read(
        into: &span, from: filled, at: rawOffset - Int64(window.count - filled))
      guard count > 0 else { return false }
      filled += count
    }
    return found == window
  }

  private mutating func keepWindow(_ bytes: Span<UInt8>) {
    guard !isStream else { return }
    let kept = max(0, Limits.windowBytes - bytes.count)
    if window.count > kept { window.removeFirst(window.count - kept) }
    let added = bytes.extracting(last: Limits.windowBytes)
    for index in 0..<added.count { window.append(added[index]) }
  }

  /// Whether a read returns at once. Only pipes and devices can make a reader wait.
  private func isReadable() throws(Errno) -> Bool {
    guard isStream else { return true }
    do throws(Errno) {
      return try file.readiness(timeout: 0).canRead
    } catch .interrupted {
      return false
    }
  }

  private static func give(_ bytes: inout [UInt8], to chunk: inout ByteChunk) {
    let given = bytes
    chunk.append { buffer, start in
      for index in given.indices { buffer[start + index] = given[index] }
      return given.count
    }
    bytes = []
  }
}
