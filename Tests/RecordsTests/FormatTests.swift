import Foundation
import Records
import Testing

/// One line of `formats.tsv`, its expectations worked out by hand.
struct FormatExample: Sendable, CustomTestStringConvertible {
  var columns: [String]
  var line: String

  var testDescription: String { "\(columns[0]): \(line.prefix(60))" }

  static let all: [FormatExample] = Fixture.lines("formats.tsv").dropFirst().map { row in
    let fields = row.split(separator: "\t", maxSplits: 8, omittingEmptySubsequences: false)
    return FormatExample(columns: fields.prefix(8).map(String.init), line: String(fields[8]))
  }
}

/// A record and its text, out of the assembler's hands.
struct KeptRecord: Equatable {
  var record: Record
  var text: String

  var columns: [String] {
    [
      record.format.rawValue, record.time?.rfc3339 ?? "-", record.severity?.name ?? "-",
      record.request.status.map(String.init) ?? "-", part(record.request.method),
      part(record.request.path), Self.number(record.request.duration), part(record.request.cache),
    ]
  }

  func part(_ range: Range<Int>?) -> String {
    range.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) } ?? "-"
  }

  static func number(_ value: Double?) -> String {
    guard let value else { return "-" }
    return value == value.rounded() ? String(Int(value)) : String((value * 1e12).rounded() / 1e12)
  }

  static func == (left: KeptRecord, right: KeptRecord) -> Bool {
    left.text == right.text && String(describing: left.record) == String(describing: right.record)
  }
}

enum Parsing {
  static let reference = Timestamp(seconds: 1_795_366_800)

  /// 2026-11-22T17:00:00Z, checked by a test.
  static func parser() -> LineParser { LineParser(zone: .utc, reference: reference) }

  static func parse(_ line: String, with parser: inout LineParser) -> KeptRecord {
    var record = Record()
    var buffer: [UInt8] = []
    let bytes = Array(line.utf8)
    let parsed = parser.parse(bytes.span, into: &record, unwrapped: &buffer)
    let text = parsed.layers.isCopied ? buffer : bytes
    return KeptRecord(
      record: record, text: String(decoding: text[parsed.layers.text], as: UTF8.self))
  }

  static func parse(_ line: String) -> KeptRecord {
    var parser = parser()
    return parse(line, with: &parser)
  }

  /// All records of the lines.
  static func records(_ lines: [String], arrival: Timestamp? = nil) -> [KeptRecord] {
    var kept: [KeptRecord] = []
    _ = assemble(lines, arrival: arrival) { kept.append($0) }
    return kept
  }

  /// Returns the number of lines without a time.
  static func assemble(
    _ lines: [String], arrival: Timestamp? = nil, _ body: (KeptRecord) -> Void
  ) -> Int {
    var assembler = RecordAssembler(zone: .utc, reference: reference)
    var offset: Int64 = 0
    for (index, line) in lines.enumerated() {
      let bytes = Array(line.utf8)
      assembler.line(bytes.span, number: index + 1, offset: offset, arrival: arrival) {
        body(keep($0, $1))
      }
      offset += Int64(bytes.count + 1)
    }
    assembler.finish { body(keep($0, $1)) }
    return assembler.unparsedLines
  }

  static func keep(_ text: Span<UInt8>, _ record: borrowing Record) -> KeptRecord {
    var bytes: [UInt8] = []
    for index in text.indices { bytes.append(text[index]) }
    return KeptRecord(record: copy record, text: String(decoding: bytes, as: UTF8.self))
  }
}

@Suite("Formats")
struct FormatTests {
  @Test("the reference of the tables is 22 November 2026, 17:00 UTC")
  func reference() {
    #expect(Parsing.reference.rfc3339 == "2026-11-22T17:00:00Z")
  }

  @Test("the table holds every example of the format list")
  func tableIsWhole() {
    #expect(FormatExample.all.count == 73)
  }

  @Test("an example line gives the expected fields", arguments: FormatExample.all)
  func example(_ example: FormatExample) {
    #expect(Parsing.parse(example.line).columns == example.columns)
  }

  @Test("what a line means does not depend on the lines before it")
  func orderIsFree() {
    var random = SplitMix(seed: 7)
    for _ in 0..<20 {
      var parser = Parsing.parser()
      for example in FormatExample.all.shuffled(using: &random) {
        #expect(Parsing.parse(example.line, with: &parser).columns == example.columns)
      }
    }
  }

  @Test(
    "a line of another known form gives the expected fields",
    arguments: [
      (
        #"2026-11-22 10:00:00.123 INFO:     10.0.0.1:4711 - "GET /x?a=1 HTTP/1.1" 200 OK"#,
        "uvicorn-access-timed 2026-11-22T10:00:00.123Z info 200 GET /x?a=1 - -"
      ),
      (
        #"2026-11-22 10:00:00.123 INFO:     10.0.0.1:4711 - "GET /x HTTP/1.1" 404 Not Found 12.3ms"#,
        "uvicorn-access-timed 2026-11-22T10:00:00.123Z info 404 GET /x 0.0123 -"
      ),
      (
        "2026-11-22 10:00:00.123 ERROR:    Exception in ASGI application",
        "uvicorn-default-timed 2026-11-22T10:00:00.123Z error - - - - -"
      ),
      (
        "2026-11-22 10:00:00 WARNING pool is almost full",
        "python-plain-time 2026-11-22T10:00:00Z warning - - - - -"
      ),
      (
        "2026-11-22 10:00:00.250 INFO started",
        "python-plain-time 2026-11-22T10:00:00.250Z info - - - - -"
      ),
      (
        "2026-11-22 10:00:00 could not error",
        "generic 2026-11-22T10:00:00Z - - - - - -"
      ),
      (
        "2026-11-22T10:00:00.5+01:00 web: ERROR is a word here",
        "generic 2026-11-22T09:00:00.500Z - - - - - -"
      ),
      (
        #"203.0.113.9 - - [22/Nov/2026:14:03:00 +0100] "GET /o/4 HTTP/1.1" 200 5 "-" "a \"b\" c" rt=0.012 urt=0.003, 0.008 ucs=HIT"#,
        "nginx-timed 2026-11-22T13:03:00Z - 200 GET /o/4 0.012 HIT"
      ),
      (
        #"203.0.113.9 - - [22/Nov/2026:14:03:00 +0000] "GET / HTTP/1.1" 200 5 "-" "curl" upstream_response_time=0.100, 0.250 : 0.004 upstream_cache_status=-"#,
        "nginx-timed 2026-11-22T14:03:00Z - 200 GET / 0.004 -"
      ),
      (
        #"203.0.113.9 - - [22/Nov/2026:14:03:00 +0000] "\x16\x03\x01" 400 157 "-" "-""#,
        "combined 2026-11-22T14:03:00Z - 400 - - - -"
      ),
      (
        #"shop.example:443 203.0.113.9 - john doe [22/Nov/2026:14:03:00 +0000] "-" 408 -"#,
        "common 2026-11-22T14:03:00Z - 408 - - - -"
      ),
      (
        #"10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/<NOSRV> -1/-1/-1/-1/+30 -1 0 - - PR-- 1/1/1/1/0 0/0 "<BADREQ>""#,
        "haproxy-http 2009-02-06T12:14:14.655Z - - - - 0.03 -"
      ),
      (
        #"[2016-04-15T20:17:00.310Z] "GET /x HTTP/1.1" 0 DC via_upstream - "-" 0 0 1500 - "-" "curl" "id" "host" "-""#,
        "envoy-default 2016-04-15T20:17:00.310Z - - GET /x 1.5 -"
      ),
      (
        #"https 2016-08-10T22:08:42.945958Z app/lb/50 192.168.131.39:2817 - -1 -1 -1 503 - 34 366 "GET https://x.example:443/a?b HTTP/1.1" "curl" - -"#,
        "aws-alb 2016-08-10T22:08:42.945958Z - 503 GET /a?b - -"
      ),
      (
        "GET /slow - - ms - -", "unknown - - - - - - -"
      ),
      (
        "GET /slow 200 - ms - -", "morgan - - 200 GET /slow - -"
      ),
      (
        "2026-11-22 10:00:00.123 UTC [812] app@shop ERROR:  deadlock detected",
        "postgres-stderr 2026-11-22T10:00:00.123Z error - - - - -"
      ),
      (
        "2026-11-22 10:00:00 UTC:10.0.0.1(5432):user@db:[123]:FATAL:  role does not exist",
        "postgres-stderr 2026-11-22T10:00:00Z critical - - - - -"
      ),
      (
        "[Sun Nov 22 15:56:14 2026] Out of memory: Killed process 2343",
        "kernel-dmesg 2026-11-22T15:56:14Z - - - - - -"
      ),
      ("[ERROR] build failed", "generic - error - - - - -"),
      ("an error occurred", "unknown - - - - - - -"),
      (
        #"app replied "GET /x HTTP/1.1" 503 at last"#, "generic-access - - 503 GET /x - -"
      ),
      (
        #"{"ts":"2026-11-22T10:00:00.123Z","level":"error","msg":"a \"b\"","status":502,"duration_ms":12.5}"#,
        "json-generic 2026-11-22T10:00:00.123Z error 502 - - 0.0125 -"
      ),
    ])
  func otherForms(_ line: String, _ expected: String) {
    #expect(Parsing.parse(line).columns.joined(separator: " ") == expected)
  }

  @Test(
    "the message leaves out time, level and logger",
    arguments: [
      ("ERROR:    Exception in ASGI application", "Exception in ASGI application"),
      ("ERROR:app.db:connection lost", "connection lost"),
      ("2026-11-22 15:54:19,263 - app.db - ERROR - connection lost", "connection lost"),
      ("2026-11-22 15:54:19,263 ERROR [app.db] connection lost", "connection lost"),
      ("2026-11-22 15:54:19,263 ERROR app.db: connection lost", "connection lost"),
      ("[2026-11-22 15:54:05 +0000] [29843] [CRITICAL] WORKER TIMEOUT", "WORKER TIMEOUT"),
      (
        #"2026/11/22 15:56:14 [error] 1#1: *1 connect() failed, client: 1.2.3.4, server: "#,
        "connect() failed"
      ),
      ("2026-11-22 16:00:07.377 UTC [4629] ERROR:  no such column", "no such column"),
      ("2024/01/29 16:04:41 main.go:42: broken", "broken"),
      ("1952:M 22 Nov 2026 15:56:18.164 * Ready", "Ready"),
      ("E0517 15:04:22.619632 19 x.cc:253] Log every 3", "Log every 3"),
      ("2020-08-06T14:25:02.835618Z 0 [Note] [MY-012487] [InnoDB] DDL log", "DDL log"),
      ("2025-04-24T19:51:47.625Z\tinfo\tsync.go:87\tstarting sync\t{\"a\":1}", "starting sync"),
      (
        "2024-02-25T10:32:55.049+05:30 ERROR 12 --- [quiz] [nio-1] o.a.c.[.[/]    : Servlet threw",
        "Servlet threw"
      ),
    ])
  func message(_ line: String, _ expected: String) {
    let kept = Parsing.parse(line)
    #expect(kept.part(kept.record.message) == expected)
  }

  @Test("Rails and PostgreSQL state the time in the database")
  func databaseTime() {
    let rails = Parsing.parse(
      "I, [2024-06-26T17:00:04.497736 #12]  INFO -- : [4e] Completed 500 Internal Server Error in "
        + "180ms (Views: 0.4ms | ActiveRecord: 143.3ms (12 queries, 3 cached) | Allocations: 10)")
    #expect(rails.record.request.status == 500)
    #expect(rails.record.request.duration == 0.18)
    #expect(rails.record.request.databaseDuration == 0.1433)
    #expect(rails.record.request.databaseCalls == 12)
    let postgres = Parsing.parse(
      "2026-11-22 16:00:09.546 UTC [4672] LOG:  duration: 602.054 ms  statement: select 1")
    #expect(postgres.record.request.databaseDuration == 0.602054)
    #expect(postgres.record.request.duration == nil)
  }

  @Test("a table with a header names its columns")
  func table() {
    let kept = Parsing.records([
      "#Version: 1.0",
      "#Fields: date time x-edge-location sc-bytes cs-method cs-uri-stem sc-status time-taken "
        + "x-edge-result-type",
      "2026-11-22\t10:00:01\tFRA2\t100\tGET\t/a%20b\t502\t0.250\tError",
      "2026-11-22\t10:00:02\tFRA2\t100\tGET\t/c\t200\t0.001\tHit",
    ])
    #expect(
      kept.map { $0.columns.joined(separator: " ") } == [
        "w3c 2026-11-22T10:00:01Z - 502 GET /a%20b 0.25 Error",
        "w3c 2026-11-22T10:00:02Z - 200 GET /c 0.001 Hit",
      ])
    let iis = Parsing.records([
      "#Software: Microsoft Internet Information Services 10.0",
      "#Fields: date time cs-method cs-uri-stem sc-status time-taken",
      "2026-11-22 10:00:01 GET /a 200 1500",
    ])
    #expect(
      iis.map { $0.columns.joined(separator: " ") } == [
        "w3c 2026-11-22T10:00:01Z - 200 GET /a 1.5 -"
      ])
  }
}

/// A small generator with a seed, so that failures can be repeated.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
