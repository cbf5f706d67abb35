package import Bytes

/// The unit in which a format writes a plain number.
package enum DurationUnit: Sendable, Hashable {
  case nanoseconds, microseconds, milliseconds, seconds, minutes, hours

  /// `number` of this unit in seconds. Divides where it can, since 0.001 is no exact number.
  package func seconds(_ number: Double) -> Double {
    switch self {
    case .nanoseconds: number / 1e9
    case .microseconds: number / 1e6
    case .milliseconds: number / 1e3
    case .seconds: number
    case .minutes: number * 60
    case .hours: number * 3_600
    }
  }

  /// The same, rounded once only: 8.4 ms are 0.0084 s.
  package func seconds(_ number: DecimalNumber) -> Double {
    var shifted = number
    switch self {
    case .nanoseconds: shifted.exponent -= 9
    case .microseconds: shifted.exponent -= 6
    case .milliseconds: shifted.exponent -= 3
    case .seconds: break
    case .minutes, .hours: return seconds(number.double)
    }
    return shifted.double
  }
}

/// Durations as logs write them.
package enum DurationText {
  /// Seconds, from `0.012` in the declared unit, or with its own unit, which wins: `1.5s`, `212µs`,
  /// `3m4s`, `8.4 ms`, `PT0.5S`. Of a list such as nginx's `0.000, 0.001` or `0.000 : 0.001` the last
  /// is the answer. Nil when the value is absent (`-`, empty, negative), is not a duration, or has no
  /// unit and none is declared. Linear in the length.
  package static func seconds(
    in text: Span<UInt8>, _ range: Range<Int>, unit: DurationUnit? = nil
  ) -> Double? {
    guard range.lowerBound >= 0, range.upperBound <= text.count else { return nil }
    let value = text.extracting(lastOfList(text, trimmed(text, range)))
    var cursor = ByteCursor()
    let isISO = cursor.take("PT", in: value)
    var sum = 0.0
    var parts = 0
    while !cursor.isAtEnd(value) {
      guard let number = cursor.takeDecimal(in: value), !number.isNegative else { return nil }
      cursor.skip(0x20, in: value)
      if let own = DurationUnit.take(value, at: &cursor) {
        sum += own.seconds(number)
        cursor.skip(0x20, in: value)
      } else if parts == 0, !isISO, cursor.isAtEnd(value), let unit {
        sum = unit.seconds(number)
      } else {
        return nil
      }
      parts += 1
    }
    return parts > 0 && sum.isFinite ? sum : nil
  }

  private static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    while end > start, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
    return start..<end
  }

  private static func lastOfList(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.upperBound
    while start > range.lowerBound, text[start - 1] != 0x2C {
      // A colon separates when spaces are around it; `00:01:02` is no list.
      if text[start - 1] == 0x3A, start < range.upperBound, text[start] == 0x20 { break }
      start -= 1
    }
    return trimmed(text, start..<range.upperBound)
  }
}

extension DurationUnit {
  /// Moves past the unit's name if one is next and ends there as a word.
  static func take(_ text: Span<UInt8>, at cursor: inout ByteCursor) -> DurationUnit? {
    let start = cursor.position
    var end = start
    while end < text.count, isNameByte(text[end]) { end += 1 }
    guard let unit = named(text, start..<end) else { return nil }
    cursor.position = end
    return unit
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
  }

  /// The unit that a word names; ASCII letters in any case.
  package static func named(_ text: Span<UInt8>, _ range: Range<Int>) -> DurationUnit? {
    guard range.count >= 1, range.count <= 12 else { return nil }
    for (name, unit) in names where name.matchesLowercased(text, range) { return unit }
    return nil
  }

  private static let names: [(StaticString, DurationUnit)] = [
    ("s", .seconds), ("ms", .milliseconds), ("us", .microseconds), ("µs", .microseconds),
    ("μs", .microseconds), ("ns", .nanoseconds), ("m", .minutes), ("h", .hours),
    ("sec", .seconds), ("secs", .seconds), ("second", .seconds), ("seconds", .seconds),
    ("msec", .milliseconds), ("msecs", .milliseconds), ("millis", .milliseconds),
    ("millisecond", .milliseconds), ("milliseconds", .milliseconds), ("usec", .microseconds),
    ("usecs", .microseconds), ("micros", .microseconds), ("microsecond", .microseconds),
    ("microseconds", .microseconds), ("nanos", .nanoseconds), ("nsec", .nanoseconds),
    ("nanosecond", .nanoseconds), ("nanoseconds", .nanoseconds), ("min", .minutes),
    ("mins", .minutes), ("minute", .minutes), ("minutes", .minutes), ("hour", .hours),
    ("hours", .hours),
  ]
}
