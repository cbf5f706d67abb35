import Records
import Rules
import Testing

@Suite("What the rules see in a record")
struct RuleMatcherTests {
  @Test("rules that match are listed in their order, late ones at their place")
  func order() throws {
    let rules = try rules(
      """
      rules:
        - { id: errors, record: error }
        - { id: b, match: boom, severity: error }
        - { id: c, match: nothing }
        - { id: d, match: bo+m }
      """)
    #expect(rules.matches("boom") == ["errors", "b", "d"])
    #expect(rules.matches("booom") == ["d"])
    #expect(rules.matches("booom", record("booom", severity: .error)) == ["errors", "d"])
  }

  @Test(
    "an error record states it, or states nothing and an error rule matched",
    arguments: [
      ("boom", Severity?.none, true), ("quiet", nil, false), ("boom", .info, false),
      ("quiet", .error, true), ("quiet", .emergency, true), ("quiet", .warning, false),
    ])
  func errors(text: String, severity: Severity?, expected: Bool) throws {
    let rules = try rules("rules: [{ id: a, match: boom, class: crash }]")
    #expect(rules.observation(of: text, record(text, severity: severity)).isError == expected)
  }

  @Test("record asks for a kind of record, a format, or one of several")
  func gates() throws {
    let rules = try rules(
      """
      rules:
        - { id: request, record: request }
        - { id: trace, record: [python-traceback, java-trace] }
        - { id: nginx, record: nginx-error, match: refused }
        - { id: both, record: [request, nginx-error] }
        - { id: any, record: any, match: x }
      """)
    #expect(rules.matches("GET /x", request("GET /x")) == ["request", "both", "any"])
    #expect(rules.matches("refused", record("refused", format: .nginxError)) == ["nginx", "both"])
    #expect(rules.matches("refused", record("refused", format: .redis)) == [])
    #expect(rules.matches("T", record("T", shape: .pythonTraceback)) == ["trace"])
    #expect(rules.matches("T", record("T", shape: .javaTrace)) == ["trace"])
    #expect(rules.matches("T", record("T", shape: .joined)) == [])
  }

  @Test("nothing behind matchEnd is looked at")
  func matchEnd() throws {
    let rules = try rules("rules: [{ id: a, match: ' error' }]")
    var cut = record("ERROR: x STATEMENT: select error")
    cut.matchEnd = 8
    #expect(rules.matches("ERROR: x STATEMENT: select error", cut) == [])
    cut.matchEnd = 9_999
    #expect(rules.matches("ERROR: x STATEMENT: select error", cut) == ["a"])
  }

  @Test("^ and $ stand at every line of a record, and . stops there")
  func lines() throws {
    let rules = try rules(
      """
      rules:
        - { id: start, match: ^second }
        - { id: end, match: 'first$' }
        - { id: dot, match: 'first.*second' }
        - { id: whole, match: '\\Afirst\\nsecond\\z' }
      """)
    #expect(rules.matches("first\nsecond") == ["start", "end", "whole"])
  }

  @Test("word characters are ASCII unless the pattern says otherwise")
  func classes() throws {
    let rules = try rules(
      #"""
      rules:
        - { id: ascii, match: '^\w+$' }
        - { id: unicode, match: '(*UCP)^\w+$' }
        - { id: dot, match: '^.$' }
      """#)
    #expect(rules.matches("é") == ["unicode", "dot"])
    #expect(rules.matches("e") == ["ascii", "unicode", "dot"])
  }

  @Test("a CR belongs to the line")
  func carriageReturn() throws {
    let rules = try rules(
      #"""
      rules:
        - { id: end, match: 'done$' }
        - { id: cr, match: 'done\r$' }
        - { id: dot, match: '^done.$' }
      """#)
    #expect(rules.matches("done\r") == ["cr", "dot"])
    #expect(rules.matches("done\r\nnext") == ["cr", "dot"])
  }

  @Test("subjects with NUL and with bytes that are not UTF-8 are matched around them")
  func bytes() throws {
    let rules = try rules(
      #"""
      rules:
        - { id: word, match: '\bERROR\b' }
        - { id: nul, match: 'a\x00b' }
        - { id: dot, match: 'x.y' }
        - { id: behind, match: '(?<=z)end$' }
      """#)
    func matches(_ bytes: [UInt8]) -> [String] {
      var fields = Record()
      fields.matchEnd = bytes.count
      return rules.observation(of: bytes, fields).rules.map { rules.rules[$0].id }
    }
    #expect(matches([0xFF, 0xFE] + Array("ERROR".utf8) + [0x80]) == ["word"])
    #expect(matches([0x61, 0x00, 0x62]) == ["nul"])
    #expect(matches([0x78, 0xFF, 0x79]) == [])
    #expect(matches([0x78, 0xC3, 0xA9, 0x79]) == ["dot"])
    #expect(matches([0x78, 0x00, 0x79]) == ["dot"])
    #expect(matches([0xC3, 0x7A] + Array("end".utf8)) == ["behind"])
    #expect(matches([]) == [])
  }

  @Test("captures: a group, else the normalised field; the unit in the text wins")
  func captures() throws {
    let rules = try rules(
      #"""
      rules:
        - id: a
          match: '^(?<method>\w+) (?<route>\S+)(?: (?<duration>[\d.]+\w*))?(?: (?<size>\S+))?'
          captures:
            route: route
            duration: { unit: milliseconds }
            size: { unit: bytes }
      """#)
    func captured(_ text: String, _ fields: Record) -> [String: String] {
      var matcher = RuleMatcher(rules)
      let bytes = Array(text.utf8)
      let values = matcher.captures(ofRule: 0, bytes.span, fields, isError: false) ?? []
      return Dictionary(uniqueKeysWithValues: values.map { ($0.name, $0.text) })
    }
    #expect(
      captured("GET /orders/7 8.5ms 2KiB", record("GET /orders/7 8.5ms 2KiB")) == [
        "method": "GET", "route": "/orders/{}", "duration": "0.0085", "size": "2048",
        "message": "GET /orders/7 8.5ms 2KiB",
      ])
    #expect(captured("PUT /x 250", record("PUT /x 250"))["duration"] == "0.25")
    #expect(captured("PUT /x 2s", record("PUT /x 2s"))["duration"] == "2")
    let fromField = captured("PUT /x", request("PUT /x", status: 503, duration: 0.125))
    #expect(fromField["duration"] == "0.125")
    #expect(fromField["status"] == "503")
    #expect(fromField["size"] == nil)
  }

  @Test("the first group of a name that took part in the match counts")
  func duplicateNames() throws {
    let rules = try rules(
      #"""
      rules:
        - id: a
          match: '(?J)a=(?<v>\d+)|b=(?<v>\d+)'
          where: v = 7
      """#)
    #expect(rules.matches("a=7") == ["a"])
    #expect(rules.matches("b=7") == ["a"])
    #expect(rules.matches("b=8") == [])
  }

  @Test("measures count events once a record, sums add captures, histograms take values")
  func measures() throws {
    let rules = try rules(
      """
      rules:
        - { id: http.request, record: request }
        - { id: second, event: http.request, match: GET, record: request }
        - { id: job, match: 'job took (?<took>\\S+) with (?<calls>\\S+)',
            captures: { took: { unit: seconds }, calls: integer } }
      signals:
        - { id: http.5xx, kind: ratio, count: http.request where status >= 500, per: http.request,
            by: route, severity: critical }
        - { id: calls, kind: ratio, count: sum(job calls), per: job }
        - { id: job.time, kind: latency, value: job took where calls > 1 }
        - { id: http.latency, kind: latency, value: http.request duration, quantiles: [0.9] }
        - { id: second.rate, kind: rate, count: second, worse: down, severity: warning }
      """)
    #expect(
      rules.measureNames == [
        "http.request", "http.request where status >= 500", "sum(job calls)", "job", "second",
      ])
    #expect(rules.histogramNames == ["job took where calls > 1", "http.request duration"])
    #expect(rules.requestMeasure == 0)
    #expect(rules.errorMeasure == nil)
    #expect(
      rules.counts("GET /a", request("GET /a", status: 502))
        == ["http.request": 1, "http.request where status >= 500": 1, "second": 1])
    #expect(rules.counts("PUT /a", request("PUT /a")) == ["http.request": 1])
    #expect(rules.counts("job took 250ms with 12") == ["sum(job calls)": 12, "job": 1])
    #expect(rules.counts("job took 250ms with -1") == ["job": 1])
    #expect(rules.counts("job took 250ms with 99999999999999999999x") == ["job": 1])
    let values = rules.observation(of: "job took 250ms with 12").values
    #expect(values.map(\.histogram) == [0])
    #expect(values.map(\.number) == [0.25])
    let latency = rules.observation(of: "GET /a", request("GET /a", duration: 1.5)).values
    #expect(latency.map(\.histogram) == [1])
    #expect(latency.map(\.number) == [1.5])
  }

  @Test("the route is that of the request, or of the capture that stands for it")
  func routes() throws {
    let rules = try rules(
      #"""
      rules:
        - { id: plain, match: 'call (?<route>\S+)', event: http.request, captures: { route: route } }
        - { id: http.request, record: request, where: 'route = "/orders/{}"' }
      """#)
    #expect(rules.observation(of: "call /users/5").routeText == "/users/{}")
    let seen = rules.observation(of: "GET /orders/5?x", request("GET /orders/5?x"))
    #expect(seen.routeText == "/orders/{}")
    #expect(seen.rules == [1])
    #expect(rules.observation(of: "nothing").routeText == "")
  }

  @Test("a condition on fields and groups holds as a whole, whichever part is looked at first")
  func mixedCondition() throws {
    let rules = try rules(
      #"""
      rules:
        - id: a
          match: 'n=(?<n>\d+)'
          where: n > 5 and severity >= warning and (n < 9 or status exists) and not cache exists
      """#)
    func matches(_ text: String, _ severity: Severity?, status: Int? = nil) -> Bool {
      var fields = record(text, severity: severity)
      fields.request.status = status
      return !rules.matches(text, fields).isEmpty
    }
    #expect(matches("n=7", .error))
    #expect(!matches("n=7", .info))
    #expect(!matches("n=3", .error))
    #expect(!matches("n=10", .error))
    #expect(matches("n=10", .error, status: 500))
  }

  @Test("fields of structured records must have one of their values")
  func fields() throws {
    let rules = try rules(
      """
      rules:
        - id: slow
          match: slow query
          fields: { logger: app.db, level: [warning, error] }
        - { id: nested, fields: { request.method: GET } }
      """)
    let json = #"{"logger":"app.db","level":"warning","msg":"slow query"}"#
    #expect(rules.matches(json) == ["slow"])
    #expect(rules.matches(#"{"logger":"app.x","level":"warning","msg":"slow query"}"#) == [])
    #expect(rules.matches(#"{"logger":"app.db","level":"info","msg":"slow query"}"#) == [])
    #expect(rules.matches(#"logger=app.db level=error msg="slow query""#) == ["slow"])
    #expect(rules.matches(#"{"request":{"method":"GET"}}"#) == ["nested"])
    let upper = #"{"logger":"app.db","level":"WARN","msg":"slow query"}"#
    #expect(rules.matches(upper, record(upper, severity: .warning)) == ["slow"])
  }

  @Test("a reused observation holds nothing of the record before")
  func reuse() throws {
    let rules = try rules(
      "rules: [{ id: http.request, record: request }, { id: b, match: boom, class: error }]")
    var matcher = RuleMatcher(rules)
    var observation = Observation()
    let first = Array("GET /boom".utf8)
    matcher.observe(first.span, request("GET /boom"), into: &observation)
    #expect(observation.rules == [0, 1])
    #expect(observation.hits.count == 2)
    let second = Array("calm".utf8)
    matcher.observe(second.span, record("calm"), into: &observation)
    #expect(observation.rules.isEmpty && observation.hits.isEmpty && observation.route.isEmpty)
    #expect(!observation.isError)
  }

  @Test("two workers may use one rule set at the same time")
  func sharing() async throws {
    let rules = try rules(
      #"rules: [{ id: a, match: '(\w+)\s(?<x>\d+)$', captures: { x: integer } }]"#)
    let counts = await withTaskGroup(of: Int.self) { group in
      for worker in 0..<4 {
        group.addTask {
          var matcher = RuleMatcher(rules)
          var observation = Observation()
          var count = 0
          for number in 0..<2_000 {
            let text = number % 3 == 0 ? "word \(number + worker)" : "word"
            let bytes = Array(text.utf8)
            matcher.observe(bytes.span, record(text), into: &observation)
            count += observation.rules.count
          }
          return count
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == [667, 667, 667, 667])
  }
}
