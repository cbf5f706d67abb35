import Records
import Testing

/// One line of `stamps.tsv`, its time worked out by hand.
struct StampExample: Sendable, CustomTestStringConvertible {
  var line: String
  var time: String
  var service: String

  var testDescription: String { "\(service): \(line.prefix(60))" }

  /// 2026-11-28T12:00:00Z.
  static let reference = Timestamp(seconds: 1_795_867_200)

  static let all: [StampExample] = Fixture.lines("stamps.tsv").compactMap { row -> StampExample? in
    let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
    guard fields.count == 3 else { return nil }
    let line = String(fields[0].replacing("\\t", with: "\t"))
    return StampExample(line: line, time: String(fields[1]), service: String(fields[2]))
  }

  /// What is not read, and why.
  static let exceptions: [String: String] = [
    "japanese date": "only English names and signs of dates are known",
    "french ctime": "only English names of months and days are known",
    "iso week": "weeks are for calendars, not for logs",
    "iso ordinal": "no log is known that counts days without a slash",
    "hours with letters": "it looks like a duration",
  ]

  static func time(_ line: String) -> String {
    var parser = LineParser(zone: .utc, reference: reference)
    return Parsing.parse(line, with: &parser).record.time?.rfc3339 ?? "-"
  }
}

@Suite("Timestamps of the logs of many services")
struct StampSampleTests {
  @Test("a labelled time is read", arguments: StampExample.all)
  func labelled(_ example: StampExample) {
    if example.line.contains("Europe/"), LocalZone(named: "Europe/Berlin") == nil { return }
    let answer = StampExample.time(example.line)
    if StampExample.exceptions[example.service] != nil {
      #expect(answer == "-", "\(example.service) is no exception any more")
    } else {
      #expect(answer == example.time)
    }
  }

  @Test("of more than 400 lines of more than 350 services 98 % are read")
  func share() {
    let all = StampExample.all
    #expect(all.count > 400)
    #expect(Set(all.map(\.service)).count > 350)
    let read = all.count { StampExample.time($0.line) == $0.time }
    #expect(Double(read) >= 0.98 * Double(all.count), "\(read) of \(all.count)")
  }

  @Test(
    "numbers, versions, addresses and dates in sentences are no times",
    arguments: Fixture.lines("no-stamps.txt"))
  func none(_ line: String) {
    #expect(StampExample.time(line) == "-")
  }

  @Test("a line cut anywhere is read without a trap, and its message lies inside")
  func cutLines() {
    var parser = LineParser(zone: .utc, reference: StampExample.reference)
    var record = Record()
    var buffer: [UInt8] = []
    for example in StampExample.all {
      let bytes = Array(example.line.utf8.prefix(120))
      for start in [0, 1, 2, 7] where start < bytes.count {
        for end in (start + 1)...bytes.count {
          let part = bytes.span.extracting(start..<end)
          let parsed = parser.parse(part, into: &record, unwrapped: &buffer)
          let isInside = record.message.upperBound <= parsed.layers.text.count
          #expect(isInside)
        }
      }
    }
  }

  @Test("what parses every line anew reads the same as what parses them all")
  func sequence() {
    var parser = LineParser(zone: .utc, reference: StampExample.reference)
    for example in StampExample.all where StampExample.exceptions[example.service] == nil {
      let time = Parsing.parse(example.line, with: &parser).record.time?.rfc3339 ?? "-"
      #expect(time == StampExample.time(example.line), "\(example.service)")
    }
  }
}
