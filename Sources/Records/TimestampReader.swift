package import Bytes

/// Reads the timestamps of one stream, whatever form they have.
///
/// Neighbouring lines share their stamp up to the seconds. So the reader keeps, for each form, the
/// last text up to there and what it meant; on the same text only the fraction and the zone are
/// read again. The answers do not depend on what it keeps.
///
/// A leap second, `23:59:60`, is the first second of the next minute, as in POSIX.
package struct TimestampReader: Sendable {
  /// How a stamp without a zone is read.
  package var zone: LocalZone { zones.zone }
  /// When the log was written last: the file's modification time, or now. A stamp without a year is
  /// in the last year that does not put it more than a day after this; one without a date is on the
  /// last day that does not put it more than an hour after this.
  package var reference: Timestamp {
    didSet { if reference != oldValue { memories = .init(repeating: StampMemory()) } }
  }
  /// False makes it parse every stamp anew.
  package var remembersStamps = true

  /// Whether the last stamp that was read stated its zone or was an epoch, so that it does not
  /// depend on `zone`.
  package internal(set) var lastStatedZone = false

  /// How this log writes dates such as `11/12/2026`, once a field above 12 has told.
  var dateOrder: DateOrder?

  var memories: InlineArray<13, StampMemory>
  var zones: ZoneMemory

  package init(zone: LocalZone, reference: Timestamp) {
    self.zones = ZoneMemory(zone: zone)
    self.reference = reference
    self.memories = .init(repeating: StampMemory())
  }

  /// Reads one timestamp that starts exactly at the cursor and moves past it, fraction and zone
  /// included. Nil, without moving, when there is none or it cannot exist, or lies outside 1677 to
  /// 2262.
  ///
  /// The forms are those of `TimestampForm` up to `monthFirst`.
  package mutating func read(
    _ line: Span<UInt8>, at cursor: inout ByteCursor
  ) -> Timestamp? {
    guard let form = TimestampForm.detect(line, at: cursor.position) else { return nil }
    return read(form, line, at: &cursor)
  }

  /// klog's `0517 15:04:22.619632` and `20260517 15:04:22.619632`.
  package mutating func readKlog(
    _ line: Span<UInt8>, at cursor: inout ByteCursor
  ) -> Timestamp? {
    read(.klog, line, at: &cursor)
  }

  /// `12:41:22.381`, on the day that `reference` suggests.
  package mutating func readTimeOnly(
    _ line: Span<UInt8>, at cursor: inout ByteCursor
  ) -> Timestamp? {
    read(.timeOnly, line, at: &cursor)
  }

  /// MySQL's old `170213 16:00:33` (yyMMdd).
  package mutating func readCompact(
    _ line: Span<UInt8>, at cursor: inout ByteCursor
  ) -> Timestamp? {
    read(.compact, line, at: &cursor)
  }

  private mutating func read(
    _ form: TimestampForm, _ line: Span<UInt8>, at cursor: inout ByteCursor
  ) -> Timestamp? {
    var ahead = cursor
    let slot = form.rawValue
    if remembersStamps, memories[slot].matches(line, at: ahead.position) {
      ahead.position += memories[slot].count
    } else {
      guard let written = form.parse(line, at: &ahead),
        var memory = resolve(written, form: form)
      else { return nil }
      memory.remember(line, cursor.position..<ahead.position)
      memories[slot] = memory
    }
    if let next = ahead.peek(line), next &- 0x30 < 10 { return nil }
    guard let time = finish(form, line, at: &ahead) else { return nil }
    cursor = ahead
    return time
  }

  /// Reads what follows the remembered part.
  private mutating func finish(
    _ form: TimestampForm, _ line: Span<UInt8>, at cursor: inout ByteCursor
  ) -> Timestamp? {
    let slot = form.rawValue
    var tail = TimestampTail()
    tail.takeFraction(line, at: &cursor)
    if Self.mayGoOn(form, line, cursor.position) {
      return finishRarely(form, line, at: &cursor, &tail)
    }
    if memories[slot].takesZone {
      guard tail.takeZone(line, at: &cursor, memory: &zones) else { return nil }
      if tail.offsetSeconds == nil, form == .dashes {
        tail.namedZone = zones.takeName(line, at: &cursor)
      }
    }
    if form == .clock {
      guard cursor.take(0x20, in: line), let year = cursor.takeDigits(in: line, exactly: 4),
        memories[slot].setYear(year)
      else { return nil }
      if let next = cursor.peek(line), next &- 0x30 < 10 { return nil }
    }
    return moment(slot, tail)
  }

  /// The moment that the remembered part and its tail mean.
  @inline(__always)
  mutating func moment(_ slot: Int, _ tail: TimestampTail) -> Timestamp? {
    let local = memories[slot].localSeconds
    lastStatedZone = tail.offsetSeconds != nil || tail.namedZone != nil
    let offset: Int
    if let stated = tail.offsetSeconds {
      offset = stated
    } else if let index = tail.namedZone, let named = zones.zone(index) {
      offset = named.offsetSeconds(atLocal: local)
    } else if let known = memories[slot].zoneOffset {
      offset = Int(known)
    } else {
      offset = zones.zone.offsetSeconds(atLocal: local)
      memories[slot].zoneOffset = Int32(offset)
    }
    return Timestamp(seconds: local - Int64(offset), nanosecond: tail.nanosecond)
  }

  /// Completes a written time with the year or the date that it lacks. Nil when it does not exist.
  private func resolve(_ written: WrittenTime, form: TimestampForm) -> StampMemory? {
    var civil = written.civil
    switch form {
    case .clock:
      // Any leap year will do until the year is read.
      civil.year = 2_000
    case .timeOnly:
      guard let dated = withDate(civil) else { return nil }
      civil = dated
    case .monthFirst, .spaces, .internet, .klog:
      guard civil.year == 0 else { break }
      guard let dated = withYear(civil) else { return nil }
      civil = dated
    default:
      break
    }
    guard civil.isValid else { return nil }
    return StampMemory(civil, takesZone: written.takesZone)
  }

  /// The last year in which the date exists and is at most a day after the reference.
  func withYear(_ written: CivilTime) -> CivilTime? {
    var civil = written
    let latest = reference.secondsAndNanosecond.seconds + 86_400
    let year = CivilTime(secondsSinceEpoch: latest).year + 1
    for candidate in stride(from: year, through: max(1, year - 10), by: -1) {
      civil.year = candidate
      guard civil.isValid else { continue }
      let local = civil.secondsSinceEpoch
      if local - Int64(zones.zone.offsetSeconds(atLocal: local)) <= latest { return civil }
    }
    return nil
  }

  /// The last day on which the time is at most an hour after the reference.
  func withDate(_ written: CivilTime) -> CivilTime? {
    let latest = reference.secondsAndNanosecond.seconds + 3_600
    var day = latest + 2 * 86_400
    for _ in 0..<5 {
      let date = CivilTime(secondsSinceEpoch: day)
      var civil = written
      civil.year = date.year
      civil.month = date.month
      civil.day = date.day
      let local = civil.secondsSinceEpoch
      if local - Int64(zones.zone.offsetSeconds(atLocal: local)) <= latest { return civil }
      day -= 86_400
    }
    return nil
  }
}
