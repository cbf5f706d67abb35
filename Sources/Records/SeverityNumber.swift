/// Severities that are written as a single sign or a number.
extension Severity {
  /// Redis: `.` debug, `-` verbose, `*` notice, `#` warning. Verbose is more than debug and less than
  /// notice, hence information.
  package init?(redisMark mark: UInt8) {
    switch mark {
    case 0x2E: self = .debug
    case 0x2D: self = .info
    case 0x2A: self = .notice
    case 0x23: self = .warning
    default: return nil
    }
  }

  /// klog and glog: `I`, `W`, `E`, `F`; also `D`.
  package init?(klogLetter letter: UInt8) {
    switch letter {
    case 0x44: self = .debug
    case 0x49: self = .info
    case 0x57: self = .warning
    case 0x45: self = .error
    case 0x46: self = .critical
    default: return nil
    }
  }

  /// Ruby's logger: `D`, `I`, `W`, `E`, `F`. `A` (any) states none.
  package init?(railsLetter letter: UInt8) {
    self.init(klogLetter: letter)
  }

  /// MongoDB: `F`, `E`, `W`, `I`, `D`, `D1` to `D5`.
  package init?(mongoWord text: Span<UInt8>, _ range: Range<Int>) {
    switch range.count {
    case 1:
      self.init(klogLetter: text[range.lowerBound])
    case 2:
      let digit = text[range.lowerBound + 1]
      guard text[range.lowerBound] == 0x44, digit >= 0x31, digit <= 0x35 else { return nil }
      self = .debug
    default:
      return nil
    }
  }

  /// pino and bunyan: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. A level of one's own
  /// counts as the one below it.
  package init?(pinoLevel level: Int) {
    switch level {
    case 10..<20: self = .trace
    case 20..<30: self = .debug
    case 30..<40: self = .info
    case 40..<50: self = .warning
    case 50..<60: self = .error
    case 60..<70: self = .critical
    default: return nil
    }
  }

  /// Android's `V`, `D`, `I`, `W`, `E`, `F` and `A` (assert).
  package init?(androidLetter letter: UInt8) {
    switch letter {
    case 0x56: self = .trace
    case 0x44: self = .debug
    case 0x49: self = .info
    case 0x57: self = .warning
    case 0x45: self = .error
    case 0x46, 0x41: self = .critical
    default: return nil
    }
  }

  /// Python's `levelno`: 10 debug, 20 info, 30 warning, 40 error, 50 critical. A level of one's own
  /// counts as the one below it.
  package init?(pythonLevel level: Int) {
    switch level {
    case 1..<10: self = .trace
    case 10..<20: self = .debug
    case 20..<30: self = .info
    case 30..<40: self = .warning
    case 40..<50: self = .error
    case 50..<100: self = .critical
    default: return nil
    }
  }

  /// syslog's severity, 0 (emergency) to 7 (debug): RFC 5424, table 2.
  package init?(syslogSeverity severity: Int) {
    switch severity {
    case 0: self = .emergency
    case 1: self = .alert
    case 2: self = .critical
    case 3: self = .error
    case 4: self = .warning
    case 5: self = .notice
    case 6: self = .info
    case 7: self = .debug
    default: return nil
    }
  }

  /// The number in `<165>`, 0 to 191: facility × 8 + severity.
  package init?(syslogPriority priority: Int) {
    guard (0...191).contains(priority) else { return nil }
    self.init(syslogSeverity: priority & 7)
  }

  /// logback's `level_value`: 5000 trace, 10000 debug, 20000 info, 30000 warn, 40000 error.
  package init?(levelValue value: Int) {
    switch value {
    case 5_000..<10_000: self = .trace
    case 10_000..<20_000: self = .debug
    case 20_000..<30_000: self = .info
    case 30_000..<40_000: self = .warning
    case 40_000..<50_000: self = .error
    default: return nil
    }
  }

  /// OpenTelemetry's `SeverityNumber`, 1 to 24: four each of trace, debug, info, warn, error, fatal.
  package init?(openTelemetryNumber number: Int) {
    switch number {
    case 1...4: self = .trace
    case 5...8: self = .debug
    case 9...12: self = .info
    case 13...16: self = .warning
    case 17...20: self = .error
    case 21...24: self = .critical
    default: return nil
    }
  }
}
