/// One event of a log: a physical line without its outer layers, or several lines that belong
/// together such as a traceback.
///
/// A record holds numbers and offsets into its text, never copies. The text is handed out beside it
/// as a span that is valid for the length of one call.
package struct Record: Sendable {
  /// When it happened; nil when no line of the stream has shown a time yet.
  package var time: Timestamp?
  package var timeSource: TimeSource = .none
  /// Nil when no field of the record states one.
  package var severity: Severity?
  package var format: LineFormat = .unknown
  package var shape: RecordShape = .single
  /// The caller's number of the file in which it begins.
  package var file: Int = 0
  /// Number of the first physical line in its file, from 1.
  package var firstLineNumber: Int = 0
  /// How many physical lines it spans.
  package var lineCount: Int = 1
  /// Empty lines between it and the next record; no part of it.
  package var blankLinesBehind: Int = 0
  /// Decompressed offset of the first line's first byte in its file.
  package var offset: Int64 = 0
  /// Rules look at the bytes before this offset of the text. What lies behind repeats the user's
  /// own words (PostgreSQL's STATEMENT, DETAIL, CONTEXT) and must not match.
  package var matchEnd: Int = 0
  /// The message: the text without time, severity, logger and the like.
  package var message: Range<Int> = 0..<0
  package var request = RequestFields()

  package init() {}

  /// Lines of the file that are spent with it.
  package var physicalLines: Int { lineCount + blankLinesBehind }

  /// Whether this is one finished HTTP request: method, route and status are all known.
  package var isRequest: Bool {
    request.method != nil && request.path != nil && request.status != nil
  }
}

/// Where a record's time came from.
package enum TimeSource: String, Sendable {
  /// The line itself, or the layer it was wrapped in.
  case line
  /// The record before it in the same stream.
  case inherited
  /// The moment at which it was read.
  case arrival
  case none
}

/// What the lines of a record have in common.
package enum RecordShape: String, Sendable {
  case single
  case pythonTraceback = "python-traceback"
  case javaTrace = "java-trace"
  /// An error that ended a Node program, from its source line to `Node.js v20…`.
  case nodeTrace = "node-trace"
  case goPanic = "go-panic"
  /// A head and continuation lines of another kind.
  case joined
}

/// The normalised fields of a request, whatever its log calls them. Ranges are offsets into the
/// record's text.
package struct RequestFields: Sendable {
  package var method: Range<Int>?
  /// The path as logged, query string included.
  package var path: Range<Int>?
  package var status: Int?
  /// Seconds from the request's arrival to the end of its answer.
  package var duration: Double?
  /// The cache's answer as logged, such as `HIT`; nil when the log says `-`.
  package var cache: Range<Int>?
  package var databaseCalls: Double?
  /// Seconds spent in the database.
  package var databaseDuration: Double?

  package init() {}
}
