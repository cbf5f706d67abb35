import Bytes

extension InputFile {
  /// How the file is packed, told by its first bytes; nil for what can be read only once, and for a
  /// file that cannot be read.
  package func compression() -> Compression? {
    var chunk = ByteChunk(capacity: Compression.decisiveBytes)
    guard kind == .regular, let descriptor = try? FileDescriptor.opening(self),
      (try? ByteSource(SystemFile(descriptor), kind: .regular, name: name)
        .peek(into: &chunk, at: 0, limit: Compression.decisiveBytes)) != nil
    else { return nil }
    return Compression.recognise(chunk.bytes) ?? Compression.none
  }
}
