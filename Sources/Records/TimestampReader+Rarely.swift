import Bytes

// What seldom follows a time: half of the day, the name of a zone's area, and syslog's year.
extension TimestampReader {
  /// A look at two bytes, which most lines do not get past.
  @inline(__always)
  static func mayGoOn(_ form: TimestampForm, _ line: Span<UInt8>, _ index: Int) -> Bool {
    guard index + 2 < line.count, line[index] == 0x20 else { return false }
    let first = line[index + 1]
    let second = line[index + 2]
    if second == 0x4D { return true }
    if form == .monthFirst, first == 0x31 || first == 0x32 { return true }
    return second &- 0x61 < 26
      && (first == 0x41 || first == 0x45 || first == 0x49 || first == 0x50)
  }

  /// Reads what follows the fraction, whatever it is.
  mutating func finishRarely(
    _ form: TimestampForm, _ line: Span<UInt8>, at cursor: inout ByteCursor,
    _ tail: inout TimestampTail
  ) -> Timestamp? {
    let slot = form.rawValue
    let takesZone = memories[slot].takesZone
    if takesZone, let half = takeHalf(line, at: &cursor, slot) {
      // The next line may have the same text and another half.
      memories[slot].forgetText()
      memories[slot].addSeconds(half)
    }
    if takesZone {
      guard tail.takeZone(line, at: &cursor, memory: &zones) else { return nil }
      if tail.offsetSeconds == nil, form == .dashes || LocalZone.isArea(line, cursor.position) {
        tail.namedZone = zones.takeName(line, at: &cursor)
      }
    }
    if form == .clock {
      guard cursor.take(0x20, in: line), let year = cursor.takeDigits(in: line, exactly: 4),
        memories[slot].setYear(year)
      else { return nil }
      if let next = cursor.peek(line), next &- 0x30 < 10 { return nil }
    }
    if form == .monthFirst, !takesZone {
      guard takeYearBehind(line, at: &cursor) else { return nil }
    }
    return moment(slot, tail)
  }

  /// The seconds that ` PM` adds to a time that was read without it. Nil, without moving, when there is
  /// none or the hour has no halves.
  private func takeHalf(
    _ line: Span<UInt8>, at cursor: inout ByteCursor, _ slot: Int
  ) -> Int64? {
    let hour = CivilTime(secondsSinceEpoch: memories[slot].localSeconds).hour
    var ahead = cursor
    guard let half = HalfDay(line, at: &ahead), let full = half.hour(hour) else { return nil }
    cursor = ahead
    return Int64(full - hour) * 3_600
  }

  /// `Nov 22 01:02:03 2026 host`: what is written goes before what was inferred. A host's name may
  /// start with digits, so the year must be a word. False when the date does not exist then.
  private mutating func takeYearBehind(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Bool {
    let slot = TimestampForm.monthFirst.rawValue
    var ahead = ByteCursor(cursor.position + 1)
    guard cursor.peek(line) == 0x20, let year = ahead.takeDigits(in: line, exactly: 4),
      (1_970...2_199).contains(year),
      ahead.isAtEnd(line) || ahead.peek(line) == 0x20 || ahead.peek(line) == 0x5D
    else { return true }
    cursor = ahead
    // The next line may have the same text and no year.
    memories[slot].forgetText()
    return memories[slot].setYear(year)
  }
}
