import Bytes

// Logs whose time stands at a place of its own, far from the start or among other numbers.
extension LineParser {
  /// Windows' events in XML, ArcSight's common event format, the flow logs of a cloud's networks, and
  /// CockroachDB.
  mutating func readOwnPlace(_ text: Span<UInt8>) -> FoundStamp? {
    switch text[0] {
    case 0x3C where text.has("<Event", at: 0):
      return readStamp(behind: "SystemTime=", skipping: 1, text)
    case 0x43 where text.has("CEF:", at: 0):
      return readStamp(behind: "rt=", skipping: 0, text)
    case 0x32...0x37 where text.has(" eni-", at: 14) && text[1] == 0x20:
      return readFlow(text)
    case 0x45, 0x46, 0x49, 0x57:
      guard text.firstByte(0x20, behind: 7), text.firstByte(0x3A, behind: 10) else { return nil }
      return readLettered(text)
    default: return nil
    }
  }

  /// CockroachDB's `I261122 01:02:03.123456`: klog's letter before a year of two digits.
  private mutating func readLettered(_ text: Span<UInt8>) -> FoundStamp? {
    var cursor = ByteCursor(1)
    guard let time = times.readLoose(text, at: &cursor, place: .elsewhere) else { return nil }
    let severity = Severity(klogLetter: text[0])
    return FoundStamp(time: time, mark: 1..<cursor.position, isPlain: true, severity: severity)
  }

  private mutating func readStamp(
    behind name: StaticString, skipping quote: Int, _ text: Span<UInt8>
  ) -> FoundStamp? {
    let head = text.extracting(0..<min(text.count, Limits.accessPrefixBytes))
    guard let found = head.firstIndex(of: name, from: 0) else { return nil }
    let start = found + name.utf8CodeUnitCount + quote
    var cursor = ByteCursor(start)
    guard let time = times.readLoose(text, at: &cursor, place: .lineStart) else { return nil }
    return FoundStamp(time: time, mark: start..<cursor.position, isPlain: true)
  }

  /// `2 123456789010 eni-1235b8ca` and eight fields more, then when the flow began and ended.
  private mutating func readFlow(_ text: Span<UInt8>) -> FoundStamp? {
    var cursor = ByteCursor()
    for _ in 0..<10 {
      guard cursor.takeField(in: text) != nil else { return nil }
    }
    let start = cursor.position
    guard let time = times.readLoose(text, at: &cursor, place: .lineStart),
      text.isNumber(start..<cursor.position)
    else { return nil }
    return FoundStamp(time: time, mark: start..<cursor.position, isPlain: true)
  }

  /// A count since 1970 among other fields, in the logs of supercomputers: `1117838570 2005.06.03 `,
  /// which names the day again, and the fifth field behind a number, with a flag behind it.
  mutating func readPlacedEpoch(
    _ text: Span<UInt8>, _ search: inout StampSearch
  ) -> Timestamp? {
    let start = search.index
    guard text[start].isDigit, text.firstByte(0x20, behind: start + 10) else { return nil }
    let isPaired =
      text.firstByte(0x2E, behind: start + 15) && text.firstByte(0x2E, behind: start + 18)
    let isFlagged =
      search.fields == 5 && text[0].isDigit && text.firstByte(0x20, behind: start + 12)
    guard isPaired || isFlagged else { return nil }
    var cursor = ByteCursor(start)
    guard let time = times.readEpoch(text, at: &cursor), cursor.position == start + 10,
      time <= times.reference.advanced(byNanoseconds: 86_400_000_000_000)
    else { return nil }
    search.end = cursor.position
    return time
  }
}
