import Bytes

/// What one worker reads in one go: a whole file, or the lines that begin in a part of a large plain
/// one.
package struct InputPiece: Sendable {
  package let file: InputFile
  /// Where the lines begin, in bytes of the file; nil for the whole file.
  package let range: Range<Int64>?

  package init(file: InputFile, range: Range<Int64>?) {
    self.file = file
    self.range = range
  }
}

extension InputFile {
  /// The file in pieces. They depend on the file alone, never on how many workers there are, so that
  /// what is counted does not either.
  package func pieces(bytes: Int64 = Limits.pieceBytes) -> [InputPiece] {
    guard kind == .regular, size > bytes, isPlain else {
      return [InputPiece(file: self, range: nil)]
    }
    // The last piece goes on to the end that the file has when it is read.
    return stride(from: 0, to: size, by: Int64.Stride(bytes)).map { start in
      let end = start + bytes < size ? start + bytes : Int64.max
      return InputPiece(file: self, range: start..<end)
    }
  }

  /// Whether its bytes are those of its lines: neither packed nor UTF-16.
  private var isPlain: Bool {
    var chunk = ByteChunk(capacity: Compression.decisiveBytes)
    guard let descriptor = try? FileDescriptor.opening(self),
      (try? ByteSource(SystemFile(descriptor), kind: .regular, name: name)
        .peek(into: &chunk, at: 0, limit: Compression.decisiveBytes)) != nil
    else { return false }
    return Compression.recognise(chunk.bytes) == Compression.none
      && !chunk.bytes.starts(with: [0xFF, 0xFE]) && !chunk.bytes.starts(with: [0xFE, 0xFF])
  }
}

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
