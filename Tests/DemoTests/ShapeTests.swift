import Demo
import Testing

@Suite("The demo's lines look like the real ones")
struct ShapeTests {
  let log = DemoLog.small

  @Test("every nginx access line is combined with the timed fields behind it")
  func access() throws {
    let list = #"(?:-|\d+\.\d{3})(?:, (?:-|\d+\.\d{3}))?"#
    let shape = try Regex(
      #"^\S+ - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] "#
        + #""(?:GET|POST|DELETE) /\S* HTTP/1\.1" \d{3} \d+ "[^"]*" "[^"]*" "#
        + "rt=\\d+\\.\\d{3} uct=\(list) uht=\(list) urt=\(list) "
        + #"us=(?:-|\d{3})(?:, \d{3})? cs=(?:MISS|EXPIRED|HIT|-)$"#)
    try expect(log.texts(.nginxAccess), match: shape, atLeast: 4_000)
  }

  @Test("every nginx error line has level, process, connection and the request")
  func error() throws {
    let shape = try Regex(
      #"^\d{4}/\d\d/\d\d \d\d:\d\d:\d\d \[error\] \d+#\d+: \*\d+ .+, client: [\d.]+, "#
        + #"server: shop\.example\.com, request: "[A-Z]+ /\S* HTTP/1\.1""#
        + #"(?:, upstream: "http://10\.0\.0\.1[12]:8000/[^"]*")?, host: "shop\.example\.com"$"#)
    try expect(log.texts(.nginxError), match: shape, atLeast: 50)
  }

  @Test("every PostgreSQL line has time, process, user and severity, or continues with a TAB")
  func postgres() throws {
    let shape = try Regex(
      #"^(?:\t.+|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} UTC \[\d+\] \S*@\S* "#
        + #"(?:LOG|ERROR|DETAIL|HINT|CONTEXT|STATEMENT):  .+)$"#)
    try expect(log.texts(.postgres), match: shape, atLeast: 3_000)
  }

  @Test("every line of the application that has a time is uvicorn's, behind it")
  func app() throws {
    let timed = try Regex(
      #"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (?:INFO: {5}|ERROR: {4}|WARNING: {2})\S.*$"#)
    let access = try Regex(
      #" INFO: {5}10\.0\.0\.1:\d+ - "[A-Z]+ /\S* HTTP/1\.1" \d{3} [A-Z][A-Za-z ]+ \d+\.\dms$"#)
    let lines = log.texts(.app)
    try expect(lines.filter { $0.hasPrefix("20") }, match: timed, atLeast: 2_000)
    try expect(lines.filter { $0.contains(" HTTP/1.1\" ") }, match: access, atLeast: 2_000)
  }

  @Test("every traceback opens behind its head and ends with its exception")
  func tracebacks() {
    let lines = log.texts(.app)
    let heads = lines.indices.filter { lines[$0].hasSuffix("Exception in ASGI application") }
    #expect(heads.count > 50)
    for head in heads {
      #expect(lines[head + 1] == "Traceback (most recent call last):")
      let body = lines[(head + 1)...].prefix { !$0.hasPrefix("20") }
      #expect(
        body.contains { line in
          ["KeyError: ", "AttributeError: ", "httpx.ReadTimeout: ", "sqlalchemy.exc."].contains {
            line.hasPrefix($0)
          }
        }, "\(body.last ?? "")")
      #expect(body.count <= 64)
      #expect(body.allSatisfy { !$0.contains("{product}") && !$0.contains("{backend}") })
    }
  }

  @Test("the new failure is one chained traceback, one ERROR with its STATEMENT, and 500 twice")
  func newFailure() {
    let app = log.texts(.app)
    let postgres = log.texts(.postgres)
    let statement = postgres.firstIndex {
      $0.hasSuffix(
        #"ERROR:  column "discount_code" of relation "orders" does not exist at character 61"#)
    }
    guard let statement else {
      Issue.record("no request met the missing column")
      return
    }
    let sql = postgres[statement + 1].split(separator: "STATEMENT:  ")[1]
    #expect(sql.utf8.dropFirst(60).starts(with: "discount_code".utf8))
    let cause = app.firstIndex {
      $0 == #"psycopg.errors.UndefinedColumn: column "discount_code" of relation "orders" "#
        + "does not exist"
    }
    #expect(cause != nil)
    let caret = app[(cause ?? 0) + 2]
    let excerpt = app[(cause ?? 0) + 1]
    #expect(excerpt.dropFirst(caret.count - 1).hasPrefix("discount_c"))
    #expect(
      app.contains {
        $0 == "sqlalchemy.exc.ProgrammingError: (psycopg.errors.UndefinedColumn) column "
          + #""discount_code" of relation "orders" does not exist"#
      })
  }

  @Test("a request that met a stopped process lists both servers")
  func restart() {
    let retried = log.texts(.nginxAccess).filter { $0.contains(" us=502, ") }
    #expect(retried.contains { $0.contains(" us=502, 502 ") && $0.contains("\" 502 157 ") })
    #expect(retried.contains { $0.contains(" uct=-, 0.000 ") && $0.contains(" us=502, 20") })
    let refused = log.texts(.nginxError).filter {
      $0.contains("connect() failed (111: Connection refused) while connecting to upstream")
    }
    let tries = retried.reduce(0) { $0 + ($1.contains(" uct=-, - ") ? 2 : 1) }
    #expect(refused.count == tries)
    let notices = log.texts(.app).map { $0.dropFirst(34) }
    for text in ["Shutting down", "Application startup complete.", "Finished server process [812]"]
    {
      #expect(notices.contains { $0 == text })
    }
  }

  private func expect(
    _ lines: [String], match shape: Regex<AnyRegexOutput>, atLeast count: Int
  ) throws {
    #expect(lines.count >= count)
    for line in lines where try shape.firstMatch(in: line) == nil {
      Issue.record("not of the shape: \(line)")
    }
  }
}
