/// Turns UTF-16 bytes into scalars, one byte at a time.
///
/// A surrogate without its other half becomes U+FFFD. Source: RFC 2781.
struct Utf16Decoder {
  let isBigEndian: Bool
  private var firstByte: UInt8?
  private var highSurrogate: UInt16?

  init(isBigEndian: Bool) {
    self.isBigEndian = isBigEndian
  }

  /// Bytes taken that are no whole scalar yet.
  var pendingBytes: Int { (firstByte == nil ? 0 : 1) + (highSurrogate == nil ? 0 : 2) }

  /// What a byte completed: a scalar, and before it perhaps a surrogate that stayed alone.
  struct Completed {
    var lone: Unicode.Scalar?
    var scalar: Unicode.Scalar?
  }

  /// Takes one byte; nil while nothing is complete.
  mutating func take(_ byte: UInt8) -> Completed? {
    guard let first = firstByte else {
      firstByte = byte
      return nil
    }
    firstByte = nil
    let unit =
      isBigEndian
      ? UInt16(first) << 8 | UInt16(byte)
      : UInt16(byte) << 8 | UInt16(first)
    let high = highSurrogate
    highSurrogate = nil
    if let high, (0xDC00...0xDFFF).contains(unit) {
      let value = 0x1_0000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
      return Completed(lone: nil, scalar: Unicode.Scalar(value))
    }
    let lone: Unicode.Scalar? = high == nil ? nil : "\u{FFFD}"
    if (0xD800...0xDBFF).contains(unit) {
      highSurrogate = unit
      return Completed(lone: lone, scalar: nil)
    }
    return Completed(lone: lone, scalar: Unicode.Scalar(unit) ?? "\u{FFFD}")
  }

  /// Whether something was begun and stays unfinished; forgets it.
  mutating func finish() -> Bool {
    defer {
      firstByte = nil
      highSurrogate = nil
    }
    return firstByte != nil || highSurrogate != nil
  }
}
