import Bytes
import Records
import Testing

/// Germany since 1996, written out so that no zone database is needed.
let berlin = LocalZone(named: "CET-1CEST,M3.5.0,M10.5.0/3") ?? .utc

/// 2026-11-22T17:00:00Z.
let november = Timestamp(seconds: 1_795_366_800)

struct Stamp: Sendable, CustomTestStringConvertible {
  enum How: Sendable { case stamp, klog, timeOnly, compact, epoch }

  var how: How
  var text: String
  /// Nanoseconds since 1970 where stamps without a zone are UTC, and where they are German.
  var utc: Int64
  var german: Int64

  init(_ how: How, _ text: String, _ utc: Int64, _ german: Int64) {
    self.how = how
    self.text = text
    self.utc = utc
    self.german = german
  }

  var testDescription: String { text }

  /// Reads the stamp at `start` of a text.
  func read(
    _ bytes: [UInt8], at start: Int, with reader: inout TimestampReader
  ) -> (time: Timestamp?, end: Int) {
    var cursor = ByteCursor(start)
    let time =
      switch how {
      case .stamp: reader.read(bytes.span, at: &cursor)
      case .klog: reader.readKlog(bytes.span, at: &cursor)
      case .timeOnly: reader.readTimeOnly(bytes.span, at: &cursor)
      case .compact: reader.readCompact(bytes.span, at: &cursor)
      case .epoch: reader.readEpoch(bytes.span, at: &cursor)
      }
    return (time, cursor.position)
  }

  /// What a reader says about a text that starts with a stamp, and how much of it it took.
  static func time(
    _ text: String, zone: LocalZone = .utc, reference: Timestamp = november, how: How = .stamp
  ) -> (time: String?, rest: String) {
    var reader = TimestampReader(zone: zone, reference: reference)
    let bytes = Array(text.utf8)
    let (time, end) = Stamp(how, text, 0, 0).read(bytes, at: 0, with: &reader)
    return (time?.rfc3339, String(decoding: bytes[end...], as: UTF8.self))
  }
}

@Suite("Timestamps of the formats that are recognised")
struct TimestampStampsTests {
  /// Every stamp of the sample lines; the numbers come from Python's datetime and zoneinfo.
  static let stamps: [Stamp] = [
    Stamp(
      .stamp, "2026-11-22 15:53:57 +0000", 1_795_362_837_000_000_000, 1_795_362_837_000_000_000),
    Stamp(
      .stamp, "2026-11-22 15:54:05 +0000", 1_795_362_845_000_000_000, 1_795_362_845_000_000_000),
    Stamp(.stamp, "2026-11-22 15:54:19,263", 1_795_362_859_263_000_000, 1_795_359_259_263_000_000),
    Stamp(.stamp, "2026-11-22 15:54:19", 1_795_362_859_000_000_000, 1_795_359_259_000_000_000),
    Stamp(.stamp, "2026-11-22 15:54:19.247", 1_795_362_859_247_000_000, 1_795_359_259_247_000_000),
    Stamp(.stamp, "2016-04-15T20:17:00.310Z", 1_460_751_420_310_000_000, 1_460_751_420_310_000_000),
    Stamp(
      .stamp, "2016-08-10T22:08:42.945958Z", 1_470_866_922_945_958_000, 1_470_866_922_945_958_000),
    Stamp(
      .stamp, "2015-05-13T23:39:43.945958Z", 1_431_560_383_945_958_000, 1_431_560_383_945_958_000),
    Stamp(
      .stamp, "2026-11-22 16:00:07.377 UTC", 1_795_363_207_377_000_000, 1_795_363_207_377_000_000),
    Stamp(
      .stamp, "2026-11-22 16:00:09.546 UTC", 1_795_363_209_546_000_000, 1_795_363_209_546_000_000),
    Stamp(.stamp, "2017-09-06 08:41:43 UTC", 1_504_687_303_000_000_000, 1_504_687_303_000_000_000),
    Stamp(
      .stamp, "2020-08-06T14:25:02.835618Z", 1_596_723_902_835_618_000, 1_596_723_902_835_618_000),
    Stamp(.stamp, "2019-04-23 08:42:06.380", 1_556_008_926_380_000_000, 1_556_001_726_380_000_000),
    Stamp(
      .stamp, "2026-11-22 15:54:19.263511+00:00", 1_795_362_859_263_511_000,
      1_795_362_859_263_511_000),
    Stamp(
      .stamp, "2021-03-09T07:59:14.642-07:00", 1_615_301_954_642_000_000, 1_615_301_954_642_000_000),
    Stamp(
      .stamp, "2024-03-18T19:08:08.152+01:00", 1_710_785_288_152_000_000, 1_710_785_288_152_000_000),
    Stamp(
      .stamp, "2024-02-25T10:32:55.049+05:30", 1_708_837_375_049_000_000, 1_708_837_375_049_000_000),
    Stamp(.stamp, "2023-02-09 15:25:06.750", 1_675_956_306_750_000_000, 1_675_952_706_750_000_000),
    Stamp(.stamp, "2015-10-18 18:04:11,034", 1_445_191_451_034_000_000, 1_445_184_251_034_000_000),
    Stamp(.stamp, "2015-07-29 19:13:24,282", 1_438_197_204_282_000_000, 1_438_190_004_282_000_000),
    Stamp(
      .stamp, "2015-03-26T01:27:38-04:00", 1_427_347_658_000_000_000, 1_427_347_658_000_000_000),
    Stamp(
      .stamp, "2022-11-08T15:28:26.000-05:00", 1_667_939_306_000_000_000, 1_667_939_306_000_000_000),
    Stamp(
      .stamp, "2022-11-08T15:28:26.000000000-05:00", 1_667_939_306_000_000_000,
      1_667_939_306_000_000_000),
    Stamp(
      .stamp, "2026-11-22T15:54:19.177258Z", 1_795_362_859_177_258_000, 1_795_362_859_177_258_000),
    Stamp(.stamp, "2025-04-24T19:51:47.625Z", 1_745_524_307_625_000_000, 1_745_524_307_625_000_000),
    Stamp(
      .stamp, "2024-06-26T17:00:04.497736", 1_719_421_204_497_736_000, 1_719_414_004_497_736_000),
    Stamp(.stamp, "2025-08-31 12:34:56", 1_756_643_696_000_000_000, 1_756_636_496_000_000_000),
    Stamp(
      .stamp, "2021-02-01T01:40:03.53413Z", 1_612_143_603_534_130_000, 1_612_143_603_534_130_000),
    Stamp(
      .stamp, "2016-02-17T00:04:05.931087621Z", 1_455_667_445_931_087_621, 1_455_667_445_931_087_621
    ),
    Stamp(
      .stamp, "2016-02-16T16:04:05.930-08:00", 1_455_667_445_930_000_000, 1_455_667_445_930_000_000),
    Stamp(
      .stamp, "2026-11-22T15:56:14.123456+00:00", 1_795_362_974_123_456_000,
      1_795_362_974_123_456_000),
    Stamp(.stamp, "2003-10-11T22:14:15.003Z", 1_065_910_455_003_000_000, 1_065_910_455_003_000_000),
    Stamp(
      .stamp, "22/Nov/2026:15:56:14 +0000", 1_795_362_974_000_000_000, 1_795_362_974_000_000_000),
    Stamp(
      .stamp, "22/Nov/2026:15:54:03 +0000", 1_795_362_843_000_000_000, 1_795_362_843_000_000_000),
    Stamp(.stamp, "10/Oct/2000:13:55:36 -0700", 971_211_336_000_000_000, 971_211_336_000_000_000),
    Stamp(.stamp, "2026/11/22 15:56:14", 1_795_362_974_000_000_000, 1_795_359_374_000_000_000),
    Stamp(.stamp, "2026/11/22 15:56:18", 1_795_362_978_000_000_000, 1_795_359_378_000_000_000),
    Stamp(.stamp, "2024/01/29 16:04:41", 1_706_544_281_000_000_000, 1_706_540_681_000_000_000),
    Stamp(.stamp, "22/Nov/2026 15:54:03", 1_795_362_843_000_000_000, 1_795_359_243_000_000_000),
    Stamp(.stamp, "06/Feb/2009:12:14:14.655", 1_233_922_454_655_000_000, 1_233_918_854_655_000_000),
    Stamp(.stamp, "Tue Jan  3 05:01:31 2012", 1_325_566_891_000_000_000, 1_325_563_291_000_000_000),
    Stamp(
      .stamp, "Tue Apr 04 06:28:08.605341 2017", 1_491_287_288_605_341_000,
      1_491_280_088_605_341_000),
    Stamp(.stamp, "Sun Dec 04 04:47:44 2005", 1_133_671_664_000_000_000, 1_133_668_064_000_000_000),
    Stamp(.stamp, "Feb  6 12:14:14", 1_770_380_054_000_000_000, 1_770_376_454_000_000_000),
    Stamp(.stamp, "Jun 14 15:16:01", 1_781_450_161_000_000_000, 1_781_442_961_000_000_000),
    Stamp(.stamp, "22 Nov 2026 15:56:18.164", 1_795_362_978_164_000_000, 1_795_359_378_164_000_000),
    Stamp(.stamp, "17/06/09 20:10:40", 1_497_039_040_000_000_000, 1_497_031_840_000_000_000),
    Stamp(.stamp, "Nov 22, 2026 4:09:43 PM", 1_795_363_783_000_000_000, 1_795_360_183_000_000_000),
    Stamp(.stamp, "19-Aug-2017 01:02:21", 1_503_104_541_000_000_000, 1_503_097_341_000_000_000),
    Stamp(.stamp, "11-Jun-2024 10:00:00 UTC", 1_718_100_000_000_000_000, 1_718_100_000_000_000_000),
    Stamp(.klog, "0517 15:04:22.619632", 1_779_030_262_619_632_000, 1_779_023_062_619_632_000),
    Stamp(.timeOnly, "12:41:22.381", 1_795_351_282_381_000_000, 1_795_347_682_381_000_000),
    Stamp(.epoch, "1693279182", 1_693_279_182_000_000_000, 1_693_279_182_000_000_000),
    Stamp(.epoch, "1646861401.5241024", 1_646_861_401_524_102_400, 1_646_861_401_524_102_400),
    Stamp(.epoch, "1714000000.123", 1_714_000_000_123_000_000, 1_714_000_000_123_000_000),
    Stamp(.epoch, "1531171074631", 1_531_171_074_631_000_000, 1_531_171_074_631_000_000),
    Stamp(.epoch, "1700000000000000", 1_700_000_000_000_000_000, 1_700_000_000_000_000_000),
    Stamp(.compact, "170213 16:00:33", 1_487_001_633_000_000_000, 1_486_998_033_000_000_000),
    Stamp(.compact, "170213  6:00:33", 1_486_965_633_000_000_000, 1_486_962_033_000_000_000),
    Stamp(
      .klog, "20260517 15:04:22.619632", 1_779_030_262_619_632_000, 1_779_023_062_619_632_000),
  ]

  @Test("a sample's stamp is read wherever it stands in a line", arguments: stamps)
  func reads(stamp: Stamp) {
    for (before, after) in [
      ("", ""), ("10.0.0.1 [", "] \"GET /"), ("x: ", " ERROR a"), ("", "\t1"),
    ] {
      let bytes = Array((before + stamp.text + after).utf8)
      for (zone, expected) in [(LocalZone.utc, stamp.utc), (berlin, stamp.german)] {
        var reader = TimestampReader(zone: zone, reference: november)
        for _ in 0..<3 {
          let (time, end) = stamp.read(bytes, at: before.utf8.count, with: &reader)
          #expect(time?.nanoseconds == expected)
          #expect(end == before.utf8.count + stamp.text.utf8.count)
        }
      }
    }
  }

  @Test("one reader reads all forms in any order as it reads each alone")
  func mixed() {
    var random = SeededNumbers(seed: 7)
    var reader = TimestampReader(zone: berlin, reference: november)
    for _ in 0..<5_000 {
      let stamp = Self.stamps[Int(random.next() % UInt64(Self.stamps.count))]
      let (time, _) = stamp.read(Array(stamp.text.utf8), at: 0, with: &reader)
      #expect(time?.nanoseconds == stamp.german)
    }
  }

  @Test("a stamp that is cut anywhere is never read past its end", arguments: stamps)
  func cut(stamp: Stamp) {
    let bytes = Array(stamp.text.utf8)
    for count in 0..<bytes.count {
      var reader = TimestampReader(zone: .utc, reference: november)
      let (time, end) = stamp.read(Array(bytes[..<count]), at: 0, with: &reader)
      #expect(end <= count)
      #expect((time == nil) == (end == 0))
    }
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
