/// A reading position in a line, moved forward by what it finds.
///
/// It keeps only the position; the bytes are handed to each call, so that a cursor can be stored,
/// copied and put back without borrowing anything. Nothing here reads past the end: a missing byte
/// is a mismatch.
package struct ByteCursor: Sendable {
  package var position: Int

  package init(_ position: Int = 0) {
    self.position = position
  }

  /// The byte under the cursor, or nil at the end.
  @inlinable
  package func peek(_ bytes: Span<UInt8>) -> UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  /// The byte `distance` behind the cursor, or nil past the end.
  @inlinable
  package func peek(_ bytes: Span<UInt8>, ahead distance: Int) -> UInt8? {
    let index = position + distance
    return index < bytes.count ? bytes[index] : nil
  }

  @inlinable
  package func isAtEnd(_ bytes: Span<UInt8>) -> Bool {
    position >= bytes.count
  }

  /// Moves past `byte` if it is next.
  @inlinable
  package mutating func take(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Moves past `literal` if it is next; stays put otherwise.
  @inlinable
  package mutating func take(_ literal: StaticString, in bytes: Span<UInt8>) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    // SAFETY: a static string's bytes live for ever, and `offset` stays below its length.
    let start = unsafe literal.utf8Start
    for offset in 0..<count where unsafe bytes[position + offset] != start[offset] {
      return false
    }
    position += count
    return true
  }

  /// Moves past every `byte` that follows; returns how many there were.
  @inlinable
  @discardableResult
  package mutating func skip(_ byte: UInt8, in bytes: Span<UInt8>) -> Int {
    let start = position
    while position < bytes.count, bytes[position] == byte { position += 1 }
    return position - start
  }

  /// The bytes up to the next `stop`, which is not included; moves onto it. Nil, without moving,
  /// when there is none.
  @inlinable
  package mutating func take(upTo stop: UInt8, in bytes: Span<UInt8>) -> Range<Int>? {
    var index = position
    while index < bytes.count, bytes[index] != stop { index += 1 }
    guard index < bytes.count else { return nil }
    defer { position = index }
    return position..<index
  }

  /// The bytes up to the next space, tab or the end; may be empty.
  @inlinable
  package mutating func takeWord(in bytes: Span<UInt8>) -> Range<Int> {
    let start = position
    while position < bytes.count, bytes[position] != 0x20, bytes[position] != 0x09 {
      position += 1
    }
    return start..<position
  }

  /// A run of at most `limit` decimal digits as a number, or nil if there is none. At most 18
  /// digits are read, so that no value overflows.
  @inlinable
  package mutating func takeDigits(in bytes: Span<UInt8>, atMost limit: Int = 18) -> Int? {
    var value = 0
    let start = position
    let end = min(bytes.count, position + min(limit, 18))
    while position < end {
      let digit = bytes[position] &- 0x30
      guard digit < 10 else { break }
      value = value &* 10 &+ Int(digit)
      position += 1
    }
    return position > start ? value : nil
  }

  /// Exactly `count` decimal digits as a number; stays put otherwise.
  @inlinable
  package mutating func takeDigits(in bytes: Span<UInt8>, exactly count: Int) -> Int? {
    let start = position
    guard let value = takeDigits(in: bytes, atMost: count), position - start == count else {
      position = start
      return nil
    }
    return value
  }
}
