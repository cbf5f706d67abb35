/// A decimal number as it is written: `mantissa` × 10^`exponent`.
///
/// Nothing is rounded up to 18 significant digits (19 where 64 bits carry them); later ones are cut off.
package struct DecimalNumber: Sendable, Hashable {
  package var isNegative: Bool
  package var mantissa: Int64
  package var exponent: Int

  @inlinable
  package init(isNegative: Bool = false, mantissa: Int64, exponent: Int) {
    self.isNegative = isNegative
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// The nearest double when the mantissa is below 2^53 and the exponent is from -22 to 22 (one
  /// correctly rounded operation on exact numbers; W. D. Clinger, 1990), else close to it.
  /// Infinite when it is too large.
  package var double: Double {
    var value = Double(mantissa)
    var rest = min(abs(exponent), 400)
    while rest > 0, value != 0, value.isFinite {
      let step = min(rest, 22)
      let power = DecimalNumber.power(of10: step)
      value = exponent < 0 ? value / power : value * power
      rest -= step
    }
    return isNegative ? -value : value
  }

  /// The whole part of the number times 10^`power`, or nil when it does not fit.
  package func scaled(byPowerOf10 power: Int) -> Int64? {
    guard mantissa != 0 else { return 0 }
    var shift = exponent.addingReportingOverflow(power).partialValue
    guard shift <= 18 else { return nil }
    var value = mantissa
    if shift < -18 { return 0 }
    while shift > 0 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = product
      shift -= 1
    }
    while shift < 0, value != 0 {
      value /= 10
      shift += 1
    }
    return isNegative ? -value : value
  }

  /// 1 to 10^22, all of them exact.
  private static func power(of10 exponent: Int) -> Double {
    var value = 1.0
    for _ in 0..<exponent { value *= 10 }
    return value
  }
}

extension ByteCursor {
  /// A decimal number: sign, digits, fraction, exponent (`-12.5e-3`), as in JSON but with leading
  /// zeros, a plus sign and `.5` allowed. Stays put when there is none. The exponent is limited to
  /// ±9,999.
  package mutating func takeDecimal(in bytes: Span<UInt8>) -> DecimalNumber? {
    let start = position
    let isNegative = take(0x2D, in: bytes)
    if !isNegative { _ = take(0x2B, in: bytes) }
    var mantissa: Int64 = 0
    var exponent = 0
    var hasDigits = false
    var isFraction = false
    var isFull = false
    while position < bytes.count {
      let byte = bytes[position]
      let digit = byte &- 0x30
      if digit < 10 {
        hasDigits = true
        let (tenfold, isTooLarge) = mantissa.multipliedReportingOverflow(by: 10)
        let (sum, overflow) = tenfold.addingReportingOverflow(Int64(digit))
        isFull = isFull || isTooLarge || overflow
        if !isFull {
          mantissa = sum
          if isFraction { exponent &-= 1 }
        } else if !isFraction {
          exponent &+= 1
        }
      } else if byte == 0x2E, !isFraction, let next = peek(bytes, ahead: 1), next &- 0x30 < 10 {
        isFraction = true
      } else {
        break
      }
      position += 1
    }
    guard hasDigits else {
      position = start
      return nil
    }
    exponent += takeExponent(in: bytes)
    return DecimalNumber(isNegative: isNegative, mantissa: mantissa, exponent: exponent)
  }

  /// The number behind `e` or `E`; 0 when there is none.
  private mutating func takeExponent(in bytes: Span<UInt8>) -> Int {
    guard let letter = peek(bytes), letter | 0x20 == 0x65 else { return 0 }
    var ahead = ByteCursor(position + 1)
    let isNegative = ahead.take(0x2D, in: bytes)
    if !isNegative { _ = ahead.take(0x2B, in: bytes) }
    guard let value = ahead.takeDigits(in: bytes) else { return 0 }
    while let byte = ahead.peek(bytes), byte &- 0x30 < 10 { ahead.position += 1 }
    position = ahead.position
    return isNegative ? -min(value, 9_999) : min(value, 9_999)
  }
}
