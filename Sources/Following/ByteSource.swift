package import Bytes

/// What one read of a `ByteSource` came to.
package enum SourceState: Hashable, Sendable {
  /// The chunk holds bytes.
  case bytes
  /// Nothing more at present: the end of a file, which may grow, or the end of a pipe.
  case end
  /// A pipe whose writer is silent at the moment.
  case waiting
}

/// One open file as decompressed bytes, a chunk at a time.
///
/// Plain text and gzip are told apart by the first bytes. A file that grows can be read further
/// after `.end`. Memory is bounded by the chunk and the decoder, whatever the file holds.
package struct ByteSource: ~Copyable {
  /// The file as the user knows it, for messages.
  package let name: String
  private let descriptor: FileDescriptor
  private let kind: FileKind
  /// Bytes read to recognise the file and not decided on yet.
  private var head: [UInt8] = []
  private var gzip: GzipDecoder?
  /// How the file is packed; nil until its first bytes are known.
  package private(set) var compression: Compression?
  /// Bytes read from the file as it stands on disk.
  package private(set) var rawOffset: Int64 = 0

  /// Reads from the descriptor's present position, which has to be the start of the file.
  package init(_ descriptor: consuming FileDescriptor, kind: FileKind, name: String) {
    self.descriptor = descriptor
    self.kind = kind
    self.name = name
  }

  /// Whether the source is a pipe or a device, whose end is final.
  package var isStream: Bool { kind != .regular }

  /// What fstat(2) says.
  package func status() throws(ReadError) -> FileStatus {
    do throws(Errno) {
      return try descriptor.status()
    } catch {
      throw .unreadable(file: name, error)
    }
  }

  /// The number to wait on with poll(2), for streams.
  package var descriptorNumber: Int32 { descriptor.number }

  /// Waits for a stream to have something, for ever if `timeout` is negative; in milliseconds.
  /// Returns false at a timeout and when a signal came.
  package func wait(timeout: Int32) throws(ReadError) -> Bool {
    do throws(Errno) {
      return try descriptor.readiness(timeout: timeout).canRead
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

  /// Starts over at the file's first byte, with nothing remembered.
  package mutating func restart() throws(ReadError) {
    try seek(to: 0)
    compression = nil
    gzip = nil
    head = []
  }

  /// Goes on reading a plain file at `offset` bytes from its start.
  package mutating func skip(to offset: Int64) throws(ReadError) {
    precondition(gzip == nil, "an offset inside a packed file is not a place in it")
    try seek(to: offset)
    compression = Compression.none
    head = []
  }

  /// The first bytes of a regular file as they stand on disk; the reading position stays.
  package func peek(into chunk: inout ByteChunk, at offset: Int64) throws(ReadError) {
    chunk.clear()
    do throws(Errno) {
      try chunk.append { (buffer, start) throws(Errno) in
        try descriptor.read(into: &buffer, from: start, at: offset)
      }
    } catch {
      throw .unreadable(file: name, error)
    }
  }
}

extension ByteSource {
  private mutating func seek(to offset: Int64) throws(ReadError) {
    do throws(Errno) {
      try descriptor.seek(to: offset)
    } catch {
      throw .unreadable(file: name, error)
    }
    rawOffset = offset
  }

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
      guard try isReadable() else { return .waiting }
      var buffer = [UInt8](repeating: 0, count: Compression.decisiveBytes - head.count)
      var span = buffer.mutableSpan
      let count = try descriptor.read(into: &span)
      guard count > 0 else { return .end }
      rawOffset += Int64(count)
      head.append(contentsOf: buffer.prefix(count))
      if let found = Compression.recognise(head.span) {
        compression = found
        if found == .gzip {
          gzip = GzipDecoder(head: head.span)
          head = []
        }
        return .bytes
      }
    }
  }

  private mutating func readPlain(into chunk: inout ByteChunk) throws(Errno) -> SourceState {
    let hadHead = !head.isEmpty
    if hadHead { Self.give(&head, to: &chunk) }
    guard try isReadable() else { return hadHead ? .bytes : .waiting }
    let count = try chunk.append { (buffer, start) throws(Errno) in
      try descriptor.read(into: &buffer, from: start)
    }
    rawOffset += Int64(count)
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
      let count = try decoder.refill { (buffer, start) throws(Errno) in
        try descriptor.read(into: &buffer, from: start)
      }
      if count == 0 { return .end }
      rawOffset += Int64(count)
    }
    return .bytes
  }

  /// Whether a read returns at once. Only pipes and devices can make a reader wait.
  private func isReadable() throws(Errno) -> Bool {
    guard isStream else { return true }
    do throws(Errno) {
      return try descriptor.readiness(timeout: 0).canRead
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
