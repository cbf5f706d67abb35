/// What a JSON or logfmt record says, whatever its program calls the fields. Ranges are offsets into
/// the text that was read; the range of a string leaves out its quotes and keeps its escapes.
///
/// Of several names for one thing the first in `FieldName.table` is taken whose value makes sense,
/// so that the answer does not depend on the order of the fields. Absent values (`null`, `""`, `-`)
/// make no sense anywhere.
package struct StructuredFields: Sendable {
  package var time: Timestamp?
  /// Whether the time states its zone or is an epoch.
  package var timeHasZone = false
  package var severity: Severity?
  package var message: Range<Int>?
  /// journald writes a message that is not UTF-8 as an array of byte values: see
  /// `jsonByteArrayContent`.
  package var messageIsByteArray = false
  /// What went wrong, in the record's own words; with its braces when it is an object.
  package var error: Range<Int>?
  package var exceptionStack: Range<Int>?
  /// Logger, category or program.
  package var logger: Range<Int>?
  /// docker's `stream`.
  package var stream: Range<Int>?
  package var request = RequestFields()
  package var marks: StructuredMarks = []
  /// In PostgreSQL's jsonlog: the least offset of a field that repeats the user's own words
  /// (`detail`, `hint`, `context`, `statement`).
  package var userTextStart: Int?

  package init() {}
}

/// Fields that tell who wrote a structured record.
package struct StructuredMarks: OptionSet, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `__REALTIME_TIMESTAMP` or `__CURSOR`, and `MESSAGE`.
  package static let journald = StructuredMarks(rawValue: 1)
  /// `log` (text), `stream` and `time`: docker's json-file.
  package static let docker = StructuredMarks(rawValue: 2)
  /// `t.$date` and `s`.
  package static let mongoDB = StructuredMarks(rawValue: 4)
  /// `error_severity`: PostgreSQL's jsonlog.
  package static let postgres = StructuredMarks(rawValue: 8)
  /// `logger` starts with `http.log.access`.
  package static let caddyAccess = StructuredMarks(rawValue: 16)
  /// `DownstreamStatus`, `OriginStatus` or `RouterName`.
  package static let traefik = StructuredMarks(rawValue: 32)
}
