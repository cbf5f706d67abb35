import Bytes

/// Numbers in fields, which may stand in quotes, as nginx and journald write them.
enum FieldNumber {
  /// The number that the whole value is; nil for other kinds and for text.
  static func decimal(_ value: FieldValue, _ text: Span<UInt8>) -> DecimalNumber? {
    switch value.kind {
    case .number, .string, .bare: break
    case .boolean, .null, .object, .array: return nil
    }
    let content = text.extracting(value.range)
    var cursor = ByteCursor()
    guard let number = cursor.takeDecimal(in: content), cursor.isAtEnd(content) else { return nil }
    return number
  }

  static func integer(_ value: FieldValue, _ text: Span<UInt8>) -> Int? {
    guard let number = decimal(value, text), let whole = number.scaled(byPowerOf10: 0),
      number.exponent >= 0 || Double(whole) == number.double
    else { return nil }
    return Int(whole)
  }

  /// A finite number that is not negative.
  static func count(_ value: FieldValue, _ text: Span<UInt8>) -> Double? {
    guard let number = decimal(value, text)?.double, number >= 0, number.isFinite else {
      return nil
    }
    return number
  }

  /// An HTTP status, 100 to 599. Proxies write 0 or -1 when there was no answer.
  static func status(_ value: FieldValue, _ text: Span<UInt8>) -> Int? {
    guard let number = integer(value, text), (100...599).contains(number) else { return nil }
    return number
  }

  /// A time in whole seconds and the nanoseconds of this field; the time alone where they make no
  /// sense.
  static func fraction(
    _ value: FieldValue, _ text: Span<UInt8>, of time: Timestamp?
  ) -> Timestamp? {
    guard let time, let nanoseconds = integer(value, text), time.nanoseconds % 1_000_000_000 == 0,
      (0..<1_000_000_000).contains(nanoseconds)
    else { return time }
    return time.advanced(byNanoseconds: Int64(nanoseconds))
  }

  /// A duration in seconds; see `DurationText`.
  static func seconds(_ value: FieldValue, _ text: Span<UInt8>, unit: DurationUnit?) -> Double? {
    switch value.kind {
    case .number, .string, .bare: DurationText.seconds(in: text, value.range, unit: unit)
    case .boolean, .null, .object, .array: nil
    }
  }

  static func severity(
    _ value: FieldValue, _ text: Span<UInt8>, reading: FieldReading
  ) -> Severity? {
    guard value.kind != .object, value.kind != .array else { return nil }
    if reading == .mongoSeverity { return Severity(mongoWord: text, value.range) }
    guard let number = integer(value, text) else {
      return value.kind == .number ? nil : Severity(word: text, value.range)
    }
    switch reading {
    case .syslogSeverity: return Severity(syslogSeverity: number)
    case .pythonLevel: return Severity(pythonLevel: number)
    case .levelValue: return Severity(levelValue: number)
    case .openTelemetryNumber: return Severity(openTelemetryNumber: number)
    default:
      // GELF has syslog's numbers, pino and bunyan tens, logback thousands: they do not overlap.
      return Severity(syslogSeverity: number) ?? Severity(pinoLevel: number)
        ?? Severity(levelValue: number)
    }
  }
}
