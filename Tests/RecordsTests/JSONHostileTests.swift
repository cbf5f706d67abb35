import Bytes
import Records
import Testing

@Suite("Hostile JSON")
struct JSONHostileTests {
  @Test(
    "malformed objects are refused and what was understood is kept",
    arguments: [
      #"{"msg":"a""#, #"{"msg":"a","#, #"{"msg":"a","x"#, #"{"msg":"a","x":"#,
      #"{"msg":"a","x":"y"#,
      #"{"msg":"a"}}"#, #"{"msg":"a"} x"#, #"{"msg":"a",}"#, #"{"msg":"a" "x":1}"#,
      #"{"msg":"a","x":tru}"#, #"{"msg":"a","x":[1}"#, #"{"msg":"a","x":{"y":1]}"#,
      #"{"msg":"a","x":01.}"#, #"{"msg":"a","x":-}"#, #"{"msg":"a","x":1e}"#, #"{"msg":"a",,}"#,
      #"{"msg":"a","x"}"#, #"{"msg":"a",1:2}"#, #"{"msg":"a","req":{"method":"GET""#,
      #"{"msg":"a","x":"\"#, #"{"msg":"a","x":"\u12"#, #"{"msg":"a","x":0x1}"#,
    ])
  func malformed(text: String) {
    let record = ReadRecord(json: text)
    #expect(!record.isWhole)
    #expect(record.message == "a")
  }

  @Test(
    "what is no object is refused", arguments: ["", " ", "[]", "1", "\"a\"", "}", "null", "\u{0}"])
  func noObject(text: String) {
    let record = ReadRecord(json: text)
    #expect(!record.isWhole)
    #expect(record.fields.time == nil && record.fields.message == nil)
  }

  @Test(
    "well-formed oddities are read",
    arguments: [
      #"{}"#, #" { } "#, #"{"":""}"#, #"{"msg":"a","x":[[],{},[{"y":[]}]]}"#,
      #"{"msg" : "a" , "x" : -1.5E+10}"#, #"{"x":NaN,"y":-Infinity}"#, "{\"x\":\"tab\there\"}",
      #"{"req":{"req":{"req":{}}},"err":{"err":{}}}"#, #"{"x":"\ud800"}"#, #"{"x":"\q"}"#,
      #"{"\u006dsg":"a"}"#, "{\"msg\":\"\u{1F600}\"}",
    ])
  func odd(text: String) {
    #expect(ReadRecord(json: text).isWhole)
  }

  @Test("nesting of ten thousand levels is refused", arguments: ["[", "{\"a\":", "{\"err\":"])
  func deep(opening: String) {
    let text = "{\"msg\":\"a\",\"x\":" + String(repeating: opening, count: 10_000)
    let record = ReadRecord(json: text)
    #expect(!record.isWhole)
    #expect(record.message == "a")
    #expect(FieldPath("x.y").find(in: record.bytes.span) == nil)
    let known = ReadRecord(json: String(repeating: "{\"err\":", count: 10_000))
    #expect(!known.isWhole)
    #expect(FieldPath("err.err.err.x").find(in: known.bytes.span) == nil)
  }

  @Test("sixty-four levels are read")
  func allowedDepth() {
    let text = "{\"x\":" + String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(ReadRecord(json: text + "}").isWhole)
    #expect(!ReadRecord(json: "{\"x\":[" + text.dropFirst(5) + "]}").isWhole)
  }

  @Test("huge numbers and names do no harm")
  func huge() {
    let digits = String(repeating: "9", count: 100_000)
    let name = String(repeating: "n", count: 100_000)
    for value in [digits, "-\(digits)", "0.\(digits)", "1e\(digits)", "\"\(digits)\""] {
      let record = ReadRecord(
        json: #"{"time":\#(value),"status":\#(value),"level":\#(value),"duration_ms":\#(value),"#
          + #""db_calls":\#(value),"\#(name)":1,"err":{"\#(name)":1},"ts":\#(value),"msg":"a"}"#)
      #expect(record.isWhole)
      #expect(record.fields.request.status == nil)
      #expect(record.fields.severity == nil || value.hasPrefix("0."))
      #expect(record.message == "a")
    }
  }

  @Test("lines that were altered at random are read or refused, never fatal", arguments: 1...6)
  func fuzz(seed: Int) {
    let seeds = Self.lines.map { Array($0.utf8) }
    var random = SeededNumbers(seed: UInt64(seed))
    var clock = TimestampReader(zone: berlin, reference: november)
    var forgetful = TimestampReader(zone: berlin, reference: november)
    forgetful.remembersStamps = false
    var json = JSONFieldReader()
    var logfmt = LogfmtFieldReader()
    let path = FieldPath("req.method")
    var output: [UInt8] = []
    var whole = 0
    for round in 0..<4_000 {
      let line = mutated(seeds, &random)
      var fields = StructuredFields()
      var other = StructuredFields()
      let isObject = json.read(line.span, from: 0, clock: &clock, into: &fields)
      let isOther = json.read(line.span, from: 0, clock: &forgetful, into: &other)
      #expect(isObject == isOther)
      #expect(fields.time == other.time)
      check(fields, line)
      whole += isObject || round == 0 ? 1 : 0
      _ = logfmt.read(line.span, from: 0, clock: &clock, into: &fields)
      check(fields, line)
      if let value = path.find(in: line.span) {
        #expect(value.range.upperBound <= line.count)
        let isEqual = value.equals(Array(line[value.range]), in: line.span)
        #expect(isEqual || line.contains(0x5C))
      }
      output.removeAll(keepingCapacity: true)
      jsonStringContent(line.span, 0..<line.count, appendUnescapedTo: &output)
      #expect(output.count <= line.count)
      for start in 0..<min(line.count, 40) {
        var cursor = ByteCursor(start)
        let time = clock.read(line.span, at: &cursor)
        #expect((time == nil) == (cursor.position == start))
        #expect(cursor.position <= line.count)
        var number = ByteCursor(start)
        _ = clock.readEpoch(line.span, at: &number)
        _ = DurationText.seconds(in: line.span, start..<line.count, unit: .milliseconds)
        _ = Severity(word: line.span, start..<min(line.count, start + 1 + round % 24))
      }
    }
    #expect(whole > 10)
  }

  static let lines = [
    #"{"level":50,"time":1531171074631,"msg":"bo\u00e9m","req":{"method":"GET","url":"/x"},"#
      + #""res":{"statusCode":500},"responseTime":13,"err":{"message":"e","stack":"a\n b"}}"#,
    #"{"t":{"$date":"2021-03-09T07:59:14.642-07:00"},"s":"E","attr":{"error":{"errmsg":"x"}}}"#,
    #"{"log":"2026-11-22 15:54:19,263 - app.db - ERROR\n","stream":"stderr","time":"2021-02-01T01:40:03.53413Z"}"#,
    #"{"__REALTIME_TIMESTAMP":"1700000000000000","PRIORITY":"3","MESSAGE":[104,105]}"#,
    #"time="2015-03-26T01:27:38-04:00" level=warning msg="The \"group\"" number=122 took=1.5s"#,
    "127.0.0.1 - - [22/Nov/2026:15:56:14 +0000] rt=0.000 urt=0.000, 0.000 : 1 us=502, 502 cs=-",
    "Tue Apr 04 06:28:08.605341 2017 Jun 14 15:16:01 22 Nov 2026 15:56:18.164 17/06/09 20:10:40",
    "Nov 22, 2026 4:09:43 PM 19-Aug-2017 01:02:21 UTC 11-Jun-2024 10:00:00 Europe/Berlin 3m4.5s",
  ]

  private func mutated(_ seeds: [[UInt8]], _ random: inout SeededNumbers) -> [UInt8] {
    func pick(_ count: Int) -> Int { Int(random.next() % UInt64(max(count, 1))) }
    var line = seeds[pick(seeds.count)]
    let signs = Array("{}[]\":,\\ 0919-+.eTZ=\u{e9}".utf8)
    for _ in 0..<pick(5) where !line.isEmpty {
      let at = pick(line.count)
      switch pick(5) {
      case 0: line[at] = UInt8(truncatingIfNeeded: random.next())
      case 1: line[at] = signs[pick(signs.count)]
      case 2: line.remove(at: at)
      case 3: line.insert(signs[pick(signs.count)], at: at)
      default: line.removeSubrange(at..<min(line.count, at + pick(30)))
      }
    }
    return line
  }

  private func check(_ fields: StructuredFields, _ line: [UInt8]) {
    let request = fields.request
    for range in [
      fields.message, fields.error, fields.exceptionStack, fields.logger, fields.stream,
      request.method, request.path, request.cache,
    ] {
      #expect((range?.upperBound ?? 0) <= line.count)
    }
    #expect((100...599).contains(request.status ?? 200))
    #expect((request.duration ?? 0) >= 0 && (request.databaseCalls ?? 0) >= 0)
  }
}
