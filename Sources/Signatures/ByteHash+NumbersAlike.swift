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
    var hash = seed
    // What lies before it is part of the hash.
    var hashed = 0
    var index = 0
    while let digit = firstDigit(bytes, from: index) {
      var start = digit
      while start > hashed, bytes[start - 1].isSmallHex { start -= 1 }
      if start == hashed || !bytes[start - 1].isAlphanumeric,
        let end = endOfHexWord(bytes, from: start)
      {
        let marker: UInt64 = bytes[start].isDecimal ? 1 << 32 : 2 << 32
        hash = hashDigitsAlike(bytes.extracting(hashed..<start), from: hash)
        hash = mix(hash, marker | UInt64(end - start))
        hashed = end
        index = end
      } else {
        index = digit + 1
        while index < bytes.count, bytes[index].isAlphanumeric { index += 1 }
      }
    }
    return hashDigitsAlike(bytes.extracting(hashed..<bytes.count), from: hash)
  }

  /// The first decimal digit from `start` on, eight bytes at a time: most of a text has none.
  @inline(__always)
  private static func firstDigit(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index + 8 <= bytes.count {
      // SAFETY: eight bytes from `index` on lie inside the span, and any bits make a number.
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let digits = digits(in: UInt64(littleEndian: word))
      if digits != 0 { return index + digits.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count {
      if bytes[index].isDecimal { return index }
      index += 1
    }
    return nil
  }

  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The highest bit of each byte that is one of `a` to `f`.
  @inline(__always)
  private static func smallHexLetters(in word: UInt64) -> UInt64 {
    let each: UInt64 = 0x0101_0101_0101_0101
    let low = word & (each &* 0x7F)
    let atLeastA = low &+ each &* (0x80 - 0x61)
    let beyondF = low &+ each &* (0x80 - 0x67)
    return atLeastA & ~beyondF & ~word & highBits
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
    var isInside = true
    while isInside, end + 8 <= bytes.count {
      // SAFETY: eight bytes from `end` on lie inside the span, and any bits make a number.
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: end, as: UInt64.self)
      let digits = digits(in: UInt64(littleEndian: word))
      let other = ~(digits | smallHexLetters(in: UInt64(littleEndian: word))) & highBits
      isInside = other == 0
      // Bits of the bytes before the first other one.
      let before = isInside ? ~0 : (other & (0 &- other)) &- 1
      decimals += (digits & before).nonzeroBitCount
      end += isInside ? 8 : other.trailingZeroBitCount / 8
    }
    while isInside, end < bytes.count, bytes[end].isSmallHex {
      decimals += bytes[end].isDecimal ? 1 : 0
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
