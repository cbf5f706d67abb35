import Bytes

extension ByteCursor {
  /// A field up to the next space, which is skipped; nil when it is empty or the line ends here.
  mutating func takeField(in bytes: Span<UInt8>) -> Range<Int>? {
    let start = position
    guard let end = bytes.firstIndex(of: 0x20, from: start), end > start else { return nil }
    position = end + 1
    return start..<end
  }

  /// The inside of a quoted text whose opening quote is next, past the closing quote. A backslash
  /// takes the byte behind it with it.
  mutating func takeQuoted(in bytes: Span<UInt8>) -> Range<Int>? {
    guard position < bytes.count, bytes[position] == 0x22 else { return nil }
    let start = position + 1
    var from = start
    while let quote = bytes.firstIndex(of: 0x22, from: from) {
      var slashes = quote
      while slashes > start, bytes[slashes - 1] == 0x5C { slashes -= 1 }
      if (quote - slashes) & 1 == 0 {
        position = quote + 1
        return start..<quote
      }
      from = quote + 1
    }
    return nil
  }

  /// The inside of `[…]` whose opening bracket is next, past the closing one.
  mutating func takeBracketed(in bytes: Span<UInt8>) -> Range<Int>? {
    guard position < bytes.count, bytes[position] == 0x5B else { return nil }
    let start = position + 1
    guard let end = bytes.firstIndex(of: 0x5D, from: start) else { return nil }
    position = end + 1
    return start..<end
  }

  /// An HTTP status of exactly three digits; stays put otherwise.
  mutating func takeStatus(in bytes: Span<UInt8>) -> Int? {
    let start = position
    guard let status = takeDigits(in: bytes, exactly: 3) else { return nil }
    if let next = peek(bytes), next.isDigit {
      position = start
      return nil
    }
    return status
  }

  /// A decimal number of a unit that is ten to `power` seconds, in seconds; nil when there is none
  /// or it is negative, which is how balancers write an absent time.
  mutating func takeSeconds(in bytes: Span<UInt8>, power: Int = 0) -> Double? {
    guard var number = takeDecimal(in: bytes), !number.isNegative else { return nil }
    number.exponent += power
    return number.double
  }

  /// A run of ASCII upper-case letters, at least one.
  mutating func takeUppercase(in bytes: Span<UInt8>) -> Range<Int>? {
    let start = position
    while position < bytes.count, bytes[position] &- 0x41 < 26 { position += 1 }
    return position > start ? start..<position : nil
  }

  /// A run of ASCII letters, at least one.
  mutating func takeLetters(in bytes: Span<UInt8>) -> Range<Int>? {
    let start = position
    while position < bytes.count, bytes[position].isLetter { position += 1 }
    return position > start ? start..<position : nil
  }
}

extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  @inline(__always) var isUppercase: Bool { self &- 0x41 < 26 }
  /// A letter, digit or underscore, as `\w` in a pattern.
  @inline(__always) var isWord: Bool { isLetter || isDigit || self == 0x5F }
}

extension Span where Element == UInt8 {
  /// Whether `literal` stands at `index`; false where it would pass the end.
  @inline(__always)
  func has(_ literal: StaticString, at index: Int) -> Bool {
    guard index >= 0, index <= count else { return false }
    var cursor = ByteCursor(index)
    return cursor.take(literal, in: self)
  }

  /// Whether the bytes in `range` are those of `literal`.
  @inline(__always)
  func equals(_ literal: StaticString, in range: Range<Int>) -> Bool {
    range.count == literal.utf8CodeUnitCount && has(literal, at: range.lowerBound)
  }

  /// Where `literal` first stands at or behind `start`; nil when it does not.
  func firstIndex(of literal: StaticString, from start: Int) -> Int? {
    // SAFETY: a static string's bytes live for ever; the literals used here are never empty.
    let first = unsafe literal.utf8Start.pointee
    var index = Swift.max(start, 0)
    while let found = firstIndex(of: first, from: index) {
      if has(literal, at: found) { return found }
      index = found + 1
    }
    return nil
  }
}
