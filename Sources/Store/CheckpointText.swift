import Following
import Foundation

/// A checkpoint as it stands in a row: JSON and its checksum.
struct CheckpointText {
  let text: String
  let checksum: Int64

  init(text: String) {
    self.text = text
    checksum = Self.checksum(text)
  }

  init(_ checkpoint: FileCheckpoint) throws {
    self.init(text: String(decoding: try JSONEncoder().encode(checkpoint), as: UTF8.self))
  }

  /// Throws a `DecodingError` when the text is none that `init(_:)` made.
  func checkpoint() throws -> FileCheckpoint {
    try JSONDecoder().decode(FileCheckpoint.self, from: Data(text.utf8))
  }

  static func checksum(_ text: String) -> Int64 {
    Int64(bitPattern: TextHash.hash(Array(text.utf8).span, from: TextHash.start))
  }
}
