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
    "aws vpc flow": "the count since 1970 is the eleventh of many numbers",
    "cef": "the count since 1970 is one of the event's own fields, behind a table",
    "hpc": "the count since 1970 stands among other numbers",
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

  @Test("of more than 350 lines of more than 300 services 99 % are read")
  func share() {
    let all = StampExample.all
    #expect(all.count > 350)
    #expect(Set(all.map(\.service)).count > 300)
    let read = all.count { StampExample.time($0.line) == $0.time }
    #expect(Double(read) >= 0.99 * Double(all.count), "\(read) of \(all.count)")
  }

  @Test(
    "numbers, versions, addresses and dates in sentences are no times",
    arguments: Fixture.lines("no-stamps.txt"))
  func none(_ line: String) {
    #expect(StampExample.time(line) == "-")
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
