/// Numbers as logs write them.
enum NumberText {
  /// The number that the whole range spells: digits with an optional sign, fraction and exponent.
  /// Nil for anything else and for numbers too large for a `Double`.
  static func number(in text: Span<UInt8>, _ range: Range<Int>) -> Double? {
    guard let (value, end) = prefix(of: text, range), end == range.upperBound else { return nil }
    return value
  }

  /// The whole number that the range spells, digits with an optional sign.
  static func integer(in text: Span<UInt8>, _ range: Range<Int>) -> Double? {
    for index in range {
      let isSign = index == range.lowerBound && (text[index] == 0x2D || text[index] == 0x2B)
      guard isSign || isDigit(text[index]) else { return nil }
    }
    return number(in: text, range)
  }

  /// Bytes: a number with an optional unit such as `kB` (1,000), `K`, `KiB` (1,024), `MB`, `GiB`.
  static func bytes(in text: Span<UInt8>, _ range: Range<Int>) -> Double? {
    guard let (value, end) = prefix(of: text, range), value >= 0 else { return nil }
    var index = end
    while index < range.upperBound, text[index] == 0x20 { index += 1 }
    guard index < range.upperBound else { return value }
    let power: Int
    switch text[index] | 0x20 {
    case UInt8(ascii: "k"): power = 1
    case UInt8(ascii: "m"): power = 2
    case UInt8(ascii: "g"): power = 3
    case UInt8(ascii: "t"): power = 4
    case UInt8(ascii: "b"): power = 0
    default: return nil
    }
    var base = 1_024.0
    if power > 0 { index += 1 }
    if power > 0, index < range.upperBound, text[index] == UInt8(ascii: "i") {
      index += 1
    } else if power > 0, index < range.upperBound {
      base = 1_000
    }
    let unit: StaticString = "bytes"
    let rest = range.upperBound - index
    let isPlural = power == 0 && rest > 1
    guard rest == 0 || rest == 1 || (isPlural && rest >= 4 && rest <= 5) else { return nil }
    for offset in 0..<rest {
      // SAFETY: `rest` is at most the length of the static string.
      let expected = unsafe unit.utf8Start[offset]
      guard text[index + offset] | 0x20 == expected else { return nil }
    }
    var scaled = value
    for _ in 0..<power { scaled *= base }
    return scaled
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// A number at the start of the range, and where it ends.
  ///
  /// Up to 18 significant digits count. The quotient of two whole numbers below 2^53 and a power of
  /// ten up to 10^22 is rounded once, so that `0.5` here equals `0.5` in a rule file.
  private static func prefix(of text: Span<UInt8>, _ range: Range<Int>) -> (Double, Int)? {
    var index = range.lowerBound
    let end = range.upperBound
    var isNegative = false
    if index < end, text[index] == 0x2D || text[index] == 0x2B {
      isNegative = text[index] == 0x2D
      index += 1
    }
    var mantissa: UInt64 = 0
    var exponent = 0
    var digits = 0
    var hasPoint = false
    while index < end {
      if text[index] == 0x2E, !hasPoint {
        hasPoint = true
      } else if isDigit(text[index]) {
        digits += 1
        if mantissa < 100_000_000_000_000_000 {
          mantissa = mantissa * 10 + UInt64(text[index] & 0x0F)
          if hasPoint { exponent -= 1 }
        } else if !hasPoint {
          exponent += 1
        }
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    if index < end, text[index] | 0x20 == UInt8(ascii: "e"),
      let (power, next) = power(in: text, index + 1, end)
    {
      exponent += power
      index = next
    }
    let value = scale(Double(mantissa), by: exponent)
    guard value.isFinite else { return nil }
    return (isNegative ? -value : value, index)
  }

  private static func power(in text: Span<UInt8>, _ start: Int, _ end: Int) -> (Int, Int)? {
    var index = start
    var isNegative = false
    if index < end, text[index] == 0x2D || text[index] == 0x2B {
      isNegative = text[index] == 0x2D
      index += 1
    }
    let first = index
    var power = 0
    while index < end, isDigit(text[index]) {
      power = min(9_999, power * 10 + Int(text[index] & 0x0F))
      index += 1
    }
    return index > first ? (isNegative ? -power : power, index) : nil
  }

  private static func scale(_ mantissa: Double, by exponent: Int) -> Double {
    var value = mantissa
    var left = min(400, abs(exponent))
    guard mantissa != 0 else { return 0 }
    if exponent != 0, abs(exponent) > 400 { return exponent > 0 ? .infinity : 0 }
    while left > 0 {
      let step = min(left, 22)
      var power = 1.0
      for _ in 0..<step { power *= 10 }
      value = exponent > 0 ? value * power : value / power
      left -= step
    }
    return value
  }
}
