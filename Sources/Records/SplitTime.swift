import Bytes

/// The two halves of a time that a record has in two fields: `date=2026-11-22 time=01:02:03`.
struct SplitTime {
  private var date: CivilTime?
  private var clock: LooseStamp?

  /// Notes a date without a time of day, or a time of day alone; the moment once both are known.
  mutating func take(
    _ range: Range<Int>, _ text: Span<UInt8>, _ reader: inout TimestampReader
  ) -> Timestamp? {
    let value = text.extracting(range)
    guard range.count >= 8, range.count <= 18, value[0].isDigit else { return nil }
    var stamp = LooseStamp(place: .lineStart)
    stamp.needsGap = false
    var cursor = ByteCursor()
    if value[2] == 0x3A {
      guard stamp.takeTime(value, at: &cursor), cursor.isAtEnd(value) else { return nil }
      clock = stamp
    } else {
      guard stamp.takeNumbers(value, at: &cursor), cursor.isAtEnd(value), stamp.openFields == nil
      else { return nil }
      date = stamp.civil
    }
    guard let date, let clock else { return nil }
    var civil = clock.civil
    civil.year = date.year
    civil.month = date.month
    civil.day = date.day
    guard civil.isValid else { return nil }
    let local = civil.secondsSinceEpoch
    reader.lastStatedZone = false
    return Timestamp(
      seconds: local - Int64(reader.zone.offsetSeconds(atLocal: local)),
      nanosecond: clock.tail.nanosecond)
  }
}
