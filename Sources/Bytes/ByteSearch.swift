import Glibc

/// Searches in bytes, forwards by memchr(3), the fastest loop on any machine.
extension Span where Element == UInt8 {
  /// Where `byte` first occurs at or after `start`, or nil. A start past the end finds nothing.
  package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    precondition(start >= 0, "a search starts inside the bytes")
    guard start < count else { return nil }
    // SAFETY: start < count, so the base exists and `count - start` bytes follow the address.
    return unsafe withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), bytes.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }

  /// Where `byte` last occurs at or after `start` and before `end`, or nil. An end past the last
  /// byte means the last byte. Looks at eight bytes at a time: no memrchr(3) can be had here.
  package func lastIndex(of byte: UInt8, before end: Int = .max, from start: Int = 0) -> Int? {
    precondition(start >= 0, "a search stays inside the bytes")
    var index = Swift.min(end, count)
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    while index - start >= 8 {
      // SAFETY: the eight bytes before `index` lie behind `start`, which is not negative.
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index - 8, as: UInt64.self)
      let different = word ^ pattern
      let zeros = (different &- 0x0101_0101_0101_0101) & ~different & 0x8080_8080_8080_8080
      if zeros != 0 { break }
      index -= 8
    }
    while index > start {
      index -= 1
      if self[index] == byte { return index }
    }
    return nil
  }

  /// The first position at or after `start` that holds anything but `byte`; `count` if none does.
  package func firstIndex(notOf byte: UInt8, from start: Int = 0) -> Int {
    var index = start
    while index < count, self[index] == byte { index += 1 }
    return Swift.min(index, count)
  }

  /// Whether the bytes begin with `prefix`.
  package func starts(with prefix: [UInt8]) -> Bool {
    guard count >= prefix.count else { return false }
    for index in prefix.indices where self[index] != prefix[index] { return false }
    return true
  }
}
