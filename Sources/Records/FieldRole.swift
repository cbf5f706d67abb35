/// What a field of a structured record is for.
enum FieldRole: UInt8, Sendable {
  case time, severity, message, error, exceptionStack, logger, stream
  case method, path, requestLine, status, duration, cache, databaseCalls, databaseDuration
  /// Says only who wrote the record.
  case mark
  /// PostgreSQL's repetitions of the user's own words.
  case userText
  /// Leads to fields with longer dotted names and is of no use itself.
  case prefix

  static let count = 18
}

/// How a known field is read.
enum FieldReading: UInt8, Sendable {
  case plain
  /// A plain number is in this unit.
  case nanoseconds, microseconds, milliseconds, seconds
  /// A plain number says nothing without other fields: zap's and Caddy's `duration` in seconds.
  case secondsIfZap
  /// A plain number is in nanoseconds if Traefik wrote the record.
  case nanosecondsIfTraefik
  /// The text must state its unit.
  case statedUnit
  case syslogSeverity, mongoSeverity, pythonLevel, levelValue, openTelemetryNumber
  /// The text of an exception too, not only its stack.
  case errorToo
  /// The fraction of the seconds that another field counts.
  case nanoOfSecond
  case journald, traefik, errorSeverity, mongoTime, zapTime, dockerLog

  var unit: DurationUnit? {
    switch self {
    case .nanoseconds: .nanoseconds
    case .microseconds: .microseconds
    case .milliseconds: .milliseconds
    case .seconds: .seconds
    default: nil
    }
  }
}

/// One name under which programs write a field.
struct FieldName: Sendable {
  var name: StaticString
  var role: FieldRole
  var reading: FieldReading = .plain
  /// Whether longer dotted names begin with this one.
  var isPrefix = false

  init(
    _ name: StaticString, _ role: FieldRole, _ reading: FieldReading = .plain,
    isPrefix: Bool = false
  ) {
    self.name = name
    self.role = role
    self.reading = reading
    self.isPrefix = isPrefix
  }
}
