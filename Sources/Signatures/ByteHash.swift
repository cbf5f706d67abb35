/// A 64-bit hash that is the same on every machine and in every run: eight bytes a step, each
/// folded in by a 128-bit product, as in wyhash (Wang Yi, 2019).
///
/// It is no defence against somebody who chooses messages so that they collide.
package enum ByteHash {
  static let start: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  static func mix(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    let left = hash ^ 0xA076_1D64_78BD_642F
    let product = left.multipliedFullWidth(by: value ^ 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }

  /// The hash of `bytes`, continued from `seed`. Linear.
  package static func hash(_ bytes: Span<UInt8>, from seed: UInt64 = start) -> UInt64 {
    var hash = seed ^ UInt64(bytes.count)
    var index = 0
    while index + 8 <= bytes.count {
      // SAFETY: eight bytes from `index` on lie inside the span, and any bits make a number.
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      hash = mix(hash, UInt64(littleEndian: word))
      index += 8
    }
    var rest: UInt64 = 0
    while index < bytes.count {
      rest = rest << 8 | UInt64(bytes[index])
      index += 1
    }
    return mix(hash, rest)
  }

  /// The hash of `bytes` with every decimal digit read as nought. Masking does not look at a digit's
  /// value, so messages of equal hash have equal masked text. Linear.
  static func hashDigitsAlike(_ bytes: Span<UInt8>, from seed: UInt64) -> UInt64 {
    var hash = seed ^ UInt64(bytes.count)
    guard bytes.count >= 8 else {
      var rest: UInt64 = 0
      for index in 0..<bytes.count { rest = rest << 8 | UInt64(bytes[index]) }
      return mix(hash, withoutDigits(rest))
    }
    var index = 0
    while index + 8 < bytes.count {
      // SAFETY: eight bytes from `index` on lie inside the span, and any bits make a number.
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      hash = mix(hash, withoutDigits(UInt64(littleEndian: word)))
      index += 8
    }
    // SAFETY: there are eight bytes or more, and these are the last eight.
    let last = unsafe bytes.bytes.unsafeLoadUnaligned(
      fromByteOffset: bytes.count - 8, as: UInt64.self)
    return mix(hash, withoutDigits(UInt64(littleEndian: last)))
  }

  /// Clears the low half of each byte that is a digit: `0` is left.
  @inline(__always)
  private static func withoutDigits(_ word: UInt64) -> UInt64 {
    word & ~((digits(in: word) >> 7) &* 0x0F)
  }

  /// The highest bit of each byte that is a decimal digit.
  @inline(__always)
  static func digits(in word: UInt64) -> UInt64 {
    let each: UInt64 = 0x0101_0101_0101_0101
    let low = word & (each &* 0x7F)
    let atLeast0 = low &+ each &* (0x80 - 0x30)
    let beyond9 = low &+ each &* (0x80 - 0x3A)
    return atLeast0 & ~beyond9 & ~word & (each &* 0x80)
  }
}
