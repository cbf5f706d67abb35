import Bytes

/// How a file's bytes are packed, told by its first bytes and never by its name.
package enum Compression: String, Hashable, Sendable {
  case none, gzip, zstd, xz, bzip2

  /// The first bytes of each packed format.
  ///
  /// Sources: RFC 1952 2.3.1; RFC 8878 3.1.1; the .xz file format 2.1.1.1; the bzip2 block magic,
  /// which is asked for too because `BZh` alone could begin a log line.
  private static let magics: [(Compression, [UInt8])] = [
    (.gzip, [0x1F, 0x8B]),
    (.zstd, [0x28, 0xB5, 0x2F, 0xFD]),
    (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
    (.bzip2, [0x42, 0x5A, 0x68, 0, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59]),
  ]

  /// So many first bytes decide every case.
  package static let decisiveBytes = 10

  /// What the first bytes of a file say, or nil while they could still become a packed format and
  /// more of them are needed.
  package static func recognise(_ head: Span<UInt8>) -> Compression? {
    var isOpen = false
    for (compression, magic) in magics {
      var index = 0
      while index < head.count, index < magic.count,
        head[index] == magic[index] || isBzip2Level(compression, index, head[index])
      {
        index += 1
      }
      if index == magic.count { return compression }
      if index == head.count { isOpen = true }
    }
    return isOpen ? nil : Compression.none
  }

  private static func isBzip2Level(_ compression: Compression, _ index: Int, _ byte: UInt8) -> Bool
  {
    compression == .bzip2 && index == 3 && (0x31...0x39).contains(byte)
  }

  /// Whether this program can unpack it.
  package var isSupported: Bool { self == .none || self == .gzip }
}
