/// Writes the bytes of an archive: each number takes as little room as it needs.
struct ArchiveWriter {
  private(set) var bytes: [UInt8] = []

  /// Seven bits a byte, the lowest first; the top bit says that more follow.
  mutating func number(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func number(_ value: Int) {
    precondition(value >= 0, "a count is not negative")
    number(UInt64(value))
  }

  /// Small numbers of either sign stay short.
  mutating func signed(_ value: Int64) {
    number(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// A count as a whole number; any other amount as its eight bytes.
  mutating func amount(_ value: Double) {
    if value >= 0, value == value.rounded(), value < 9e15 {
      number(UInt64(value) << 1)
    } else {
      number(1 as UInt64)
      fixed(value.bitPattern)
    }
  }

  mutating func fixed(_ value: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func text(_ text: String) {
    number(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func data(_ data: [UInt8]) {
    number(data.count)
    raw(data)
  }

  mutating func raw(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  mutating func names(_ names: [String]) {
    number(names.count)
    for name in names { text(name) }
  }
}
