import Bytes

/// The line of a block that a place lies in, while places only go forward.
struct LinePlace {
  /// Where the line starts and ends; its LF is not part of it.
  private(set) var range = 0..<0
  /// Number of the line among those that were asked for.
  private(set) var serial = 0
  private var isBegun = false

  /// Goes to the line of a byte that lies in the line of the last call or behind it. Every line of
  /// the block ends in an LF.
  mutating func move(to place: Int, in block: Span<UInt8>) {
    guard !isBegun || place > range.upperBound else { return }
    let start = lineStart(before: place, in: block)
    range = start..<(block.firstIndex(of: 0x0A, from: place) ?? block.count)
    serial += 1
    isBegun = true
  }

  /// The byte behind the last LF before `place`.
  private func lineStart(before place: Int, in block: Span<UInt8>) -> Int {
    let limit = isBegun ? range.upperBound + 1 : 0
    return block.lastIndex(of: 0x0A, before: place, from: limit).map { $0 + 1 } ?? limit
  }
}
