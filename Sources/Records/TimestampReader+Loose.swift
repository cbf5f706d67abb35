import Bytes

extension TimestampReader {
  /// Reads a timestamp as `read` does, or one of the rarer forms: `LooseStamp`, `@4000…` (TAI64N), and
  /// at the start of a line a count since 1970.
  ///
  /// `11/12/2026` is read as the log's other dates are: a field above 12 tells the order and is
  /// remembered. Until one has, the order is the one that does not put the date more than a day
  /// behind the reference, and otherwise the month first behind slashes and the day first behind
  /// dashes. Day first is the only reading of dots.
  mutating func readLoose(
    _ line: Span<UInt8>, at cursor: inout ByteCursor, place: StampPlace
  ) -> Timestamp? {
    if let time = read(line, at: &cursor) { return time }
    guard let first = cursor.peek(line) else { return nil }
    if first == 0x40 { return readTAI(line, at: &cursor) }
    guard first.isDigit || CalendarNames.mayStart(line, at: cursor.position) else { return nil }
    var ahead = cursor
    var stamp = LooseStamp(place: place)
    guard stamp.read(line, at: &ahead), settleOrder(&stamp),
      let time = finish(&stamp, line, at: &ahead)
    else {
      return first.isDigit && place != .elsewhere ? readLeadingEpoch(line, at: &cursor) : nil
    }
    cursor = ahead
    return time
  }

  private mutating func finish(
    _ stamp: inout LooseStamp, _ line: Span<UInt8>, at cursor: inout ByteCursor
  ) -> Timestamp? {
    var civil = stamp.civil
    if stamp.hasYear {
      guard stamp.tail.takeZone(line, at: &cursor, memory: &zones) else { return nil }
    } else {
      guard let dated = withYear(civil) else { return nil }
      civil = dated
    }
    if let next = cursor.peek(line), next.isDigit { return nil }
    guard civil.isValid else { return nil }
    let local = civil.secondsSinceEpoch
    lastStatedZone = stamp.tail.offsetSeconds != nil
    let offset = stamp.tail.offsetSeconds ?? zone.offsetSeconds(atLocal: local)
    return Timestamp(seconds: local - Int64(offset), nanosecond: stamp.tail.nanosecond)
  }

  /// Decides which of two numbers is the month. False when neither can be.
  private mutating func settleOrder(_ stamp: inout LooseStamp) -> Bool {
    guard let fields = stamp.openFields else { return true }
    let order: DateOrder
    switch (fields.first > 12, fields.second > 12) {
    case (true, true): return false
    case (true, false):
      order = .dayFirst
      dateOrder = order
    case (false, true):
      order = .monthFirst
      dateOrder = order
    case (false, false): order = dateOrder ?? likelyOrder(stamp, fields)
    }
    stamp.arrange(fields, order)
    return true
  }

  private func likelyOrder(
    _ stamp: borrowing LooseStamp, _ fields: (first: Int, second: Int)
  ) -> DateOrder {
    let latest = reference.secondsAndNanosecond.seconds + 86_400
    let other: DateOrder = stamp.usualOrder == .dayFirst ? .monthFirst : .dayFirst
    var trial = copy stamp
    trial.arrange(fields, stamp.usualOrder)
    guard trial.civil.isValid, trial.civil.secondsSinceEpoch > latest else {
      return stamp.usualOrder
    }
    trial.arrange(fields, other)
    return trial.civil.isValid && trial.civil.secondsSinceEpoch <= latest
      ? other : stamp.usualOrder
  }

  /// `@400000006b023f30075bca00`: daemontools' label, 2^62 + 10 seconds and nanoseconds.
  private mutating func readTAI(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Timestamp? {
    guard cursor.peek(line, ahead: 1) == 0x34, line.count - cursor.position >= 25 else {
      return nil
    }
    var label: UInt64 = 0
    var fraction: UInt64 = 0
    for offset in 1...24 {
      guard let digit = line[cursor.position + offset].hexValue else { return nil }
      if offset <= 16 { label = label << 4 | digit } else { fraction = fraction << 4 | digit }
    }
    let seconds = Int64(bitPattern: label &- (1 << 62)) - 10
    guard fraction < 1_000_000_000, seconds >= 0, seconds < 1 << 33 else { return nil }
    cursor.position += 25
    lastStatedZone = true
    return Timestamp(seconds: seconds, nanosecond: Int(fraction))
  }

  /// HAProxy's `325/010203`: days since New Year and a time of day, in the last year that does not put
  /// it more than a day after the reference.
  mutating func readDayOfYear(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Timestamp? {
    var ahead = cursor
    guard let day = ahead.takeDigits(in: line, exactly: 3), day < 366, ahead.take(0x2F, in: line),
      let clock = ahead.takeDigits(in: line, exactly: 6), ahead.peek(line) == 0x20,
      clock < 240_000, clock / 100 % 100 < 60, clock % 100 < 60
    else { return nil }
    let latest = reference.secondsAndNanosecond.seconds + 86_400
    let second = clock / 10_000 * 3_600 + clock / 100 % 100 * 60 + clock % 100
    let year = CivilTime(secondsSinceEpoch: latest).year
    for candidate in stride(from: year, through: year - 1, by: -1) {
      let days = CivilTime.daysSinceEpoch(year: candidate, month: 1, day: 1) + Int64(day)
      let local = days * 86_400 + Int64(second)
      let seconds = local - Int64(zone.offsetSeconds(atLocal: local))
      guard seconds <= latest else { continue }
      cursor = ahead
      lastStatedZone = false
      return Timestamp(seconds: seconds)
    }
    return nil
  }

  /// A count since 1970 of 10, 13, 16 or 19 digits, from 2001 to a day after the reference, alone or
  /// before a fraction. Other numbers at the start of a line are numbers.
  private mutating func readLeadingEpoch(
    _ line: Span<UInt8>, at cursor: inout ByteCursor
  ) -> Timestamp? {
    var digits = 0
    while let byte = cursor.peek(line, ahead: digits), byte.isDigit { digits += 1 }
    guard digits == 10 || digits == 13 || digits == 16 || digits == 19 else { return nil }
    var ahead = cursor
    guard let time = readEpoch(line, at: &ahead), time.nanoseconds >= 1_000_000_000_000_000_000,
      time <= reference.advanced(byNanoseconds: 86_400_000_000_000)
    else { return nil }
    switch ahead.peek(line) {
    case nil, 0x20, 0x09, 0x3A, 0x5D, 0x7C, 0x2C, 0x3B, 0x29: break
    default: return nil
    }
    cursor = ahead
    return time
  }
}

extension LooseStamp {
  fileprivate mutating func arrange(_ fields: (first: Int, second: Int), _ order: DateOrder) {
    civil.day = order == .dayFirst ? fields.first : fields.second
    civil.month = order == .dayFirst ? fields.second : fields.first
  }
}

extension UInt8 {
  fileprivate var hexValue: UInt64? {
    switch self {
    case 0x30...0x39: UInt64(self - 0x30)
    case 0x61...0x66: UInt64(self - 0x57)
    default: nil
    }
  }
}
