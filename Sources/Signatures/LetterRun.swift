/// How many letters the next eight bytes begin with, found in a few steps for all of them at once:
/// most words of a message are shorter than that.
struct LetterRun {
  /// The bytes as they stand in memory, the first one lowest.
  let bytes: UInt64
  /// 0 to 8 ASCII letters.
  let count: Int
  /// Whether one of them is no hexadecimal digit.
  let isBeyondHex: Bool

  /// Nil when fewer than eight bytes are left.
  @inline(__always)
  init?(_ text: Span<UInt8>, at index: Int) {
    guard index + 8 <= text.count else { return nil }
    // SAFETY: eight bytes from `index` on lie inside the span, and any bits make a number.
    let word = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
    bytes = UInt64(littleEndian: word)
    // Seven bits a byte, so that no sum runs into the next byte; the eighth bit is the answer.
    let lower = (bytes | Self.each(0x20)) & Self.each(0x7F)
    let fromA = lower &+ Self.each(0x80 - 0x61)
    let fromG = lower &+ Self.each(0x80 - 0x67)
    let beyondZ = lower &+ Self.each(0x80 - 0x7B)
    let letters = fromA & ~beyondZ & ~bytes & Self.each(0x80)
    let others = ~letters & Self.each(0x80)
    count = others.trailingZeroBitCount >> 3
    let inside = others == 0 ? .max : (others & (~others &+ 1)) &- 1
    isBeyondHex = fromG & letters & inside != 0
  }

  /// Whether a blank follows the letters, and they can be no day or month.
  @inline(__always)
  var isWord: Bool {
    guard count < 8, UInt8(truncatingIfNeeded: bytes >> UInt64(8 * count)) == 0x20 else {
      return false
    }
    return count != 3 || bytes & 0x20 != 0
  }

  @inline(__always)
  private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
}
