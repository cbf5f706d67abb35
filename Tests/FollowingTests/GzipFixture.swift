/// Packs bytes into a gzip member without zlib, so that the reader is checked by another hand:
/// one block of fixed Huffman codes, runs of one byte as matches. Source: RFC 1951 3.2.6, RFC 1952.
enum GzipFixture {
  static func member(_ text: String) -> [UInt8] { member(Array(text.utf8)) }

  static func member(_ bytes: [UInt8]) -> [UInt8] {
    var bits = BitWriter()
    bits.put(1, count: 1)
    bits.put(1, count: 2)
    var index = 0
    while index < bytes.count {
      if index > 0, bytes.count - index >= 258,
        bytes[index..<(index + 258)].allSatisfy({ $0 == bytes[index - 1] })
      {
        bits.putCode(0b1100_0101, count: 8)
        bits.putCode(0, count: 5)
        index += 258
      } else {
        let byte = UInt32(bytes[index])
        if byte < 144 {
          bits.putCode(0b0011_0000 + byte, count: 8)
        } else {
          bits.putCode(0b1_1001_0000 + byte - 144, count: 9)
        }
        index += 1
      }
    }
    bits.putCode(0, count: 7)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] + bits.finished()
      + littleEndian(checksum(bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
  }

  static func littleEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static let table: [UInt32] = (0..<256).map { start in
    var value = UInt32(start)
    for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    return value
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
  }

  private struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending: UInt32 = 0
    private var pendingCount: UInt32 = 0

    mutating func put(_ value: UInt32, count: UInt32) {
      pending |= value << pendingCount
      pendingCount += count
      while pendingCount >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        pendingCount -= 8
      }
    }

    /// A Huffman code goes in with its highest bit first.
    mutating func putCode(_ code: UInt32, count: UInt32) {
      for bit in stride(from: Int(count) - 1, through: 0, by: -1) {
        put(code >> UInt32(bit) & 1, count: 1)
      }
    }

    func finished() -> [UInt8] {
      pendingCount > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes
    }
  }
}
