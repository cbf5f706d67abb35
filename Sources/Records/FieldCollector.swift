import Bytes

/// Fills `StructuredFields` from one field after another of a record.
struct FieldCollector {
  /// For each role, the rank of the name that filled it; less is better.
  private var ranks: InlineArray<18, UInt16> = .init(repeating: .max)
  private var hasJournaldField = false
  private var hasMessageKey = false
  private var hasLogText = false
  private var hasMongoTime = false
  private var hasMongoSeverity = false
  /// zap's and Caddy's `ts` is a number with a fraction.
  private var hasFractionalTime = false
  /// `duration` without a unit, and Traefik's `Duration`, until it is known who wrote them.
  private var zapDuration: Double?
  private var traefikDuration: Double?
  private var userTextStart: Int?
  /// A date and a time of day in fields of their own.
  private var splitTime = SplitTime()

  /// Takes a field that the table knows. `position` is its rank.
  mutating func take(
    _ position: Int, _ value: FieldValue, keyStart: Int, in text: Span<UInt8>,
    clock: inout TimestampReader, into fields: inout StructuredFields
  ) {
    let entry = FieldNameIndex.shared.entry(position)
    let rank = UInt16(position)
    switch entry.role {
    case .time: takeTime(entry, rank, value, text, &clock, &fields)
    case .severity: takeSeverity(entry, rank, value, text, &fields)
    case .message: takeMessage(entry, rank, value, text, &fields)
    case .error, .exceptionStack: takeError(entry, rank, value, text, &fields)
    case .logger: takeLogger(rank, value, text, &fields)
    case .stream:
      if isText(value, text), wins(.stream, rank) { fields.stream = value.range }
    case .method:
      if isText(value, text), isMethod(text, value.range), wins(.method, rank) {
        fields.request.method = value.range
      }
    case .path:
      if isText(value, text), isPath(text, value.range), wins(.path, rank) {
        fields.request.path = value.range
      }
    case .requestLine: takeRequestLine(rank, value, text, &fields)
    case .status:
      if entry.reading == .traefik { fields.marks.insert(.traefik) }
      if let number = FieldNumber.status(value, text), wins(.status, rank) {
        fields.request.status = number
      }
    case .duration: takeDuration(entry, rank, value, text, &fields)
    case .cache:
      if isText(value, text), wins(.cache, rank) { fields.request.cache = value.range }
    case .databaseCalls:
      if let number = FieldNumber.count(value, text), wins(.databaseCalls, rank) {
        fields.request.databaseCalls = number
      }
    case .databaseDuration:
      let seconds = FieldNumber.seconds(value, text, unit: entry.reading.unit)
      if let seconds, wins(.databaseDuration, rank) { fields.request.databaseDuration = seconds }
    case .mark:
      if entry.reading == .journald { hasJournaldField = true }
      if entry.reading == .traefik { fields.marks.insert(.traefik) }
    case .userText:
      userTextStart = min(userTextStart ?? keyStart, keyStart)
    case .prefix:
      break
    }
  }

  /// Takes a field that the table does not know: only a duration whose name ends in its unit.
  mutating func takeUnlisted(
    _ name: Span<UInt8>, _ nameRange: Range<Int>, _ value: FieldValue, in text: Span<UInt8>,
    into fields: inout StructuredFields
  ) {
    guard let unit = FieldName.durationUnit(name, nameRange) else { return }
    if let seconds = FieldNumber.seconds(value, text, unit: unit), wins(.duration, 250) {
      fields.request.duration = seconds
    }
  }

  /// Decides what needed the whole record.
  mutating func finish(into fields: inout StructuredFields) {
    if hasJournaldField, hasMessageKey { fields.marks.insert(.journald) }
    if hasLogText, fields.stream != nil, fields.time != nil { fields.marks.insert(.docker) }
    if hasMongoTime, hasMongoSeverity { fields.marks.insert(.mongoDB) }
    if fields.marks.contains(.postgres) { fields.userTextStart = userTextStart }
    if let zapDuration, hasFractionalTime || fields.marks.contains(.caddyAccess),
      wins(.duration, FieldNameIndex.shared.zapDuration)
    {
      fields.request.duration = zapDuration
    }
    if let traefikDuration, fields.marks.contains(.traefik),
      wins(.duration, FieldNameIndex.shared.traefikDuration)
    {
      fields.request.duration = DurationUnit.nanoseconds.seconds(traefikDuration)
    }
  }

  /// Whether a name of this rank is as good as the one that filled the role; it does then.
  private mutating func wins(_ role: FieldRole, _ rank: UInt16) -> Bool {
    let slot = Int(role.rawValue)
    guard rank <= ranks[slot] else { return false }
    ranks[slot] = rank
    return true
  }

  private mutating func takeTime(
    _ entry: FieldName, _ rank: UInt16, _ value: FieldValue, _ text: Span<UInt8>,
    _ clock: inout TimestampReader, _ fields: inout StructuredFields
  ) {
    if entry.reading == .journald { hasJournaldField = true }
    if entry.reading == .nanoOfSecond {
      fields.time = FieldNumber.fraction(value, text, of: fields.time)
      return
    }
    if entry.reading == .mongoTime { hasMongoTime = true }
    if entry.reading == .zapTime, value.kind == .number || value.kind == .bare {
      for index in value.range where text[index] == 0x2E {
        hasFractionalTime = hasFractionalTime || FieldNumber.decimal(value, text) != nil
      }
    }
    guard rank <= ranks[Int(FieldRole.time.rawValue)], value.kind != .object,
      value.kind != .array
    else { return }
    let stamp = Self.time(value.range, text, &clock)
    guard let time = stamp ?? splitTime.take(value.range, text, &clock), wins(.time, rank) else {
      return
    }
    fields.time = time
    fields.timeHasZone = clock.lastStatedZone
  }

  /// A stamp, or a number that is the whole value.
  private static func time(
    _ range: Range<Int>, _ text: Span<UInt8>, _ clock: inout TimestampReader
  ) -> Timestamp? {
    let value = text.extracting(range)
    var cursor = ByteCursor()
    if let time = clock.read(value, at: &cursor) { return time }
    if let time = clock.readEpoch(value, at: &cursor), cursor.isAtEnd(value) { return time }
    cursor = ByteCursor()
    guard let time = clock.readLoose(value, at: &cursor, place: .lineStart) else { return nil }
    return time
  }

  private mutating func takeSeverity(
    _ entry: FieldName, _ rank: UInt16, _ value: FieldValue, _ text: Span<UInt8>,
    _ fields: inout StructuredFields
  ) {
    if entry.reading == .mongoSeverity { hasMongoSeverity = true }
    if entry.reading == .errorSeverity { fields.marks.insert(.postgres) }
    guard rank <= ranks[Int(FieldRole.severity.rawValue)],
      let severity = FieldNumber.severity(value, text, reading: entry.reading),
      wins(.severity, rank)
    else { return }
    fields.severity = severity
  }

  private mutating func takeMessage(
    _ entry: FieldName, _ rank: UInt16, _ value: FieldValue, _ text: Span<UInt8>,
    _ fields: inout StructuredFields
  ) {
    if entry.reading == .journald { hasMessageKey = true }
    let isByteArray = entry.reading == .journald && value.kind == .array
    guard isByteArray || isText(value, text) else { return }
    if entry.reading == .dockerLog, value.kind == .string { hasLogText = true }
    guard wins(.message, rank) else { return }
    fields.message = value.range
    fields.messageIsByteArray = isByteArray
  }

  /// An object counts, but less than any text: `err.message` is better than `err`.
  private mutating func takeError(
    _ entry: FieldName, _ rank: UInt16, _ value: FieldValue, _ text: Span<UInt8>,
    _ fields: inout StructuredFields
  ) {
    let isNested = value.kind == .object || value.kind == .array
    guard isNested ? value.range.count > 2 : isErrorText(value, text) else { return }
    if entry.role == .exceptionStack, !isNested, wins(.exceptionStack, rank) {
      fields.exceptionStack = value.range
    }
    if wins(.error, isNested ? rank + 256 : rank) { fields.error = value.range }
  }

  private mutating func takeLogger(
    _ rank: UInt16, _ value: FieldValue, _ text: Span<UInt8>, _ fields: inout StructuredFields
  ) {
    guard isText(value, text), wins(.logger, rank) else { return }
    fields.logger = value.range
    var cursor = ByteCursor()
    if cursor.take("http.log.access", in: text.extracting(value.range)) {
      fields.marks.insert(.caddyAccess)
    }
  }

  private mutating func takeRequestLine(
    _ rank: UInt16, _ value: FieldValue, _ text: Span<UInt8>, _ fields: inout StructuredFields
  ) {
    guard isText(value, text) else { return }
    var cursor = ByteCursor(value.range.lowerBound)
    guard let method = cursor.take(upTo: 0x20, in: text),
      method.upperBound < value.range.upperBound,
      isMethod(text, method)
    else { return }
    var end = method.upperBound + 1
    while end < value.range.upperBound, text[end] != 0x20 { end += 1 }
    let path = method.upperBound + 1..<end
    guard !path.isEmpty, isPath(text, path) else { return }
    if wins(.method, rank) { fields.request.method = method }
    if wins(.path, rank) { fields.request.path = path }
  }

  private mutating func takeDuration(
    _ entry: FieldName, _ rank: UInt16, _ value: FieldValue, _ text: Span<UInt8>,
    _ fields: inout StructuredFields
  ) {
    if let seconds = FieldNumber.seconds(value, text, unit: entry.reading.unit) {
      if entry.reading == .secondsIfZap { zapDuration = nil }
      if entry.reading == .nanosecondsIfTraefik { traefikDuration = nil }
      if wins(.duration, rank) { fields.request.duration = seconds }
      return
    }
    let isPlain = value.kind == .number || value.kind == .bare
    guard isPlain, let number = FieldNumber.count(value, text) else { return }
    if entry.reading == .secondsIfZap { zapDuration = number }
    if entry.reading == .nanosecondsIfTraefik { traefikDuration = number }
  }

  /// Text that says something: not empty, not `-`.
  private func isText(_ value: FieldValue, _ text: Span<UInt8>) -> Bool {
    guard value.kind == .string || value.kind == .bare, !value.range.isEmpty else { return false }
    return value.range.count > 1 || text[value.range.lowerBound] != 0x2D
  }

  /// Text that names an error: what Go, Python and JavaScript write for none does not.
  private func isErrorText(_ value: FieldValue, _ text: Span<UInt8>) -> Bool {
    guard isText(value, text) else { return false }
    let absent: [StaticString] = ["nil", "<nil>", "null", "none", "false", "true", "0", "ok"]
    guard value.range.count <= 5 else { return true }
    for word in absent where word.matchesLowercased(text, value.range) { return false }
    return true
  }

  /// Three to sixteen capitals, as RFC 9110's and WebDAV's methods are.
  private func isMethod(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count >= 3, range.count <= 16 else { return false }
    for index in range where text[index] &- 0x41 >= 26 && text[index] != 0x2D { return false }
    return true
  }

  /// `/orders`, `*`, or an absolute URL. Names of functions and files of Windows are none.
  private func isPath(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var cursor = ByteCursor(range.lowerBound)
    return cursor.take(0x2F, in: text) || cursor.take("http://", in: text)
      || cursor.take("https://", in: text) || (range.count == 1 && cursor.take(0x2A, in: text))
      // JSON encoders such as PHP's escape the slash.
      || cursor.take("\\/", in: text)
  }
}
