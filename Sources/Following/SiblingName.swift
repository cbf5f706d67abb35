/// What a rotated file's name says: whose past it is, and how old.
///
/// `app.log` has the siblings `app.log.1`, `app.log-20261122`, `app.log.2026-11-22`,
/// `app-20261122.log` and `app.1.log`, each also with `.gz`, `.zst`, `.xz` or `.bz2` behind it.
/// No other ending makes a sibling. Sources: logrotate(8), Python's logging.handlers, winston,
/// log4j's file name patterns.
package struct SiblingName: Hashable, Sendable {
  /// The age that a name tells.
  package enum Age: Hashable, Sendable {
    /// A rotation counter: the higher, the older.
    case number(Int)
    /// The digits of a date: the higher, the younger.
    case date(String)
  }

  /// The name of the file whose past this is.
  package let base: String
  package let age: Age

  /// Every reading of `name` as a rotated file, the likeliest first: a name such as
  /// `app.log.2026.11.22` has several, and which holds depends on the files there are. Empty for a
  /// name that is no sibling.
  package static func readings(of name: String) -> [SiblingName] {
    let bytes = Array(name.utf8)
    let end = bytes.count - codecBytes(bytes)
    return suffixReadings(bytes[..<end]) + stemReadings(bytes[..<end])
  }

  /// The name without the ending of a packed file.
  static func withoutCodec(_ name: String) -> String {
    let bytes = Array(name.utf8)
    return String(decoding: bytes.dropLast(codecBytes(bytes)), as: UTF8.self)
  }

  private static let codecs = [".gz", ".zst", ".xz", ".bz2"].map { Array($0.utf8) }

  private static func codecBytes(_ name: [UInt8]) -> Int {
    codecs.first { name.count > $0.count && name.suffix($0.count).elementsEqual($0) }?.count ?? 0
  }

  /// `NAME.<n>`, `NAME.<date>`, `NAME-<date>`; a longer base comes later.
  private static func suffixReadings(_ name: ArraySlice<UInt8>) -> [SiblingName] {
    name.indices.dropFirst().compactMap { index in
      guard let age = age(of: name[(index + 1)...], after: name[index], isStem: false) else {
        return nil
      }
      return SiblingName(base: String(decoding: name[..<index], as: UTF8.self), age: age)
    }
  }

  /// `STEM-<date>.EXT` and `STEM.<n>.EXT`.
  private static func stemReadings(_ name: ArraySlice<UInt8>) -> [SiblingName] {
    guard let dot = name.lastIndex(of: 0x2E), dot > name.startIndex, dot < name.endIndex - 1 else {
      return []
    }
    let stem = name[..<dot]
    return stem.indices.dropFirst().compactMap { index in
      guard let age = age(of: stem[(index + 1)...], after: stem[index], isStem: true) else {
        return nil
      }
      return SiblingName(
        base: String(decoding: stem[..<index] + name[dot...], as: UTF8.self), age: age)
    }
  }

  private static func age(
    of text: ArraySlice<UInt8>, after separator: UInt8, isStem: Bool
  ) -> Age? {
    switch separator {
    case 0x2E where text.count < 8: number(text)
    case 0x2E where isStem: digits(text) == text.count ? date(text) ?? number(text) : nil
    case 0x2E: date(text) ?? number(text)
    case 0x2D: date(text)
    default: nil
    }
  }

  private static func number(_ text: ArraySlice<UInt8>) -> Age? {
    guard !text.isEmpty, digits(text) == text.count else { return nil }
    return Int(String(decoding: text, as: UTF8.self)).map(Age.number)
  }

  /// 8 to 14 digits with single separators between them.
  private static func date(_ text: ArraySlice<UInt8>) -> Age? {
    guard (8...14).contains(digits(text)), let first = text.first, let last = text.last,
      isDigit(first), isDigit(last)
    else { return nil }
    var wasSeparator = false
    for byte in text {
      let isSeparator = separators.contains(byte)
      guard isSeparator || isDigit(byte), !(isSeparator && wasSeparator) else { return nil }
      wasSeparator = isSeparator
    }
    return .date(String(decoding: text.filter(isDigit), as: UTF8.self))
  }

  private static let separators = Array("-_.:T".utf8)

  private static func digits(_ text: ArraySlice<UInt8>) -> Int { text.count(where: isDigit) }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}

extension SiblingName.Age: Comparable {
  /// Older is less. Between the two schemes, dated files count as older.
  package static func < (left: SiblingName.Age, right: SiblingName.Age) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left > right
    case (.date(let left), .date(let right)): left < right
    case (.date, .number): true
    case (.number, .date): false
    }
  }
}
