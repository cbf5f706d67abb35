import Bytes

/// `AM` or `PM`.
struct HalfDay {
  var isAfternoon: Bool

  /// ` PM`, `PM`, ` pm`, ` p.m.`; newer Java puts U+202F, a narrow space, before it. Nil, without
  /// moving, when it is something else or goes on as a longer word.
  init?(_ line: Span<UInt8>, at cursor: inout ByteCursor) {
    var ahead = cursor
    _ =
      ahead.take(0x20, in: line) || ahead.take("\u{202F}", in: line)
      || ahead.take("\u{A0}", in: line)
    guard let letter = ahead.peek(line), letter | 0x20 == 0x61 || letter | 0x20 == 0x70 else {
      return nil
    }
    ahead.position += 1
    let hasDots = ahead.take(0x2E, in: line)
    guard ahead.peek(line).map({ $0 | 0x20 }) == 0x6D else { return nil }
    ahead.position += 1
    if hasDots { _ = ahead.take(0x2E, in: line) }
    guard TimestampTail.isBoundary(line, ahead.position) else { return nil }
    isAfternoon = letter | 0x20 == 0x70
    cursor = ahead
  }

  /// 0 to 23; nil when a half of the day has no such hour.
  func hour(_ hour: Int) -> Int? {
    (1...12).contains(hour) ? hour % 12 + (isAfternoon ? 12 : 0) : nil
  }
}
