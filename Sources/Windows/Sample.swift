package import Records

/// A record kept as evidence: its text, cut to a bound, and where it stands.
package struct Sample: Sendable {
  package var time: Timestamp
  package var text: [UInt8]
  /// Index of the file in the reader's table of names.
  package var file: Int
  /// Number of the record's first physical line, from 1.
  package var lineNumber: Int
  /// Decompressed offset of that line.
  package var offset: Int64
  /// The record was longer than what is kept of it.
  package var isCut = false

  package init(
    time: Timestamp, text: Span<UInt8>, file: Int, lineNumber: Int, offset: Int64, bytesLimit: Int
  ) {
    self.time = time
    self.file = file
    self.lineNumber = lineNumber
    self.offset = offset
    self.text = []
    self.text.reserveCapacity(min(text.count, bytesLimit))
    var lines = 1
    for index in 0..<min(text.count, bytesLimit) {
      if text[index] == UInt8(ascii: "\n") {
        lines += 1
        if lines > Limits.sampleLines { break }
      }
      self.text.append(text[index])
    }
    isCut = self.text.count < text.count
  }

  /// The order that decides which of two records stands for a window: by time, then by text, so
  /// that the choice does not depend on the order in which files were read.
  package static func precedes(
    _ time: Timestamp, _ text: Span<UInt8>, _ other: Sample
  ) -> Bool {
    guard time == other.time else { return time < other.time }
    for index in 0..<min(text.count, other.text.count) where text[index] != other.text[index] {
      return text[index] < other.text[index]
    }
    return text.count < other.text.count
  }
}
