import Records
import Testing

@Suite("Local zones")
struct ZoneTests {
  struct Local: Sendable, CustomTestStringConvertible {
    var zone: String
    var time: CivilTime
    var offset: Int

    init(
      _ zone: String, _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int,
      _ second: Int, offset: Int
    ) {
      self.zone = zone
      time = CivilTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
      self.offset = offset
    }

    var testDescription: String { "\(zone) \(time.timestamp?.rfc3339 ?? "")" }
  }

  static let hasDatabase = LocalZone(named: "Europe/Berlin") != nil

  /// Expected offsets from Python's zoneinfo with `fold=0`.
  static let locals: [Local] = [
    Local("Europe/Berlin", 2026, 3, 29, 1, 59, 59, offset: 3_600),
    Local("Europe/Berlin", 2026, 3, 29, 2, 0, 0, offset: 3_600),
    Local("Europe/Berlin", 2026, 3, 29, 2, 59, 59, offset: 3_600),
    Local("Europe/Berlin", 2026, 3, 29, 3, 0, 0, offset: 7_200),
    Local("Europe/Berlin", 2026, 10, 25, 1, 59, 59, offset: 7_200),
    Local("Europe/Berlin", 2026, 10, 25, 2, 0, 0, offset: 7_200),
    Local("Europe/Berlin", 2026, 10, 25, 2, 59, 59, offset: 7_200),
    Local("Europe/Berlin", 2026, 10, 25, 3, 0, 0, offset: 3_600),
    Local("Europe/Berlin", 1985, 7, 1, 12, 0, 0, offset: 7_200),
    Local("Europe/Berlin", 1890, 1, 1, 0, 0, 0, offset: 3_208),
    Local("Europe/Berlin", 2085, 7, 1, 12, 0, 0, offset: 7_200),
    Local("Europe/Berlin", 2085, 1, 1, 12, 0, 0, offset: 3_600),
    Local("America/New_York", 2026, 3, 8, 2, 30, 0, offset: -18_000),
    Local("America/New_York", 2026, 11, 1, 1, 30, 0, offset: -14_400),
    Local("America/New_York", 2026, 11, 1, 2, 0, 0, offset: -18_000),
    Local("America/New_York", 2150, 7, 4, 0, 0, 0, offset: -14_400),
    Local("Australia/Lord_Howe", 2026, 4, 5, 1, 45, 0, offset: 39_600),
    Local("Australia/Lord_Howe", 2026, 10, 4, 2, 15, 0, offset: 37_800),
    Local("Australia/Sydney", 2026, 1, 1, 0, 0, 0, offset: 39_600),
    Local("Australia/Sydney", 2090, 1, 1, 0, 0, 0, offset: 39_600),
    Local("Australia/Sydney", 2090, 7, 1, 0, 0, 0, offset: 36_000),
    Local("Asia/Kolkata", 2026, 1, 1, 0, 0, 0, offset: 19_800),
    Local("Pacific/Apia", 2011, 12, 30, 12, 0, 0, offset: -36_000),
    Local("Pacific/Apia", 2011, 12, 31, 0, 0, 0, offset: 50_400),
    Local("Europe/Dublin", 2026, 7, 1, 0, 0, 0, offset: 3_600),
    Local("Europe/Dublin", 2080, 1, 1, 0, 0, 0, offset: 0),
    Local("Europe/Dublin", 2080, 7, 1, 0, 0, 0, offset: 3_600),
    Local("America/Sao_Paulo", 2026, 1, 1, 0, 0, 0, offset: -10_800),
    Local("Africa/Casablanca", 2026, 3, 1, 0, 0, 0, offset: 0),
    Local("Asia/Kathmandu", 2026, 1, 1, 0, 0, 0, offset: 20_700),
    Local("America/Nuuk", 2080, 3, 30, 0, 0, 0, offset: -7_200),
    Local("Pacific/Chatham", 2077, 1, 1, 0, 0, 0, offset: 49_500),
  ]

  @Test(
    "local times at and around jumps have the offset that zoneinfo gives",
    .enabled(if: hasDatabase), arguments: locals)
  func databaseOffsets(local: Local) throws {
    let zone = try #require(LocalZone(named: local.zone))
    #expect(zone.offsetSeconds(atLocal: local.time.secondsSinceEpoch) == local.offset)
    #expect(zone.name == local.zone)
  }

  @Test(
    "the same holds for the rule alone",
    arguments: locals.filter { $0.zone == "Europe/Berlin" && $0.time.year > 2000 })
  func ruleOffsets(local: Local) {
    #expect(berlin.offsetSeconds(atLocal: local.time.secondsSinceEpoch) == local.offset)
  }

  @Test(
    "UTC to local and back is the identity, but for the hour that occurs twice",
    .enabled(if: hasDatabase),
    arguments: [
      "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Europe/Dublin",
      "Africa/Casablanca", "America/Nuuk", "Asia/Tehran",
    ])
  func roundTrip(name: String) throws {
    let zone = try #require(LocalZone(named: name))
    var random = SeededNumbers(seed: 11)
    for _ in 0..<20_000 {
      let seconds = Int64.random(in: -2_208_988_800..<7_289_654_400, using: &random)
      let local = seconds + Int64(zone.offsetSeconds(atUTC: seconds))
      let back = local - Int64(zone.offsetSeconds(atLocal: local))
      let again = back + Int64(zone.offsetSeconds(atUTC: back))
      // A second occurrence goes to the first one, which shows the same local time.
      #expect(back <= seconds && again == local)
    }
  }

  @Test("the rule agrees with the table where both hold", .enabled(if: hasDatabase))
  func ruleAndTable() throws {
    let zone = try #require(LocalZone(named: "Europe/Berlin"))
    var random = SeededNumbers(seed: 12)
    for _ in 0..<20_000 {
      let seconds = Int64.random(in: 946_684_800..<4_000_000_000, using: &random)
      #expect(zone.offsetSeconds(atUTC: seconds) == berlin.offsetSeconds(atUTC: seconds))
      #expect(zone.offsetSeconds(atLocal: seconds) == berlin.offsetSeconds(atLocal: seconds))
    }
  }

  @Test(
    "fixed offsets",
    arguments: [
      ("+02:00", 7_200), ("-0530", -19_800), ("+9", 32_400), ("UTC", 0), ("Z", 0), ("+00:00", 0),
      ("-12", -43_200),
    ])
  func fixed(name: String, offset: Int) throws {
    let zone = try #require(LocalZone(named: name))
    #expect(zone.offsetSeconds(atUTC: 0) == offset)
    #expect(zone.offsetSeconds(atLocal: 1_795_366_800) == offset)
  }

  @Test(
    "names that are no zone",
    arguments: [
      "", "Europe/Nowhere", "../../etc/passwd", "/etc/passwd", "+25:00", "+02:60", "+02:00x", "+",
      "Europe", "Mars/Olympus\u{0}", "CET-1CEST", "CET-1CEST,M13.1.0,M10.5.0", "AB1",
      String(repeating: "a", count: 10_000),
    ])
  func unknown(name: String) {
    #expect(LocalZone(named: name) == nil)
  }

  @Test(
    "POSIX rules",
    arguments: [
      ("<+03>-3", "2026-07-01T00:00:00Z", 10_800),
      ("EST5EDT,M3.2.0,M11.1.0", "2026-07-01T00:00:00Z", -14_400),
      ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18_000),
      ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14_400),
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0),
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 3_600),
      ("XXX3YYY,J60/0,J300/0", "2024-03-01T02:59:59Z", -10_800),
      ("XXX3YYY,J60/0,J300/0", "2024-03-01T03:00:00Z", -7_200),
      ("XXX0YYY,59/0,300/0", "2024-02-29T00:00:00Z", 3_600),
      ("XXX0YYY,59/0,300/0", "2024-02-28T23:59:59Z", 0),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7_200),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3_600),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-01-01T00:00:00Z", 39_600),
    ])
  func posix(rule: String, time: String, offset: Int) throws {
    let zone = try #require(LocalZone(named: rule))
    let time = try #require(Timestamp(rfc3339: time))
    #expect(zone.offsetSeconds(atUTC: time.secondsAndNanosecond.seconds) == offset)
  }

  /// A zone with one jump from `before` to `after` at `moment`, as a version 2 file.
  static func file(before: Int32, after: Int32, moment: Int64, footer: String) -> [UInt8] {
    func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
      stride(from: value.bitWidth - 8, through: 0, by: -8).map {
        UInt8(truncatingIfNeeded: value >> $0)
      }
    }
    func header(times: Int32, types: Int32, names: Int32) -> [UInt8] {
      Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
        + [Int32(0), 0, 0, times, types, names].flatMap(bigEndian)
    }
    var file = header(times: 0, types: 1, names: 4) + bigEndian(Int32(0)) + [0, 0]
    file += Array("XXX\0".utf8) + header(times: 1, types: 2, names: 8) + bigEndian(moment) + [1]
    file += bigEndian(before) + [0, 0] + bigEndian(after) + [1, 4] + Array("OLD\0NEW\0".utf8)
    return file + Array("\n\(footer)\n".utf8)
  }

  @Test("a zone file's table, and after it its rule")
  func zoneFile() throws {
    let bytes = Self.file(before: 3_600, after: 7_200, moment: 1_000_000_000, footer: "NEW-2")
    let read = LocalZone(tzif: bytes.span, name: "Test")
    let zone = try #require(read)
    #expect(zone.offsetSeconds(atUTC: 999_999_999) == 3_600)
    #expect(zone.offsetSeconds(atUTC: 1_000_000_000) == 7_200)
    #expect(zone.offsetSeconds(atLocal: 1_000_007_199) == 3_600)
    #expect(zone.offsetSeconds(atLocal: 1_000_007_200) == 7_200)
    #expect(Stamp.time("2026-11-22 14:00:00 OLD", zone: zone).rest == " OLD")
    #expect(Stamp.time("2026-11-22 14:00:00 CET", zone: zone).time == "2026-11-22T13:00:00Z")
  }

  @Test("zone files that are cut or altered are refused or read, never fatal")
  func damagedFiles() {
    let whole = Self.file(before: 0, after: 3_600, moment: 1_000_000_000, footer: "UTC0")
    for count in 0..<whole.count {
      let zone = LocalZone(tzif: Array(whole[..<count]).span, name: "cut")
      // The footer may be missing, nothing else.
      #expect(zone == nil || count >= whole.count - 6)
    }
    var random = SeededNumbers(seed: 3)
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<1 + random.next() % 3 {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      let zone = LocalZone(tzif: bytes.span, name: "altered")
      #expect((-200_000...200_000).contains(zone?.offsetSeconds(atLocal: 5_000_000_000) ?? 0))
      #expect((-200_000...200_000).contains(zone?.offsetSeconds(atUTC: -5_000_000_000) ?? 0))
    }
  }

  @Test("the machine has a zone")
  func machine() {
    #expect(!LocalZone.machine().name.isEmpty)
    #expect(abs(LocalZone.machine().offsetSeconds(atUTC: 0)) <= 86_400)
  }
}
