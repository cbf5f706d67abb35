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

  /// Where `byte` last occurs before `end`, or nil. An end past the last byte means the last byte.
  package func lastIndex(of byte: UInt8, before end: Int = .max) -> Int? {
    var index = Swift.min(end, count)
    while index > 0 {
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
