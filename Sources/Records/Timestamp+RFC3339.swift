private import Bytes

extension Timestamp {
  /// Appends `2026-11-22T14:03:00Z`, with 3, 6 or 9 digits of fraction when it has one.
  package func appendRFC3339(to output: inout [UInt8]) {
    let time = CivilTime(self)
    Self.append(time.year, digits: 4, to: &output)
    output.append(0x2D)
    Self.append(time.month, digits: 2, to: &output)
    output.append(0x2D)
    Self.append(time.day, digits: 2, to: &output)
    output.append(0x54)
    Self.append(time.hour, digits: 2, to: &output)
    output.append(0x3A)
    Self.append(time.minute, digits: 2, to: &output)
    output.append(0x3A)
    Self.append(time.second, digits: 2, to: &output)
    let fraction = time.nanosecond
    if fraction != 0 {
      output.append(0x2E)
      if fraction % 1_000_000 == 0 {
        Self.append(fraction / 1_000_000, digits: 3, to: &output)
      } else if fraction % 1_000 == 0 {
        Self.append(fraction / 1_000, digits: 6, to: &output)
      } else {
        Self.append(fraction, digits: 9, to: &output)
      }
    }
    output.append(0x5A)
  }

  /// `2026-11-22T14:03:00Z`, with 3, 6 or 9 digits of fraction when it has one.
  package var rfc3339: String {
    var bytes: [UInt8] = []
    appendRFC3339(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads an option: `2026-11-22T14:03:00.5+01:00`, with `T` or a space; the zone, the seconds and
  /// the time of day may be missing (`2026-11-22` is its midnight). Without a zone, `zone` decides.
  /// Nil when it is something else or no such moment exists.
  package init?(rfc3339 text: String, zone: LocalZone = .utc) {
    let bytes = Array(text.utf8)
    let span = bytes.span
    var cursor = ByteCursor()
    var reader = TimestampReader(zone: zone, reference: Timestamp(seconds: 0))
    if let full = reader.read(span, at: &cursor) {
      guard cursor.isAtEnd(span), bytes.count > 4, bytes[4] == 0x2D else { return nil }
      self = full
      return
    }
    guard let time = Self.shortTime(span, at: &cursor) else { return nil }
    var tail = TimestampTail()
    var memory = ZoneMemory(zone: zone)
    guard tail.takeZone(span, at: &cursor, memory: &memory), cursor.isAtEnd(span)
    else { return nil }
    let seconds = time.secondsSinceEpoch
    let offset = tail.offsetSeconds ?? zone.offsetSeconds(atLocal: seconds)
    self.init(seconds: seconds - Int64(offset), nanosecond: 0)
  }

  /// `2026-11-22` or `2026-11-22T14:03`.
  private static func shortTime(_ text: Span<UInt8>, at cursor: inout ByteCursor) -> CivilTime? {
    guard let year = cursor.takeDigits(in: text, exactly: 4), cursor.take(0x2D, in: text),
      let month = cursor.takeDigits(in: text, exactly: 2), cursor.take(0x2D, in: text),
      let day = cursor.takeDigits(in: text, exactly: 2)
    else { return nil }
    var time = CivilTime(year: year, month: month, day: day)
    if cursor.take(0x54, in: text) || cursor.take(0x20, in: text) {
      guard let hour = cursor.takeDigits(in: text, exactly: 2), cursor.take(0x3A, in: text),
        let minute = cursor.takeDigits(in: text, exactly: 2)
      else { return nil }
      time.hour = hour
      time.minute = minute
    }
    return time.isValid ? time : nil
  }

  private static func append(_ number: Int, digits: Int, to output: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      output.append(0x30 + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
