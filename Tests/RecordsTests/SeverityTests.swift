import Records
import Testing

@Suite("Severities as formats write them")
struct SeverityTests {
  @Test(
    "words",
    arguments: [
      (Severity.trace, "TRACE trace trce VRB Verbose FINER FINEST"),
      (.debug, "DEBUG debug dbug DBG CONFIG FINE DEBUG1 debug5"),
      (.info, "INFO info Information informational INF SUCCESS Note LOG DETAIL HINT CONTEXT QUERY"),
      (.info, "STATEMENT LOCATION"),
      (.notice, "NOTICE notice System Deprecated"),
      (.warning, "WARN warn WARNING Warning WRN"),
      (.error, "ERROR error Error err ERR fail SEVERE exception"),
      (.critical, "CRITICAL critical crit FATAL fatal FTL dpanic DPANIC"),
      (.alert, "ALERT alert"),
      (.emergency, "EMERGENCY emerg PANIC panic"),
    ])
  func words(severity: Severity, words: String) {
    for word in words.split(separator: " ") {
      let bytes = Array("[\(word)]".utf8)
      #expect(Severity(word: bytes.span, 1..<bytes.count - 1) == severity, "\(word)")
    }
  }

  @Test("PHP's words have spaces")
  func phrases() {
    for (word, severity) in [
      ("Fatal error", Severity.critical), ("Parse error", .critical),
      ("Recoverable fatal error", .error),
    ] {
      let bytes = Array(word.utf8)
      #expect(Severity(word: bytes.span, 0..<bytes.count) == severity)
    }
  }

  @Test(
    "words that state none",
    arguments: [
      "", "I", "log", "detail", "statement", "query", "DEFAULT", "errors", "inform", "debug6",
      "warned", "ERR0R", "\u{e9}rror", String(repeating: "a", count: 1_000),
    ])
  func none(word: String) {
    let bytes = Array(word.utf8)
    #expect(Severity(word: bytes.span, 0..<bytes.count) == nil)
  }

  @Test("signs and letters")
  func signs() {
    func all(_ text: String, _ make: (UInt8) -> Severity?) -> [Severity?] { text.utf8.map(make) }
    #expect(all(".-*#+") { Severity(redisMark: $0) } == [.debug, .info, .notice, .warning, nil])
    #expect(
      all("IWEFDX") { Severity(klogLetter: $0) } == [
        .info, .warning, .error, .critical, .debug, nil,
      ])
    #expect(all("DIWEFA") { Severity(railsLetter: $0) }.last == .some(nil))
    for (word, severity) in [
      ("F", Severity.critical), ("E", .error), ("W", .warning), ("I", .info), ("D", .debug),
      ("D1", .debug), ("D5", .debug),
    ] {
      let bytes = Array(word.utf8)
      #expect(Severity(mongoWord: bytes.span, 0..<bytes.count) == severity)
    }
    for word in ["", "D0", "D6", "E1", "DD1"] {
      let bytes = Array(word.utf8)
      #expect(Severity(mongoWord: bytes.span, 0..<bytes.count) == nil)
    }
  }

  @Test("numbers, which are nil outside their range")
  func numbers() {
    #expect(
      [0, 10, 20, 30, 35, 40, 50, 60, 70, -1].map { Severity(pinoLevel: $0) } == [
        nil, .trace, .debug, .info, .info, .warning, .error, .critical, nil, nil,
      ])
    #expect(
      [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8].map { Severity(syslogSeverity: $0) } == [
        nil, .emergency, .alert, .critical, .error, .warning, .notice, .info, .debug, nil,
      ])
    #expect(
      [165, 191, 0, 192, -8].map { Severity(syslogPriority: $0) } == [
        .notice, .debug, .emergency, nil, nil,
      ])
    #expect(
      [5_000, 10_000, 20_000, 30_000, 40_000, 50_000, 7].map { Severity(levelValue: $0) } == [
        .trace, .debug, .info, .warning, .error, nil, nil,
      ])
    #expect(
      [0, 10, 20, 25, 30, 40, 50].map { Severity(pythonLevel: $0) } == [
        nil, .debug, .info, .info, .warning, .error, .critical,
      ])
    #expect(
      [0, 1, 5, 9, 13, 17, 21, 25].map { Severity(openTelemetryNumber: $0) } == [
        nil, .trace, .debug, .info, .warning, .error, .critical, nil,
      ])
  }
}
