import Bytes

/// A time that was found behind something else.
struct FoundStamp {
  var time: Timestamp
  var mark: Range<Int>
  /// Only a level, brackets, numbers and signs stand before it. A date behind words may be one that
  /// the line talks about.
  var isPlain: Bool
  var severity: Severity?
}

extension LineParser {
  /// Looks for the time of a line that no recogniser knows: at its start, and behind each of the
  /// first fields, as long as they look like the head of a log line and not like a sentence.
  ///
  /// At most one field may be a word of letters that is no level. A quotation ends the search, and so
  /// do `Limits.stampSearchFields` and `Limits.stampSearchBytes`.
  mutating func findStamp(_ text: Span<UInt8>) -> FoundStamp? {
    var search = StampSearch(limit: min(text.count, Limits.stampSearchBytes))
    if text[0] == 0x3D { search.severity = erlangLevel(text) }
    if let found = readOwnPlace(text) { return found }
    while search.nextField(text) {
      let start = search.index
      if let time = read(text, at: start, search.place, &search) {
        return search.found(time, start..<search.end, text)
      }
      if let time = readPlacedEpoch(text, &search) ?? readInside(text, &search) {
        return search.found(time, search.index..<search.end, text)
      }
      guard search.skipField(text) else { return nil }
    }
    return nil
  }

  private mutating func read(
    _ text: Span<UInt8>, at start: Int, _ place: StampPlace, _ search: inout StampSearch
  ) -> Timestamp? {
    guard start < text.count else { return nil }
    let first = text[start]
    guard first.isDigit || first == 0x40 || CalendarNames.mayStart(text, at: start) else {
      return nil
    }
    var cursor = ByteCursor(start)
    if let time = times.readLoose(text, at: &cursor, place: place) {
      search.end = cursor.position
      return time
    }
    guard place == .firstBracket, first.isDigit, text.firstByte(0x3A, behind: start + 2),
      let time = times.readTimeOnly(text, at: &cursor)
    else { return nil }
    search.end = cursor.position
    return time
  }

  /// Behind `key=`, `4242:` (Zabbix) and `ERROR:`, and auditd's `msg=audit(1700000000.123:42)`.
  private mutating func readInside(
    _ text: Span<UInt8>, _ search: inout StampSearch
  ) -> Timestamp? {
    var index = search.index
    while index + 1 < search.limit {
      let byte = text[index]
      index += 1
      if byte == 0x3D {
        if text.has("audit(", at: index) { return readAudit(text, index + 6, &search) }
        if text.firstByte(0x22, behind: index) { index += 1 }
        return readInside(text, index, &search)
      }
      if byte == 0x3A {
        if let time = readInside(text, index, &search) { return time }
        continue
      }
      guard byte.isWord || byte == 0x2E || byte == 0x2D else { return nil }
    }
    return nil
  }

  private mutating func readInside(
    _ text: Span<UInt8>, _ index: Int, _ search: inout StampSearch
  ) -> Timestamp? {
    guard index < text.count, text[index].isDigit else { return nil }
    let place: StampPlace = search.place == .firstBracket ? .firstBracket : .elsewhere
    guard let time = read(text, at: index, place, &search) else { return nil }
    search.index = index
    return time
  }

  /// The seconds since 1970, or what `ausearch -i` makes of them.
  private mutating func readAudit(
    _ text: Span<UInt8>, _ start: Int, _ search: inout StampSearch
  ) -> Timestamp? {
    var cursor = ByteCursor(start)
    guard let time = times.readLoose(text, at: &cursor, place: .lineStart) else { return nil }
    search.index = start
    search.end = cursor.position
    return time
  }

  /// `=ERROR REPORT==== 22-Nov-2026::01:02:03 ===`.
  private func erlangLevel(_ text: Span<UInt8>) -> Severity? {
    var cursor = ByteCursor(1)
    guard let word = cursor.takeLetters(in: text), text.has(" REPORT", at: cursor.position) else {
      return nil
    }
    return Severity(word: text, word) ?? (text.equals("CRASH", in: word) ? .error : nil)
  }
}

/// How far the search of one line has come.
struct StampSearch {
  /// The start of the field that is looked at.
  var index = 0
  /// Behind the stamp, once one is found.
  var end = 0
  let limit: Int
  var severity: Severity?
  var place = StampPlace.lineStart
  private(set) var fields = 0
  private var words = 0
  private var isPlain = true
  private var isInBracket = false

  init(limit: Int) {
    self.limit = limit
  }

  func found(_ time: Timestamp, _ mark: Range<Int>, _ text: Span<UInt8>) -> FoundStamp {
    // A count since 1970 may be any number.
    let isCount = mark.lowerBound == 0 && text.isNumber(mark)
    return FoundStamp(time: time, mark: mark, isPlain: isPlain && !isCount, severity: severity)
  }

  /// Moves to the next field and into its opening bracket.
  mutating func nextField(_ text: Span<UInt8>) -> Bool {
    guard fields < Limits.stampSearchFields else { return false }
    fields += 1
    isInBracket = false
    let start = index
    while index < limit {
      let byte = text[index]
      switch byte {
      case 0x28 where index > 0 && (text[index - 1] == 0x3D || text[index - 1].isWord):
        // The argument of a function, or a value.
        return false
      case 0x5B, 0x28, 0x3C, 0x7B:
        isInBracket = true
        place = start == 0 && index == 0 && byte == 0x5B ? .firstBracket : .elsewhere
        if place == .firstBracket { skipLetter(text) }
      case 0x22, 0x27:
        // A table's first column may be quoted.
        guard index == 0 else { return false }
        place = .lineStart
      case 0x20, 0x09, 0x7C, 0x2C, 0x3B, 0x2A, 0x23, 0x25, 0x3E, 0x2D, 0x5D, 0x29, 0x3A, 0x3D:
        if !isInBracket { place = .elsewhere }
      default:
        if index == 0 { place = .lineStart }
        return true
      }
      index += 1
    }
    return false
  }

  /// Tornado's and Jupyter's `[I 2026-11-22 …`.
  private mutating func skipLetter(_ text: Span<UInt8>) {
    guard index + 2 < limit, text[index + 2] == 0x20, text[index + 1].isUppercase else { return }
    severity = Severity(androidLetter: text[index + 1])
    index += 2
  }

  /// Moves behind the field; false when it shows that this is no head of a log line.
  mutating func skipField(_ text: Span<UInt8>) -> Bool {
    let start = index
    var onlyLetters = true
    if isInBracket {
      while index < limit, text[index] != 0x5D, text[index] != 0x29, text[index] != 0x3E,
        text[index] != 0x7D
      {
        index += 1
      }
      takeLevel(text, text.trimmed(start..<index))
      return index < limit
    }
    while index < limit, !Self.isEnd(text[index]) {
      if text[index] == 0x22 || text[index] == 0x27 { return false }
      if !text[index].isLetter { onlyLetters = false }
      index += 1
    }
    guard index < limit else { return false }
    if index == start + 1 {
      // `E [22/Nov/2026…`, `W 2026-11-22 …`.
      if start == 0 { severity = Severity(androidLetter: text[0]) }
      return true
    }
    if takeLevel(text, start..<index) { return true }
    let isNumber = text.isNumber(start..<index)
    if !isNumber { isPlain = false }
    guard onlyLetters else { return true }
    words += 1
    return words <= 1
  }

  @discardableResult
  private mutating func takeLevel(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var range = range
    if !range.isEmpty, text[range.upperBound - 1] == 0x3A {
      range = range.lowerBound..<range.upperBound - 1
    }
    guard isInBracket || text.isUppercaseWord(range), let level = Severity(word: text, range) else {
      return false
    }
    severity = severity ?? level
    return true
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x7C, 0x2C, 0x3B, 0x5B, 0x28, 0x5D: true
    default: false
    }
  }
}
