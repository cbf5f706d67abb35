import Bytes

/// Takes the outer layers off one line after another and reads what is inside.
///
/// A line's first bytes name the one family of recognisers that may read it, and within a family the
/// specific forms come before the general ones, so the answer never depends on the lines before.
/// The exceptions are stated by the log itself: a `#Fields:` line names the columns of the table
/// that follows, and a field above 12 tells the order of day and month in `11/12/2026`.
///
/// The inner time stands when it carries a zone or the layer has none; otherwise the layer's does,
/// because a container's zone is rarely that of the machine which reads the log.
package struct LineParser: Sendable {
  var times: TimestampReader
  var jsonReader = JSONFieldReader()
  var logfmtReader = LogfmtFieldReader()
  var fields = StructuredFields()
  var table = TableColumns()
  /// Where the time of the line stood; nil for a structured record, whose time may be anywhere.
  var stamp: Range<Int>?
  /// Whether the time stood behind words, where it may be one that the line talks about.
  var isDoubtful = false
  /// Whether an outer layer has told the time.
  var hasLayerTime = false
  /// Whether that layer is syslog, whose messages are mostly free text, so that no time is looked for
  /// in them.
  var isFreeText = false
  /// The other half of the pair of buffers that nested layers are unescaped into.
  var spare: [UInt8] = []

  /// `zone` is for times that state none; `reference` is a moment that lies behind every line, such
  /// as the file's modification time, for times without a year or a date.
  package init(zone: LocalZone, reference: Timestamp) {
    times = TimestampReader(zone: zone, reference: reference)
  }

  /// Reads a line without its line break. The fields of `record` are offsets into the text, which
  /// lies in `unwrapped` if the answer says so and in `line` otherwise.
  ///
  /// A partial line (docker's and CRI's pieces of a long one) is not read any further: the caller
  /// puts the pieces together. Linear in the line's length.
  package mutating func parse(
    _ line: Span<UInt8>, into record: inout Record, unwrapped: inout [UInt8]
  ) -> ParsedLine {
    let layers = unwrap(line, into: &unwrapped)
    if layers.isPartial {
      record = Record()
      return ParsedLine(layers: layers, role: .continuation)
    }
    if layers.isCopied {
      return parse(layers, in: unwrapped.span.extracting(layers.text), into: &record)
    }
    return parse(layers, in: line.extracting(layers.text), into: &record)
  }

  /// Reads the text inside the layers.
  mutating func parse(
    _ layers: UnwrappedLine, in text: Span<UInt8>, into record: inout Record
  ) -> ParsedLine {
    record = Record()
    var parsed = ParsedLine(layers: layers, role: .continuation)
    stamp = nil
    isDoubtful = false
    hasLayerTime = layers.time != nil
    isFreeText = hasLayerTime && (layers.format == .syslogRFC3164 || layers.format == .rsyslogISO)
    parsed.role = recognise(text, into: &record, pid: &parsed.pid)
    parsed.ownTime = record.time != nil
    parsed.isDoubtful = isDoubtful
    if record.format == .unknown { record.message = 0..<text.count }
    if parsed.role == .head, record.format.mayHoldAccess {
      readMessageAccess(text, into: &record)
    }
    record.matchEnd = parsed.role == .attachment ? 0 : (userTextStart(in: record) ?? text.count)
    guard let layer = layers.format else {
      if record.time != nil { record.timeSource = .line }
      return parsed
    }
    settle(layers, text: text, into: &record)
    if record.format == .unknown || record.format == .generic { record.format = layer }
    if record.time != nil { record.timeSource = .line }
    if record.severity == nil, let severity = layers.severity {
      record.severity = severity
      parsed.severityIsOfLayer = true
    }
    return parsed
  }

  private func userTextStart(in record: Record) -> Int? {
    switch record.format {
    case .jsonGeneric: fields.userTextStart
    case .postgresCSV: record.message.isEmpty ? nil : record.message.upperBound
    default: nil
    }
  }

  private func settle(_ layers: UnwrappedLine, text: Span<UInt8>, into record: inout Record) {
    guard let outer = layers.time else { return }
    guard let inner = record.time, layers.timeHasZone else {
      if record.time == nil { record.time = outer }
      return
    }
    if let stamp {
      if !text.statesZone(stamp) { record.time = outer }
    } else if inner.isZoneSlip(from: outer) {
      record.time = outer
    }
  }
}

/// What one line turned out to be.
package struct ParsedLine: Sendable {
  package var layers: UnwrappedLine
  package var role: LineRole
  /// PostgreSQL's process, which joins DETAIL and the like to their error.
  package var pid: Int?
  /// Whether the line inside the layers states a time.
  package var ownTime = false
  /// The time stands behind words: in the middle of a traceback such a line starts nothing.
  package var isDoubtful = false
  /// The severity is only what the outer layer says: syslog's priority, journald's `PRIORITY`.
  package var severityIsOfLayer = false

  init(layers: UnwrappedLine, role: LineRole) {
    self.layers = layers
    self.role = role
  }
}

/// What a line is to the record it belongs to.
package enum LineRole: Sendable {
  /// It starts a record: it states its own time or severity, or is of a known form.
  case head
  /// PostgreSQL's DETAIL, HINT, CONTEXT, STATEMENT, QUERY or LOCATION.
  case attachment
  /// Nothing about the line itself says what it is.
  case continuation
  /// A table's `#Fields:` and the like: no record.
  case directive
}

extension Timestamp {
  /// Whether the two differ by about a multiple of a quarter of an hour that some zone may have: the
  /// same moment, read in the wrong zone.
  func isZoneSlip(from other: Timestamp) -> Bool {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
    guard !overflow, difference != .min else { return false }
    let quarter: Int64 = 900_000_000_000
    let size = abs(difference)
    guard size > quarter / 2, size < 57 * quarter else { return false }
    let rest = size % quarter
    return min(rest, quarter - rest) < 5_000_000_000
  }
}

extension Span where Element == UInt8 {
  /// Whether the time in `range` says its zone: `Z`, `UTC`, `+02:00`, or a count since 1970.
  func statesZone(_ range: Range<Int>) -> Bool {
    guard range.count >= 8, range.upperBound <= count else { return false }
    let last = self[range.upperBound - 1]
    if last.isLetter {
      // `4:09:43 PM` is no zone.
      let before = self[range.upperBound - 2]
      return !((last | 0x20) == 0x6D && ((before | 0x20) == 0x61 || (before | 0x20) == 0x70))
    }
    var isNumber = true
    var index = range.lowerBound
    while index < range.upperBound, isNumber {
      isNumber = self[index].isDigit || self[index] == 0x2E
      index += 1
    }
    if isNumber { return true }
    for back in 3...6 where range.count > back + 8 {
      let sign = self[range.upperBound - back]
      if sign == 0x2B { return true }
      if sign == 0x2D {
        // A minus behind a time of day, not one inside the date.
        return self[range.upperBound - back - 1].isDigit
          || self[range.upperBound - back - 1] == 0x20
      }
    }
    return false
  }
}
