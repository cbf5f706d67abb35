/// Hashes of texts in which values that are masked anyway are left out of account.
extension ByteHash {
  /// The hash of `bytes` with every decimal digit read as nought, and with the words alike that are
  /// written in small hexadecimal digits: of six characters or more, a decimal digit among them and a
  /// letter, or behind `0x`, or a whole UUID.
  ///
  /// Texts of equal hash have letters and digits at the same places, and such words as long as each
  /// other. Neither masking nor the search for what is pinned looks further into them, so whatever is
  /// found in such texts is found at the same places. Linear.
  static func hashNumbersAlike(_ bytes: Span<UInt8>, from seed: UInt64) -> UInt64 {
    var hash = seed ^ UInt64(bytes.count)
    var block: UInt64 = 0
    var index = 0
    var isInsideWord = false
    while index < bytes.count {
      // SAFETY: 0 <= index < count.
      var byte = unsafe bytes[unchecked: index]
      if !isInsideWord, byte.isSmallHex, let end = endOfHexWord(bytes, from: index) {
        let marker: UInt64 = byte.isDecimal ? 1 << 32 : 2 << 32
        hash = mix(mix(hash, block), marker | UInt64(end - index))
        block = 0
        index = end
        continue
      }
      isInsideWord = byte.isAlphanumeric
      if byte.isDecimal { byte = UInt8(ascii: "0") }
      block = block << 8 | UInt64(byte)
      index += 1
      if index & 7 == 0 {
        hash = mix(hash, block)
        block = 0
      }
    }
    return mix(hash, block)
  }

  /// Where a word of small hexadecimal digits that begins at `start` ends; nil when it is another
  /// kind of word. The groups of a UUID are one word.
  @inline(__always)
  private static func endOfHexWord(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var end = start
    var decimals = 0
    if bytes[start] == UInt8(ascii: "0"), start + 1 < bytes.count,
      bytes[start + 1] == UInt8(ascii: "x")
    {
      end += 2
      decimals = 1
    }
    while end < bytes.count {
      // SAFETY: start <= end < count.
      let byte = unsafe bytes[unchecked: end]
      guard byte.isSmallHex else { break }
      decimals += byte.isDecimal ? 1 : 0
      end += 1
    }
    let length = end - start
    guard length >= 6, decimals > 0 else { return nil }
    if length == 8, end < bytes.count, bytes[end] == 0x2D,
      let last = endOfUUID(bytes, from: start)
    {
      return last
    }
    guard decimals < length, end == bytes.count || !bytes[end].isAlphanumeric else { return nil }
    return end
  }

  /// Where the UUID that begins at `start` ends, if its last group holds a decimal digit, too: what
  /// is between two numbers of a word is masked with them.
  private static func endOfUUID(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    let end = start + 36
    guard end <= bytes.count, end == bytes.count || !bytes[end].isAlphanumeric else { return nil }
    var hasDecimal = false
    for offset in 8..<36 {
      let byte = bytes[start + offset]
      switch offset {
      case 8, 13, 18, 23:
        guard byte == 0x2D else { return nil }
      default:
        guard byte.isSmallHex else { return nil }
        hasDecimal = hasDecimal || offset >= 24 && byte.isDecimal
      }
    }
    return hasDecimal ? end : nil
  }
}

extension UInt8 {
  @inline(__always) var isSmallHex: Bool { isDecimal || self &- 0x61 < 6 }
}
