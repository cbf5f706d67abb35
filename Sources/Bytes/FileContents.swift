/// A small file read whole, such as a rule file.
package struct FileContents: Sendable {
  private static let stepBytes = 64 << 10

  package private(set) var bytes: [UInt8] = []
  /// The file holds more than the limit; what was read of it is kept.
  package private(set) var isCut = false

  /// Reads at most `limit` bytes of the file at `path`; a pipe, such as `/dev/stdin`, is waited for.
  /// Throws what open(2) or read(2) says.
  package init(path: String, limit: Int) throws(Errno) {
    let file = try FileDescriptor(reading: path)
    var chunk = ByteChunk(capacity: Self.stepBytes)
    while bytes.count <= limit {
      chunk.clear()
      let count: Int
      do throws(Errno) {
        count = try chunk.append { (target, start) throws(Errno) in
          try file.read(into: &target, from: start)
        }
      } catch .wouldBlock {
        _ = try file.readiness(timeout: -1)
        continue
      }
      guard count > 0 else { return }
      for index in 0..<count { bytes.append(chunk.bytes[index]) }
    }
    bytes.removeSubrange(limit...)
    isCut = true
  }
}
