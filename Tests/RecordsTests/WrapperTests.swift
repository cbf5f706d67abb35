import Foundation
import Records
import Testing

/// The outer layers, as functions that put a line into one.
enum Wrapper: String, CaseIterable, Sendable {
  case docker, cri, journald, rsyslogISO, rfc3164, rfc5424, compose, pod, kubectlTime, colours

  func wrap(_ line: String) -> String {
    switch self {
    case .docker:
      #"{"log":\#(Self.json(line + "\n")),"stream":"stderr","time":"2026-11-22T16:30:00.5Z"}"#
    case .cri: "2026-11-22T16:30:00.500000000Z stdout F " + line
    case .journald:
      #"{"__CURSOR":"s=a","__REALTIME_TIMESTAMP":"1795365000500000","_PID":"42","MESSAGE":"#
        + Self.json(line) + "}"
    case .rsyslogISO: "2026-11-22T16:30:00.500000+00:00 web1 api[4242]: " + line
    case .rfc3164: "Nov 22 16:30:00 web1 api[4242]: " + line
    case .rfc5424: "<14>1 2026-11-22T16:30:00.5Z web1 api 4242 - [a@1 b=\"]\"] " + line
    case .compose: "api-1  | " + line
    case .pod: "[pod/api-7d4/web] " + line
    case .kubectlTime: "2026-11-22T16:30:00.500000001Z " + line
    case .colours: "\u{1B}[32m\u{1B}[1m" + line + "\u{1B}[0m"
    }
  }

  var statesTime: Bool { self != .compose && self != .pod && self != .colours }

  static func json(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "<": quoted += "\\u003c"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

@Suite("Outer layers")
struct WrapperTests {
  @Test("a layer changes neither fields nor text", arguments: Wrapper.allCases)
  func fieldsStay(_ wrapper: Wrapper) {
    for example in FormatExample.all {
      let plain = Parsing.parse(example.line)
      let wrapped = Parsing.parse(wrapper.wrap(example.line))
      #expect(wrapped.text == plain.text, "\(example.line)")
      #expect(Array(wrapped.columns[3...]) == Array(plain.columns[3...]), "\(example.line)")
      if wrapper == .rfc5424, plain.record.severity == nil {
        #expect(wrapped.record.severity == .info)
      } else {
        #expect(wrapped.columns[2] == plain.columns[2], "\(example.line)")
      }
      if wrapper.statesTime { #expect(wrapped.record.time != nil, "\(example.line)") }
      if plain.record.format != .unknown, plain.record.format != .generic,
        example.columns[0] != "cri",
        !example.columns[0].hasPrefix("syslog"), !example.columns[0].hasPrefix("journald")
      {
        #expect(wrapped.record.format == plain.record.format, "\(example.line)")
      }
      #expect(wrapped.part(wrapped.record.message) == plain.part(plain.record.message))
    }
  }

  @Test(
    "two layers come off", arguments: [Wrapper.docker, .cri, .journald], [Wrapper.docker, .rfc3164])
  func twoLayers(_ outer: Wrapper, _ inner: Wrapper) {
    for example in FormatExample.all {
      let wrapped = Parsing.parse(outer.wrap(inner.wrap(example.line)))
      #expect(Array(wrapped.columns[3...]) == Array(example.columns[3...]), "\(example.line)")
    }
  }

  @Test(
    "free text has the layer's name and time",
    arguments: [
      (Wrapper.docker, "docker-json-file 2026-11-22T16:30:00.500Z -"),
      (.cri, "cri 2026-11-22T16:30:00.500Z -"),
      (.journald, "journald-json 2026-11-22T16:30:00.500Z -"),
      (.rsyslogISO, "rsyslog-iso 2026-11-22T16:30:00.500Z -"),
      (.rfc3164, "syslog-rfc3164 2026-11-22T16:30:00Z -"),
      (.rfc5424, "syslog-rfc5424 2026-11-22T16:30:00.500Z info"),
      (.kubectlTime, "generic 2026-11-22T16:30:00.500000001Z -"),
      (.compose, "unknown - -"), (.pod, "unknown - -"), (.colours, "unknown - -"),
    ])
  func freeText(_ wrapper: Wrapper, _ expected: String) {
    let kept = Parsing.parse(wrapper.wrap("order 7 has an error"))
    #expect(kept.columns.prefix(3).joined(separator: " ") == expected)
    #expect(kept.text == "order 7 has an error")
  }

  @Test("the inner time stands if it has a zone, the layer's otherwise")
  func whichTime() {
    let cri = "2026-11-22T16:30:00.5Z stdout F "
    #expect(
      Parsing.parse(cri + "2026-11-22 18:29:59,900 ERROR app: x").record.time?.rfc3339
        == "2026-11-22T16:30:00.500Z")
    #expect(
      Parsing.parse(cri + "[2026-11-22 18:29:59 +0200] [1] [INFO] x").record.time?.rfc3339
        == "2026-11-22T16:29:59Z")
    #expect(
      Parsing.parse(
        cri + #"{"asctime":"2026-11-22 18:29:59,900","levelname":"INFO","message":"x"}"#
      )
      .record.time?.rfc3339 == "2026-11-22T16:30:00.500Z")
    #expect(
      Parsing.parse(cri + #"{"ts":"2026-11-22T16:29:59.900Z","level":"info","msg":"x"}"#)
        .record.time?.rfc3339 == "2026-11-22T16:29:59.900Z")
    #expect(
      Parsing.parse("Nov 22 16:30:00 web1 api[1]: 2026-11-22 16:29:59,900 ERROR app: x")
        .record.time?.rfc3339 == "2026-11-22T16:29:59.900Z")
  }

  @Test("a severity inside goes before the layer's")
  func whichSeverity() {
    #expect(Parsing.parse("<14>Nov 22 16:30:00 h api[1]: ERROR:a:b").record.severity == .error)
    #expect(Parsing.parse("<11>Nov 22 16:30:00 h api[1]: text").record.severity == .error)
    #expect(Parsing.parse("<4>[   12.000001] oom").record.severity == .warning)
  }

  @Test("a message of byte values is text like any other")
  func byteArray() {
    let line =
      #"{"__REALTIME_TIMESTAMP":"1795365000500000","MESSAGE":[69,82,82,79,82,58,97,58,98]}"#
    #expect(Parsing.parse(line).text == "ERROR:a:b")
    #expect(Parsing.parse(line).record.severity == .error)
  }

  @Test("a level is no host name and a table no container")
  func lookalikes() {
    let spring = Parsing.parse("2026-11-22T10:00:00.123Z INFO main: started")
    #expect(spring.text.hasPrefix("2026"))
    #expect(Parsing.parse("name | size").text == "name | size")
  }

  @Test("pieces of a long line become one, apart for each stream")
  func partialLines() {
    let kept = Parsing.records([
      "2026-11-22T16:30:00.1Z stdout P INFO:     10.0.0.1:1 - ",
      "2026-11-22T16:30:00.2Z stderr P ERROR:    bo",
      "2026-11-22T16:30:00.3Z stdout F \"GET /x HTTP/1.1\" 500 X",
      "2026-11-22T16:30:00.4Z stderr F om",
      #"{"log":"ERROR:    half ","stream":"stdout","time":"2026-11-22T16:30:01Z"}"#,
      #"{"log":"done\n","stream":"stdout","time":"2026-11-22T16:30:02Z"}"#,
    ])
    #expect(
      kept.map(\.text).sorted() == [
        "ERROR:    boom", "ERROR:    half done", "INFO:     10.0.0.1:1 - \"GET /x HTTP/1.1\" 500 X",
      ])
    #expect(kept.map(\.record.lineCount) == [2, 2, 2])
    #expect(kept.contains { $0.record.request.status == 500 && $0.record.firstLineNumber == 1 })
  }
}
