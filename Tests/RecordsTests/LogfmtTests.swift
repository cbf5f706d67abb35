import Bytes
import Records
import Testing

@Suite("Fields of logfmt records")
struct LogfmtTests {
  @Test("logrus")
  func logrus() {
    let record = ReadRecord(
      logfmt: #"time="2015-03-26T01:27:38-04:00" level=warning "#
        + #"msg="The group's number increased tremendously!" number=122 omg=true"#)
    #expect(record.isWhole)
    #expect(record.time == "2015-03-26T05:27:38Z")
    #expect(record.fields.severity == .warning)
    #expect(record.message == "The group's number increased tremendously!")
  }

  @Test("slog")
  func slog() {
    let record = ReadRecord(
      logfmt: #"time=2022-11-08T15:28:26.000-05:00 level=ERROR msg=failed "#
        + #"err="dial tcp 10.0.0.1:5432: connect: connection refused""#)
    #expect(record.isWhole)
    #expect(record.time == "2022-11-08T20:28:26Z")
    #expect(record.fields.severity == .error)
    #expect(record.message == "failed")
    #expect(record.error == "dial tcp 10.0.0.1:5432: connect: connection refused")
  }

  @Test("a request with Go durations")
  func request() {
    let record = ReadRecord(
      logfmt: "ts=2026-11-22T15:54:03.123Z lvl=info method=GET path=/a?b=1 status=200 "
        + "duration=212µs cache=HIT db_calls=3 db_ms=1.5 err=<nil>")
    #expect(record.isWhole)
    #expect(record.method == "GET")
    #expect(record.path == "/a?b=1")
    #expect(record.fields.request.status == 200)
    #expect(record.fields.request.duration == 0.000_212)
    #expect(record.cache == "HIT")
    #expect(record.fields.request.databaseCalls == 3)
    #expect(record.fields.request.databaseDuration == 0.0015)
    #expect(record.error == nil)
  }

  @Test("the tail of a timed nginx line, lists included")
  func nginxTail() {
    let record = ReadRecord(
      logfmt: "rt=0.004 uct=-, - uht=-, - urt=0.000, 0.003 us=502, 502 cs=MISS")
    #expect(record.isWhole)
    #expect(record.fields.request.duration == 0.004)
    #expect(record.cache == "MISS")
    let redirected = ReadRecord(logfmt: "rt=- urt=0.001 : 0.002 cs=-")
    #expect(redirected.isWhole)
    #expect(redirected.fields.request.duration == 0.002)
    #expect(redirected.cache == nil)
  }

  @Test(
    "text that is not made of pairs only is refused",
    arguments: [
      "", "level=info", "level=info done", "hello level=info msg=x", "level=info msg=\"cut",
      "level=info msg=a\"b", "=x a=b c=d", "level=info msg=\"a\"b", "1a=b c=d", "a==b \"c\"=d",
    ])
  func refused(text: String) {
    #expect(!ReadRecord(logfmt: text).isWhole)
  }

  @Test(
    "pairs in all their shapes",
    arguments: [
      "a= b=", "a=\"\" b=c", "a==b c=d", "@t=x log.level=info", "  a=b\tc=d  ", "a=\"x\\\"y\" b=1",
    ])
  func whole(text: String) {
    #expect(ReadRecord(logfmt: text).isWhole)
  }

  @Test("a field is found by its name, behind other text too")
  func find() throws {
    let bytes = Array(#"2026-11-22 INFO saved order logger=app.db level="warn" level=error"#.utf8)
    let found = FieldPath("level").find(in: bytes.span)
    let value = try #require(found)
    #expect(value.kind == .string)
    #expect(value.equals("warn", in: bytes))
    let logger = FieldPath("logger").find(in: bytes.span)
    #expect(try #require(logger).equals("app.db", in: bytes))
    #expect(FieldPath("app").find(in: bytes.span) == nil)
  }
}
