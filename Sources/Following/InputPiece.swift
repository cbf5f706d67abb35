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
