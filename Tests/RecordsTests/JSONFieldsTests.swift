import Bytes
import Records
import Testing

/// A structured record and what was read from it, for tests.
struct ReadRecord {
  let bytes: [UInt8]
  var fields = StructuredFields()
  var isWhole = false

  init(json text: String) {
    bytes = Array(text.utf8)
    var clock = TimestampReader(zone: .utc, reference: november)
    var reader = JSONFieldReader()
    var read = StructuredFields()
    isWhole = reader.read(bytes.span, from: 0, clock: &clock, into: &read)
    fields = read
  }

  init(logfmt text: String) {
    bytes = Array(text.utf8)
    var clock = TimestampReader(zone: .utc, reference: november)
    var reader = LogfmtFieldReader()
    var read = StructuredFields()
    isWhole = reader.read(bytes.span, from: 0, clock: &clock, into: &read)
    fields = read
  }

  func text(_ range: Range<Int>?) -> String? {
    range.map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  var time: String? { fields.time?.rfc3339 }
  var message: String? { text(fields.message) }
  var error: String? { text(fields.error) }
  var stack: String? { text(fields.exceptionStack) }
  var method: String? { text(fields.request.method) }
  var path: String? { text(fields.request.path) }
  var cache: String? { text(fields.request.cache) }
}

@Suite("Fields of JSON records")
struct JSONFieldsTests {
  @Test("slog")
  func slog() {
    let record = ReadRecord(
      json:
        #"{"time":"2022-11-08T15:28:26.000000000-05:00","level":"ERROR","msg":"failed","err":"EOF"}"#
    )
    #expect(record.isWhole)
    #expect(record.time == "2022-11-08T20:28:26Z")
    #expect(record.fields.timeHasZone)
    #expect(record.fields.severity == .error)
    #expect(record.message == "failed")
    #expect(record.error == "EOF")
  }

  @Test("zap: duration is in seconds beside a fractional ts")
  func zap() {
    let record = ReadRecord(
      json: #"{"level":"error","ts":1714000000.123,"caller":"api/x.go:42","msg":"save failed","#
        + #""duration":0.031,"stacktrace":"main.main\n\t/app/main.go:10"}"#)
    #expect(record.isWhole)
    #expect(record.time == "2024-04-24T23:06:40.123Z")
    #expect(record.fields.severity == .error)
    #expect(record.fields.request.duration == 0.031)
    #expect(record.stack == #"main.main\n\t/app/main.go:10"#)
    #expect(record.error == record.stack)
    let first = ReadRecord(json: #"{"duration":0.031,"ts":1714000000.123,"x":"y"}"#)
    #expect(first.fields.request.duration == 0.031)
  }

  @Test("pino: numbers for levels, nested request and response")
  func pino() {
    let record = ReadRecord(
      json: #"{"level":50,"time":1531171074631,"msg":"boom","pid":657,"hostname":"h","req":"#
        + #"{"method":"GET","url":"/x"},"res":{"statusCode":500},"responseTime":13}"#)
    #expect(record.isWhole)
    #expect(record.time == "2018-07-09T21:17:54.631Z")
    #expect(record.fields.severity == .error)
    #expect(record.message == "boom")
    #expect(record.method == "GET")
    #expect(record.path == "/x")
    #expect(record.fields.request.status == 500)
    #expect(record.fields.request.duration == 0.013)
  }

  @Test("structlog and python-json-logger")
  func python() {
    let structlog = ReadRecord(
      json: #"{"order_id": 7, "event": "order_failed", "level": "error", "#
        + #""timestamp": "2026-11-22T15:54:19.177258Z"}"#)
    #expect(structlog.isWhole)
    #expect(structlog.time == "2026-11-22T15:54:19.177258Z")
    #expect(structlog.message == "order_failed")
    #expect(structlog.fields.severity == .error)
    let logger = ReadRecord(
      json: #"{"asctime": "2026-11-22 15:54:19,263", "levelname": "ERROR", "name": "pj", "#
        + #""message": "hi", "status": 500, "duration_ms": 12.5}"#)
    #expect(logger.time == "2026-11-22T15:54:19.263Z")
    #expect(!logger.fields.timeHasZone)
    #expect(logger.fields.severity == .error)
    #expect(logger.fields.request.status == 500)
    #expect(logger.fields.request.duration == 0.0125)
    #expect(logger.text(logger.fields.logger) == "pj")
  }

  @Test("Caddy")
  func caddy() {
    let record = ReadRecord(
      json: #"{"level":"info","ts":1646861401.5241024,"logger":"http.log.access","msg":"handled "#
        + #"request","request":{"remote_ip":"127.0.0.1","method":"GET","host":"localhost","#
        + #""uri":"/"},"bytes_read":0,"user_id":"","duration":0.000929675,"size":10900,"#
        + #""status":200,"resp_headers":{}}"#)
    #expect(record.isWhole)
    #expect(record.time == "2022-03-09T21:30:01.524102400Z")
    #expect(record.fields.marks.contains(.caddyAccess))
    #expect(record.method == "GET")
    #expect(record.path == "/")
    #expect(record.fields.request.status == 200)
    #expect(record.fields.request.duration == 0.000_929_675)
    let whole = ReadRecord(
      json: #"{"duration":2,"ts":1646861401,"logger":"http.log.access.log0"}"#)
    #expect(whole.fields.request.duration == 2)
  }

  @Test("Traefik: Duration is in nanoseconds")
  func traefik() {
    let record = ReadRecord(
      json: #"{"Duration":13000000,"DownstreamStatus":502,"RequestMethod":"GET","#
        + #""RequestPath":"/api","OriginStatus":502,"time":"2026-11-22T15:54:03Z","msg":""}"#)
    #expect(record.fields.marks.contains(.traefik))
    #expect(record.fields.request.duration == 0.013)
    #expect(record.fields.request.status == 502)
    #expect(record.method == "GET")
    #expect(record.path == "/api")
    #expect(record.message == nil)
    #expect(ReadRecord(json: #"{"Duration":13000000,"x":1}"#).fields.request.duration == nil)
  }

  @Test("MongoDB")
  func mongo() {
    let record = ReadRecord(
      json: #"{"t":{"$date":"2021-03-09T07:59:14.642-07:00"},"s":"E",  "c":"STORAGE",  "id":20568,"#
        + #""ctx":"initandlisten","msg":"Error setting up listener","attr":{"error":{"code":9001,"#
        + #""codeName":"SocketException","errmsg":"Address already in use"},"durationMillis":17}}"#)
    #expect(record.isWhole)
    #expect(record.time == "2021-03-09T14:59:14.642Z")
    #expect(record.fields.severity == .error)
    #expect(record.fields.marks == .mongoDB)
    #expect(record.message == "Error setting up listener")
    #expect(record.error == "Address already in use")
    #expect(record.fields.request.duration == 0.017)
  }

  @Test("PostgreSQL: what repeats the user's words is marked")
  func postgres() {
    let text =
      #"{"timestamp":"2026-11-22 16:00:41.147 UTC","pid":1,"error_severity":"ERROR","#
      + #""state_code":"23505","message":"duplicate key","detail":"Key (id)=(7)","statement":"x"}"#
    let record = ReadRecord(json: text)
    #expect(record.time == "2026-11-22T16:00:41.147Z")
    #expect(record.fields.severity == .error)
    #expect(record.fields.marks == .postgres)
    #expect(record.message == "duplicate key")
    let start = record.fields.userTextStart ?? 0
    #expect(record.text(start..<start + 6) == "detail")
    let other = ReadRecord(json: #"{"level":"info","detail":"x"}"#)
    #expect(other.fields.userTextStart == nil)
    #expect(ReadRecord(json: #"{"error_severity":"LOG","x":1}"#).fields.severity == .info)
  }

  @Test("docker")
  func docker() {
    let record = ReadRecord(
      json: #"{"log":"ERROR:    Exception in ASGI application\n","stream":"stderr","#
        + #""time":"2021-02-01T01:40:03.53413Z"}"#)
    #expect(record.isWhole)
    #expect(record.fields.marks == .docker)
    #expect(record.message == #"ERROR:    Exception in ASGI application\n"#)
    #expect(record.text(record.fields.stream) == "stderr")
    #expect(record.time == "2021-02-01T01:40:03.534130Z")
  }

  @Test("journald: priorities, microseconds and messages as byte arrays")
  func journald() {
    let record = ReadRecord(
      json: #"{"__CURSOR":"s=a;i=1","__REALTIME_TIMESTAMP":"1700000000000000","PRIORITY":"3","#
        + #""SYSLOG_IDENTIFIER":"api","_PID":"42","_SYSTEMD_UNIT":"api.service","MESSAGE":"boom"}"#)
    #expect(record.fields.marks == .journald)
    #expect(record.time == "2023-11-14T22:13:20Z")
    #expect(record.fields.severity == .error)
    #expect(record.message == "boom")
    #expect(record.text(record.fields.logger) == "api")
    let array = ReadRecord(json: #"{"__CURSOR":"x","MESSAGE":[104,105, 7]}"#)
    #expect(array.fields.messageIsByteArray)
    var output: [UInt8] = []
    let range = array.fields.message ?? 0..<0
    let isRead = jsonByteArrayContent(array.bytes.span, range, appendTo: &output)
    #expect(isRead && output == [104, 105, 7])
    #expect(ReadRecord(json: #"{"__CURSOR":"x","MESSAGE":null}"#).message == nil)
  }

  @Test("nginx: numbers in quotes, lists, a dash for what is absent")
  func nginx() {
    let record = ReadRecord(
      json: #"{"time":"2026-11-22T15:54:03+00:00","request":"GET /a?b=1 HTTP/1.1","status":"502","#
        + #""request_time":"0.004","upstream_response_time":"0.000, 0.003","#
        + #""upstream_cache_status":"MISS"}"#)
    #expect(record.method == "GET")
    #expect(record.path == "/a?b=1")
    #expect(record.fields.request.status == 502)
    #expect(record.fields.request.duration == 0.004)
    #expect(record.cache == "MISS")
    let hit = ReadRecord(
      json:
        #"{"request_time":"-","upstream_response_time":"0.1, 0.003","cache":"-","status":"000"}"#)
    #expect(hit.fields.request.duration == 0.003)
    #expect(hit.cache == nil)
    #expect(hit.fields.request.status == nil)
  }

  @Test("ECS, Google Cloud, logback, Serilog, GELF")
  func others() {
    let ecs = ReadRecord(
      json: #"{"@timestamp":"2026-11-22T15:54:03Z","log.level":"WARN","message":"m","event":{"#
        + #""duration":5000000},"http":{"request":{"method":"PUT"},"response":{"status_code":"#
        + #"404}},"url":{"path":"/p"},"error":{"message":"e","stack_trace":"t"}}"#)
    #expect(ecs.isWhole)
    #expect(ecs.fields.severity == .warning)
    #expect(ecs.fields.request.duration == 0.005)
    #expect(ecs.method == "PUT")
    #expect(ecs.path == "/p")
    #expect(ecs.fields.request.status == 404)
    #expect(ecs.error == "e")
    #expect(ecs.stack == "t")
    let google = ReadRecord(
      json: #"{"severity":"EMERGENCY","textPayload":"x","httpRequest":{"requestMethod":"GET","#
        + #""requestUrl":"https://e/x","status":503,"latency":"0.25s"}}"#)
    #expect(google.fields.severity == .emergency)
    #expect(google.message == "x")
    #expect(google.path == "https://e/x")
    #expect(google.fields.request.duration == 0.25)
    #expect(ReadRecord(json: #"{"severity":"DEFAULT","x":1}"#).fields.severity == nil)
    #expect(ReadRecord(json: #"{"level_value":40000,"x":1}"#).fields.severity == .error)
    #expect(ReadRecord(json: #"{"level":3,"short_message":"x"}"#).fields.severity == .error)
    let serilog = ReadRecord(json: #"{"@t":"2026-11-22T15:54:03Z","@mt":"m {x}","@l":"Fatal"}"#)
    #expect(serilog.fields.severity == .critical)
    #expect(serilog.message == "m {x}")
  }

  @Test("cache and database fields")
  func cacheAndDatabase() {
    let record = ReadRecord(
      json: #"{"cache":"HIT","db_calls":4,"db_ms":1.5,"method":"GET","path":"\/a","status":200}"#)
    #expect(record.cache == "HIT")
    #expect(record.fields.request.databaseCalls == 4)
    #expect(record.fields.request.databaseDuration == 0.0015)
    #expect(record.path == #"\/a"#)
    #expect(ReadRecord(json: #"{"db":{"query_count":"3"}}"#).fields.request.databaseCalls == 3)
  }

  @Test(
    "a duration without a known unit is not guessed",
    arguments: [
      (#"{"duration":12}"#, nil), (#"{"latency":0.2}"#, nil), (#"{"took":"12"}"#, nil),
      (#"{"duration":12,"ts":"2026-11-22T15:54:03.5Z"}"#, nil), (#"{"response_time":3}"#, nil),
      (#"{"duration":12,"ts":1714000000}"#, nil), (#"{"duration":"12ms"}"#, 0.012),
      (#"{"latency":"1.5s"}"#, 1.5), (#"{"took":"212µs"}"#, 0.000212),
      (#"{"elapsed_ms":7}"#, 0.007), (#"{"request_duration_seconds":0.5}"#, 0.5),
      (#"{"latency_us":40}"#, 0.00004), (#"{"time_taken_ns":"5"}"#, 5e-9),
      (#"{"items_ms":7}"#, nil),
      (#"{"duration_ms":-1}"#, nil), (#"{"duration_ms":"-"}"#, nil),
      (#"{"duration_ms":null}"#, nil),
      (#"{"duration_ms":1e400}"#, nil), (#"{"duration_ms":true}"#, nil),
    ] as [(String, Double?)])
  func ambiguousDurations(text: String, expected: Double?) {
    #expect(ReadRecord(json: text).fields.request.duration == expected)
  }

  @Test("the order of the fields does not change the answer")
  func anyOrder() {
    let members = [
      #""time":"2026-11-22T15:54:03Z""#, #""timestamp":"2020-01-01T00:00:00Z""#, #""ts":17.5"#,
      #""level":"warn""#, #""severity":"ERROR""#, #""msg":"a""#, #""message":"b""#, #""event":"c""#,
      #""err":{"message":"e","stack":"s"}"#, #""error":"f""#, #""exception":"x""#,
      #""status":404"#, #""statusCode":500"#, #""duration":3"#, #""duration_ms":4"#,
      #""Duration":5"#, #""DownstreamStatus":200"#, #""path":"/p""#, #""url":"/u""#,
      #""req":{"method":"GET","url":"/r"}"#, #""method":"POST""#, #""cache":"HIT""#,
      #""x-cache":"MISS""#, #""detail":"d""#, #""error_severity":"FATAL""#,
    ]
    var random = SeededNumbers(seed: 5)
    let expected = ReadRecord(json: "{\(members.joined(separator: ","))}")
    #expect(expected.error == "f")
    #expect(expected.fields.request.duration == 0.004)
    for _ in 0..<500 {
      let record = ReadRecord(json: "{\(members.shuffled(using: &random).joined(separator: ","))}")
      #expect(record.isWhole)
      #expect(record.fields.time == expected.fields.time)
      #expect(record.fields.severity == expected.fields.severity)
      #expect(record.fields.marks == expected.fields.marks)
      #expect(record.fields.request.status == expected.fields.request.status)
      #expect(record.fields.request.duration == expected.fields.request.duration)
      for text in [\ReadRecord.message, \.error, \.stack, \.method, \.path, \.cache] {
        #expect(record[keyPath: text] == expected[keyPath: text])
      }
    }
  }

  @Test("values that make no sense leave the place to the next name")
  func nonsense() {
    let record = ReadRecord(
      json: #"{"time":"yesterday","ts":12,"date":"2026-11-22T15:54:03Z","level":"orders","#
        + #""severity":"WARN","status":"ok","statusCode":201,"msg":"","message":"m","err":null,"#
        + #""error":false,"exception":"","method":"charge","path":"C:\\x","uri":"/u"}"#)
    #expect(record.time == "2026-11-22T15:54:03Z")
    #expect(record.fields.severity == .warning)
    #expect(record.fields.request.status == 201)
    #expect(record.message == "m")
    #expect(record.error == nil)
    #expect(record.method == nil)
    #expect(record.path == "/u")
  }

  @Test("of one name that occurs twice, the last is taken")
  func twice() {
    let record = ReadRecord(json: #"{"msg":"a","status":200,"msg":"b","status":500}"#)
    #expect(record.message == "b")
    #expect(record.fields.request.status == 500)
  }

  @Test("reading again starts from nothing")
  func again() {
    var clock = TimestampReader(zone: .utc, reference: november)
    var reader = JSONFieldReader()
    var fields = StructuredFields()
    let first = Array(#"{"msg":"a"}"#.utf8)
    let second = Array("xx {} ".utf8)
    let isFirst = reader.read(first.span, from: 0, clock: &clock, into: &fields)
    #expect(isFirst && fields.message != nil)
    let isSecond = reader.read(second.span, from: 3, clock: &clock, into: &fields)
    #expect(isSecond && fields.message == nil)
  }
}
