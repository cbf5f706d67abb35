import Records
import Testing

@Suite("Access lines that are a logger's message")
struct MessageAccessTests {
  private func request(_ line: String) -> (path: String, status: Int)? {
    let bytes = Array(line.utf8)
    var found: (path: String, status: Int)?
    var assembler = RecordAssembler(zone: .utc, reference: Timestamp(seconds: 1_795_359_600))
    assembler.line(bytes.span, number: 1, offset: 0, arrival: nil) { _, _ in }
    assembler.finish { text, record in
      guard record.isRequest, let path = record.request.path, let status = record.request.status
      else { return }
      var name: [UInt8] = []
      for index in path { name.append(text[index]) }
      found = (String(decoding: name, as: UTF8.self), status)
    }
    return found
  }

  @Test(
    "uvicorn's, gunicorn's and werkzeug's line behind time, level and logger is a request",
    arguments: [
      #"2026-11-22 09:00:00,025 INFO uvicorn.access 10.0.0.188:5327 - "GET /search?q=1 HTTP/1.1" 200"#,
      #"2026-11-22 09:00:00,025 INFO uvicorn.access: 10.0.0.188:5327 - "GET /search?q=1 HTTP/1.1" 200 OK"#,
      #"2026-11-22 09:00:00,025 - uvicorn.access - INFO - 10.0.0.188:5327 - "GET /search?q=1 HTTP/1.1" 200"#,
      #"2026-11-22 09:00:00,025 [INFO] uvicorn.access: 10.0.0.188:5327 - "GET /search?q=1 HTTP/1.1" 200"#,
      #"2026-11-22 09:00:00,025 INFO [werkzeug] 10.0.0.188 - - [22/Nov/2026 09:00:00] "GET /search?q=1 HTTP/1.1" 200 -"#,
      #"INFO:werkzeug:10.0.0.188 - - [22/Nov/2026 09:00:00] "GET /search?q=1 HTTP/1.1" 200 -"#,
    ])
  func isRequest(line: String) throws {
    let found = try #require(request(line))
    #expect(found.path == "/search?q=1")
    #expect(found.status == 200)
  }

  @Test(
    "a message that quotes a request, or an error, is none",
    arguments: [
      #"2026-11-22 09:00:00,025 INFO app.proxy forwarding "GET /search HTTP/1.1" 200 times"#,
      #"2026-11-22 09:00:00,025 ERROR app.proxy 10.0.0.188:5327 - "GET /search HTTP/1.1" 502"#,
      #"2026-11-22 09:00:00,025 INFO app.search 10.0.0.188:5327 - "GET me a table" 200"#,
    ])
  func isNoRequest(line: String) { #expect(request(line) == nil) }
}
