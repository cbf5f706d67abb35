/// How much of what one phase of the log holds.
package struct DemoCounts: Sendable, Equatable {
  /// Physical lines per log, in the order of `DemoFile.allCases`.
  package var lines = [0, 0, 0, 0]
  /// Access lines of nginx.
  package var nginxRequests = 0
  /// Access lines of nginx with status 500 to 599.
  package var nginxServerErrors = 0
  /// The part of `nginxServerErrors` written because both application processes were restarting.
  package var restartServerErrors = 0
  /// Access lines of the application.
  package var appRequests = 0
  /// Access lines of the application with status 500 to 599.
  package var appServerErrors = 0
  /// `Exception in ASGI application` records; a chained traceback is one.
  package var tracebacks = 0
  /// The part of `tracebacks` about the missing column.
  package var newTracebacks = 0
  /// ERROR records of PostgreSQL.
  package var postgresErrors = 0
  /// The part of `postgresErrors` about the missing column.
  package var newPostgresErrors = 0
  /// Lines of the nginx error log with level `error`.
  package var nginxErrors = 0

  /// Nothing counted yet.
  package init() {}

  /// Physical lines of one log.
  package func lines(of file: DemoFile) -> Int { lines[file.rawValue] }

  mutating func count(_ marks: Marks) {
    if marks.contains(.nginxRequest) { nginxRequests += 1 }
    if marks.contains(.nginxServerError) { nginxServerErrors += 1 }
    if marks.contains(.restartServerError) { restartServerErrors += 1 }
    if marks.contains(.appRequest) { appRequests += 1 }
    if marks.contains(.appServerError) { appServerErrors += 1 }
    if marks.contains(.traceback) { tracebacks += 1 }
    if marks.contains([.traceback, .newError]) { newTracebacks += 1 }
    if marks.contains(.postgresError) { postgresErrors += 1 }
    if marks.contains([.postgresError, .newError]) { newPostgresErrors += 1 }
    if marks.contains(.nginxError) { nginxErrors += 1 }
  }
}

/// What a generated log holds, exactly: every count is of lines that were handed out.
package struct DemoTruth: Sendable, Equatable {
  /// What the log was made from.
  package let options: DemoOptions
  /// Lines with a time before the release.
  package var before = DemoCounts()
  /// Lines with a time at the release or later, the restart noise included.
  package var after = DemoCounts()
}

/// What a record counts as in the truth.
struct Marks: OptionSet {
  let rawValue: Int
  static let nginxRequest = Marks(rawValue: 1 << 0)
  static let nginxServerError = Marks(rawValue: 1 << 1)
  static let restartServerError = Marks(rawValue: 1 << 2)
  static let appRequest = Marks(rawValue: 1 << 3)
  static let appServerError = Marks(rawValue: 1 << 4)
  static let traceback = Marks(rawValue: 1 << 5)
  static let newError = Marks(rawValue: 1 << 6)
  static let postgresError = Marks(rawValue: 1 << 7)
  static let nginxError = Marks(rawValue: 1 << 8)
}
