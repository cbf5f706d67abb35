package import Bytes

extension TimestampReader {
  /// A number, whole or not, of seconds (up to the year 5138), milli-, micro- or nanoseconds since
  /// 1970, told apart by magnitude. Nil for one below 100,000,000 (1973 in seconds), which is more
  /// likely a duration or an uptime.
  package mutating func readEpoch(
    _ line: Span<UInt8>, at cursor: inout ByteCursor
  ) -> Timestamp? {
    var ahead = cursor
    guard let number = ahead.takeDecimal(in: line), let time = Self.time(fromEpoch: number) else {
      return nil
    }
    cursor = ahead
    lastStatedZone = true
    return time
  }

  /// See `readEpoch`.
  static func time(fromEpoch number: DecimalNumber) -> Timestamp? {
    guard !number.isNegative, let whole = number.scaled(byPowerOf10: 0) else { return nil }
    let power: Int
    switch whole {
    case 100_000_000..<100_000_000_000: power = 9
    case 100_000_000_000..<100_000_000_000_000: power = 6
    case 100_000_000_000_000..<100_000_000_000_000_000: power = 3
    case 100_000_000_000_000_000...: power = 0
    default: return nil
    }
    guard let nanoseconds = number.scaled(byPowerOf10: power) else { return nil }
    return Timestamp(nanoseconds: nanoseconds)
  }
}
