/// The abbreviations that programs write behind a time, such as PostgreSQL's `CEST`.
enum ZoneAbbreviation {
  /// Up to eight bytes in one number, so that a comparison is one instruction; nil when empty or
  /// longer.
  static func code(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    guard !range.isEmpty, range.count <= 8 else { return nil }
    var code: UInt64 = 0
    for index in range { code = code << 8 | UInt64(text[index]) }
    return code
  }

  /// The usual offset in seconds; nil when the abbreviation is unknown.
  ///
  /// Several are ambiguous. A zone's own abbreviations come before this table; here CST, EST, MST
  /// and PST are American, IST is Indian, BST is British summer time.
  static func offsetSeconds(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard range.count >= 2, range.count <= 4 else { return nil }
    for (name, minutes) in table where name.matches(text, range) { return minutes * 60 }
    return nil
  }

  private static let table: [(StaticString, Int)] = [
    ("UTC", 0), ("GMT", 0), ("UT", 0), ("WET", 0), ("WEST", 60), ("BST", 60), ("CET", 60),
    ("CEST", 120), ("MET", 60), ("MEST", 120), ("EET", 120), ("EEST", 180), ("MSK", 180),
    ("TRT", 180), ("EST", -300), ("EDT", -240), ("CST", -360), ("CDT", -300), ("MST", -420),
    ("MDT", -360), ("PST", -480), ("PDT", -420), ("AKST", -540), ("AKDT", -480), ("HST", -600),
    ("AST", -240), ("ADT", -180), ("NST", -210), ("NDT", -150), ("BRT", -180), ("ART", -180),
    ("SAST", 120), ("EAT", 180), ("CAT", 120), ("WAT", 60), ("PKT", 300), ("IST", 330),
    ("WIB", 420), ("ICT", 420), ("SGT", 480), ("HKT", 480), ("PHT", 480), ("AWST", 480),
    ("JST", 540), ("KST", 540), ("ACST", 570), ("ACDT", 630), ("AEST", 600), ("AEDT", 660),
    ("NZST", 720), ("NZDT", 780),
  ]
}
