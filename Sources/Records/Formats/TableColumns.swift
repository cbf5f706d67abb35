import Bytes

/// The columns that a `#Fields:` line names: CloudFront and the W3C extended log format.
struct TableColumns: Sendable {
  enum Column: UInt8, Sendable {
    case other, date, time, method, path, status, duration, cache
  }

  private(set) var columns: [Column] = []
  /// IIS writes `time-taken` in milliseconds and calls itself in `#Software:`.
  private(set) var isMilliseconds = false

  var isActive: Bool { !columns.isEmpty }

  /// Reads a line that starts with `#` if it is a directive of such a table.
  mutating func takeDirective(_ text: Span<UInt8>) -> Bool {
    if text.has("#Software:", at: 0) {
      isMilliseconds = text.firstIndex(of: "Internet Information", from: 10) != nil
      return true
    }
    if text.has("#Fields:", at: 0) {
      readColumns(text)
      return true
    }
    return text.has("#Version:", at: 0) || text.has("#Date:", at: 0)
      || text.has("#Start-Date:", at: 0) || text.has("#End-Date:", at: 0)
      || text.has("#Remark:", at: 0)
  }

  private mutating func readColumns(_ text: Span<UInt8>) {
    columns.removeAll(keepingCapacity: true)
    var cursor = ByteCursor(8)
    while columns.count < Limits.tableColumns {
      while let byte = cursor.peek(text), byte == 0x20 || byte == 0x09 {
        cursor.position += 1
      }
      let name = cursor.takeWord(in: text)
      if name.isEmpty { break }
      columns.append(Self.column(text, name))
    }
  }

  private static func column(_ text: Span<UInt8>, _ name: Range<Int>) -> Column {
    if text.equals("date", in: name) { return .date }
    if text.equals("time", in: name) { return .time }
    if text.equals("cs-method", in: name) { return .method }
    if text.equals("cs-uri-stem", in: name) { return .path }
    if text.equals("sc-status", in: name) { return .status }
    if text.equals("time-taken", in: name) { return .duration }
    if text.equals("x-edge-result-type", in: name) { return .cache }
    return .other
  }
}

extension LineParser {
  /// A row of the table whose columns are known. Date and time are two columns, in UTC.
  mutating func readTableRow(_ text: Span<UInt8>, into record: inout Record) -> Bool {
    var cursor = ByteCursor()
    // CloudFront has spaces between the names of its columns and tabs between the values.
    let separator: UInt8 = text.firstIndex(of: 0x09) != nil ? 0x09 : 0x20
    var request = RequestFields()
    var stampStart: Int?
    var clock: Range<Int>?
    var count = 0
    for column in table.columns {
      let start = cursor.position
      while let byte = cursor.peek(text), byte != separator { cursor.position += 1 }
      let value = start..<cursor.position
      if value.isEmpty { break }
      count += 1
      let isAbsent = text.equals("-", in: value)
      switch column {
      case .date: stampStart = start
      case .time: clock = value
      case .method where !isAbsent: request.method = value
      case .path where !isAbsent: request.path = value
      case .status:
        var digits = ByteCursor(start)
        if let status = digits.takeStatus(in: text), status > 0 { request.status = status }
      case .duration:
        var digits = ByteCursor(start)
        request.duration = digits.takeSeconds(
          in: text, power: table.isMilliseconds ? -3 : 0)
      case .cache where !isAbsent: request.cache = value
      default: break
      }
      guard cursor.take(separator, in: text) else { break }
    }
    guard count == table.columns.count || (count > 4 && request.status != nil) else {
      return false
    }
    record.request = request
    record.format = .w3c
    record.message = 0..<text.count
    if let stampStart, let clock { record.time = tableTime(text, stampStart, clock) }
    return true
  }

  private func tableTime(_ text: Span<UInt8>, _ date: Int, _ clock: Range<Int>) -> Timestamp? {
    var cursor = ByteCursor(date)
    guard let year = cursor.takeDigits(in: text, exactly: 4), cursor.take(0x2D, in: text),
      let month = cursor.takeDigits(in: text, exactly: 2), cursor.take(0x2D, in: text),
      let day = cursor.takeDigits(in: text, exactly: 2)
    else { return nil }
    cursor = ByteCursor(clock.lowerBound)
    guard let hour = cursor.takeDigits(in: text, exactly: 2), cursor.take(0x3A, in: text),
      let minute = cursor.takeDigits(in: text, exactly: 2), cursor.take(0x3A, in: text),
      let second = cursor.takeDigits(in: text, exactly: 2)
    else { return nil }
    let time = CivilTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    return time.isValid ? Timestamp(seconds: time.secondsSinceEpoch) : nil
  }
}
