import Bytes

extension LooseStamp {
  /// A date that starts with a digit.
  mutating func takeNumbers(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Bool {
    let start = cursor.position
    guard let first = cursor.takeDigits(in: line), let mark = cursor.peek(line) else {
      return place != .elsewhere && takeUnbroken(line, at: &cursor, from: start)
    }
    switch cursor.position - start {
    case 1, 2: return takeShortFirst(line, at: &cursor, first, mark)
    case 4 where place == .firstBracket && mark == 0x2F && line.isUnbroken(cursor.position + 1):
      return takeChromium(first, at: &cursor)
    case 4: return takeYearFirst(line, at: &cursor, first, mark)
    case 6, 8:
      isBasic = true
      return takeBasic(first, digits: cursor.position - start, mark)
    case 14: return place != .elsewhere && takeUnbroken(line, at: &cursor, from: start)
    default: return false
    }
  }

  /// Chromium's `[1122/010203.123`.
  private mutating func takeChromium(_ number: Int, at cursor: inout ByteCursor) -> Bool {
    hasYear = false
    isBasic = true
    needsGap = false
    civil.month = number / 100
    civil.day = number % 100
    cursor.position += 1
    return true
  }

  /// `20261122010203`: the cursor is left at the time, and no gap is needed.
  private mutating func takeUnbroken(
    _ line: Span<UInt8>, at cursor: inout ByteCursor, from start: Int
  ) -> Bool {
    guard cursor.position - start == 14 else { return false }
    cursor.position = start
    guard let date = cursor.takeDigits(in: line, exactly: 8) else { return false }
    isBasic = true
    needsGap = false
    return takeBasic(date, digits: 8, 0x54)
  }

  /// `20261122`, `261122`.
  private mutating func takeBasic(_ number: Int, digits: Int, _ mark: UInt8) -> Bool {
    civil.year = number / 10_000
    civil.month = number / 100 % 100
    civil.day = number % 100
    if digits == 8 { return (1_970...2_199).contains(civil.year) }
    hasFullYear = false
    civil.year += civil.year < 69 ? 2_000 : 1_900
    return mark == 0x20
  }

  /// `2026-11-22`, `2026/11/22`, `2026.11.22`, also `2026-1-2` and `2026-Nov-22`.
  private mutating func takeYearFirst(
    _ line: Span<UInt8>, at cursor: inout ByteCursor, _ year: Int, _ mark: UInt8
  ) -> Bool {
    guard mark == 0x2D || mark == 0x2F || mark == 0x2E || mark == 0x20,
      (1_970...2_199).contains(year)
    else { return false }
    civil.year = year
    cursor.position += 1
    if let month = takeMonthName(line, at: &cursor) {
      civil.month = month
    } else {
      guard mark != 0x20, let month = cursor.takeDigits(in: line, atMost: 2) else { return false }
      civil.month = month
    }
    takesDottedTime = mark == 0x2D || mark == 0x2E
    guard cursor.take(mark, in: line), let day = cursor.takeDigits(in: line, atMost: 2) else {
      return false
    }
    civil.day = day
    return true
  }

  /// `22.11.2026`, `11/22/2026`, `22-Nov-26`, `22 November 2026`, `22Nov2026`, `11-22`, `11/22`.
  private mutating func takeShortFirst(
    _ line: Span<UInt8>, at cursor: inout ByteCursor, _ first: Int, _ mark: UInt8
  ) -> Bool {
    let isPadded = cursor.position >= 2 && line[cursor.position - 2].isDigit
    if !mark.isLetter { cursor.position += 1 }
    if let month = takeMonthName(line, at: &cursor) {
      civil.day = first
      civil.month = month
      takesDottedTime = mark == 0x2D
      if !mark.isLetter { guard cursor.take(mark, in: line) else { return false } }
      return takeYear(line, at: &cursor)
    }
    let start = cursor.position
    guard mark == 0x2D || mark == 0x2F || mark == 0x2E,
      let second = cursor.takeDigits(in: line, atMost: 2)
    else { return false }
    let isFull = isPadded && cursor.position == start + 2
    guard cursor.peek(line) == mark else {
      return isFull && takeWithoutYear(first, second, mark)
    }
    cursor.position += 1
    let yearStart = cursor.position
    guard takeYear(line, at: &cursor), hasFullYear || isFull, yearStart < cursor.position else {
      return false
    }
    if mark == 0x2E {
      civil.day = first
      civil.month = second
    } else {
      openFields = (first, second)
      usualOrder = mark == 0x2D ? .dayFirst : .monthFirst
    }
    return true
  }

  /// Android's `11-22`, HTCondor's `11/22`, and Proxifier's `[11.22`, which is a number elsewhere.
  private mutating func takeWithoutYear(_ first: Int, _ second: Int, _ mark: UInt8) -> Bool {
    hasYear = false
    civil.month = first
    civil.day = second
    return mark != 0x2E || place == .firstBracket
  }

  /// Four digits, or two.
  private mutating func takeYear(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Bool {
    let start = cursor.position
    guard let year = cursor.takeDigits(in: line) else { return false }
    switch cursor.position - start {
    case 4: civil.year = year
    case 2:
      hasFullYear = false
      civil.year = year + (year < 69 ? 2_000 : 1_900)
    default: return false
    }
    return (1_970...2_199).contains(civil.year)
  }

  /// `November 22, 2026`, `Nov 22 2026`.
  mutating func takeMonthFirst(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Bool {
    guard let month = takeMonthName(line, at: &cursor) else { return false }
    civil.month = month
    guard cursor.skip(0x20, in: line) > 0, let day = cursor.takeDigits(in: line, atMost: 2) else {
      return false
    }
    civil.day = day
    _ = cursor.take(0x2C, in: line)
    return cursor.take(0x20, in: line) && takeYear(line, at: &cursor) && hasFullYear
  }

  /// `Nov`, `Nov.`, `NOV`, `November`.
  private func takeMonthName(_ line: Span<UInt8>, at cursor: inout ByteCursor) -> Int? {
    guard let month = CalendarNames.month(line, at: cursor.position) else { return nil }
    let start = cursor.position
    guard let word = cursor.takeLetters(in: line) else { return nil }
    if word.count > 3, word.count != CalendarNames.monthLengths[month - 1], word.count != 4 {
      cursor.position = start
      return nil
    }
    _ = cursor.peek(line) == 0x2E && cursor.take(0x2E, in: line)
    return month
  }
}

extension Span where Element == UInt8 {
  /// Whether six digits and a sign stand at `start`: a time of day without colons.
  fileprivate func isUnbroken(_ start: Int) -> Bool {
    guard start + 6 < count, !self[start + 6].isDigit else { return false }
    for index in start..<start + 6 where !self[index].isDigit { return false }
    return true
  }
}
