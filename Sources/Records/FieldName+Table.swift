extension FieldName {
  /// The names that are known. Where a record has several of one role, the one that stands first
  /// here is taken, whatever their order in the record; of one name that occurs twice the last.
  static let table: [FieldName] = [
    FieldName("time", .time),
    FieldName("ts", .time, .zapTime),
    FieldName("timestamp", .time),
    FieldName("@timestamp", .time),
    FieldName("t", .time, isPrefix: true),
    FieldName("t.$date", .time, .mongoTime),
    FieldName("asctime", .time),
    FieldName("datetime", .time),
    FieldName("date", .time),
    FieldName("eventTime", .time),
    FieldName("__REALTIME_TIMESTAMP", .time, .journald),
    FieldName("@t", .time),
    FieldName("Timestamp", .time),
    FieldName("instant.epochSecond", .time),
    FieldName("instant", .prefix, isPrefix: true),

    FieldName("error_severity", .severity, .errorSeverity),
    FieldName("level", .severity),
    FieldName("lvl", .severity),
    FieldName("severity", .severity),
    FieldName("levelname", .severity),
    FieldName("level_name", .severity),
    FieldName("log.level", .severity),
    FieldName("loglevel", .severity),
    FieldName("s", .severity, .mongoSeverity),
    FieldName("PRIORITY", .severity, .syslogSeverity),
    FieldName("level_value", .severity, .levelValue),
    FieldName("levelno", .severity, .pythonLevel),
    FieldName("severity_text", .severity),
    FieldName("severityText", .severity),
    FieldName("severityNumber", .severity, .openTelemetryNumber),
    FieldName("severity_number", .severity, .openTelemetryNumber),
    FieldName("LogLevel", .severity),
    FieldName("Level", .severity),
    FieldName("@l", .severity),

    FieldName("msg", .message),
    FieldName("message", .message),
    FieldName("event", .message, isPrefix: true),
    FieldName("log", .message, .dockerLog, isPrefix: true),
    FieldName("MESSAGE", .message, .journald),
    FieldName("body", .message),
    FieldName("textPayload", .message),
    FieldName("fields.message", .message),
    FieldName("fields", .prefix, isPrefix: true),
    FieldName("jsonPayload.message", .message),
    FieldName("jsonPayload", .prefix, isPrefix: true),
    FieldName("@m", .message),
    FieldName("@mt", .message),
    FieldName("Message", .message),

    FieldName("err", .error, isPrefix: true),
    FieldName("error", .error, isPrefix: true),
    FieldName("err.message", .error),
    FieldName("error.message", .error),
    FieldName("attr.error.errmsg", .error),
    FieldName("attr.error", .error, isPrefix: true),
    FieldName("exception.message", .error),

    FieldName("exception", .exceptionStack, .errorToo, isPrefix: true),
    FieldName("exc_info", .exceptionStack, .errorToo),
    FieldName("stack", .exceptionStack, .errorToo),
    FieldName("stacktrace", .exceptionStack, .errorToo),
    FieldName("stack_trace", .exceptionStack, .errorToo),
    FieldName("error.stack_trace", .exceptionStack, .errorToo),
    FieldName("error.stack", .exceptionStack, .errorToo),
    FieldName("err.stack", .exceptionStack, .errorToo),
    FieldName("exception.stacktrace", .exceptionStack, .errorToo),
    FieldName("errorVerbose", .exceptionStack, .errorToo),
    FieldName("err_trace", .exceptionStack, .errorToo),
    FieldName("Exception", .exceptionStack, .errorToo),
    FieldName("@x", .exceptionStack, .errorToo),

    FieldName("logger", .logger),
    FieldName("logger_name", .logger),
    FieldName("loggerName", .logger),
    FieldName("log.logger", .logger),
    FieldName("SourceContext", .logger),
    FieldName("Category", .logger),
    FieldName("SYSLOG_IDENTIFIER", .logger),
    FieldName("target", .logger),
    FieldName("name", .logger),
    FieldName("c", .logger),
    FieldName("stream", .stream),

    FieldName("method", .method),
    FieldName("http.method", .method),
    FieldName("http", .prefix, isPrefix: true),
    FieldName("req.method", .method),
    FieldName("req", .prefix, isPrefix: true),
    FieldName("request.method", .method),
    FieldName("RequestMethod", .method),
    FieldName("cs-method", .method),
    FieldName("request_method", .method),
    FieldName("http.request.method", .method),
    FieldName("http.request", .prefix, isPrefix: true),
    FieldName("httpRequest.requestMethod", .method),
    FieldName("httpRequest", .prefix, isPrefix: true),

    FieldName("path", .path),
    FieldName("url", .path, isPrefix: true),
    FieldName("uri", .path),
    FieldName("route", .path),
    FieldName("http.path", .path),
    FieldName("http.target", .path),
    FieldName("req.url", .path),
    FieldName("request.uri", .path),
    FieldName("RequestPath", .path),
    FieldName("cs-uri-stem", .path),
    FieldName("request_uri", .path),
    FieldName("http.route", .path),
    FieldName("url.path", .path),
    FieldName("url.original", .path),
    FieldName("http.url", .path),
    FieldName("req.path", .path),
    FieldName("request.path", .path),
    FieldName("request.url", .path),
    FieldName("httpRequest.requestUrl", .path),
    FieldName("request", .requestLine, isPrefix: true),

    FieldName("status", .status),
    FieldName("statusCode", .status),
    FieldName("status_code", .status),
    FieldName("http.status_code", .status),
    FieldName("res.statusCode", .status),
    FieldName("res", .prefix, isPrefix: true),
    FieldName("response.status", .status),
    FieldName("response", .prefix, isPrefix: true),
    FieldName("DownstreamStatus", .status, .traefik),
    FieldName("sc-status", .status),
    FieldName("StatusCode", .status),
    FieldName("http.response.status_code", .status),
    FieldName("http.response", .prefix, isPrefix: true),
    FieldName("response.status_code", .status),
    FieldName("response.statusCode", .status),
    FieldName("httpRequest.status", .status),
    FieldName("http.status", .status),

    FieldName("duration_ms", .duration, .milliseconds),
    FieldName("elapsed_ms", .duration, .milliseconds),
    FieldName("responseTime", .duration, .milliseconds),
    FieldName("response_time", .duration, .statedUnit),
    FieldName("latency", .duration, .statedUnit),
    FieldName("duration", .duration, .secondsIfZap),
    FieldName("Duration", .duration, .nanosecondsIfTraefik),
    FieldName("event.duration", .duration, .nanoseconds),
    FieldName("request_time", .duration, .seconds),
    FieldName("took", .duration, .statedUnit),
    FieldName("elapsed", .duration, .statedUnit),
    FieldName("rt", .duration, .seconds),
    FieldName("httpRequest.latency", .duration, .statedUnit),
    FieldName("time-taken", .duration, .statedUnit),
    FieldName("attr.durationMillis", .duration, .milliseconds),
    FieldName("attr", .prefix, isPrefix: true),
    FieldName("durationMillis", .duration, .milliseconds),
    FieldName("durationMs", .duration, .milliseconds),
    FieldName("elapsedMs", .duration, .milliseconds),
    FieldName("latencyMs", .duration, .milliseconds),
    FieldName("responseTimeMs", .duration, .milliseconds),
    FieldName("upstream_response_time", .duration, .seconds),
    FieldName("urt", .duration, .seconds),

    FieldName("cache", .cache),
    FieldName("cache_status", .cache),
    FieldName("x-cache", .cache),
    FieldName("upstream_cache_status", .cache),
    FieldName("cf-cache-status", .cache),
    FieldName("x-edge-result-type", .cache),
    FieldName("cs", .cache),
    FieldName("ucs", .cache),

    FieldName("db_calls", .databaseCalls),
    FieldName("db_count", .databaseCalls),
    FieldName("query_count", .databaseCalls),
    FieldName("db.query_count", .databaseCalls),
    FieldName("db", .prefix, isPrefix: true),
    FieldName("sql_count", .databaseCalls),

    FieldName("db_ms", .databaseDuration, .milliseconds),
    FieldName("db_duration_ms", .databaseDuration, .milliseconds),
    FieldName("db_time_ms", .databaseDuration, .milliseconds),
    FieldName("db.duration_ms", .databaseDuration, .milliseconds),
    FieldName("db_seconds", .databaseDuration, .seconds),
    FieldName("db_duration_s", .databaseDuration, .seconds),
    FieldName("db_duration", .databaseDuration, .statedUnit),
    FieldName("db_time", .databaseDuration, .statedUnit),

    FieldName("__CURSOR", .mark, .journald),
    FieldName("RouterName", .mark, .traefik),
    FieldName("OriginStatus", .mark, .traefik),
    FieldName("detail", .userText),
    FieldName("hint", .userText),
    FieldName("context", .userText),
    FieldName("statement", .userText),
    FieldName("internal_query", .userText),
  ]

  /// The unit in names such as `latency_us` and `request_duration_seconds`, which are too many to
  /// list: a word for a duration, then a unit.
  static func durationUnit(_ text: Span<UInt8>, _ range: Range<Int>) -> DurationUnit? {
    guard range.count >= 6, let underscore = range.last(where: { text[$0] == 0x5F }) else {
      return nil
    }
    let suffix = underscore + 1..<range.upperBound
    let unit: DurationUnit
    if ("ms" as StaticString).matches(text, suffix) {
      unit = .milliseconds
    } else if ("us" as StaticString).matches(text, suffix) {
      unit = .microseconds
    } else if ("ns" as StaticString).matches(text, suffix) {
      unit = .nanoseconds
    } else if ("s" as StaticString).matches(text, suffix)
      || ("sec" as StaticString).matches(text, suffix)
      || ("seconds" as StaticString).matches(text, suffix)
    {
      unit = .seconds
    } else {
      return nil
    }
    let stem = range.lowerBound..<underscore
    for name in durationStems where name.matches(text, stem) { return unit }
    return nil
  }

  private static let durationStems: [StaticString] = [
    "duration", "elapsed", "latency", "took", "response_time", "request_time", "time_taken",
    "request_duration", "process_time", "processing_time", "total_time", "elapsed_time",
  ]
}
