/// Where a line stands in its file.
package struct LinePosition: Hashable, Sendable {
  /// The line's number, counted from 1 where reading began; empty lines count.
  package var number: Int
  /// Where its first byte stands, in decompressed bytes from the file's start.
  package var offset: Int64
  /// The end of the line is missing: it was longer than the limit, or its file was cut off there.
  package var isTruncated: Bool

  package init(number: Int, offset: Int64, isTruncated: Bool) {
    self.number = number
    self.offset = offset
    self.isTruncated = isTruncated
  }
}
