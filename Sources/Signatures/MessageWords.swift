/// The words of a masked message, for comparing it with others: hash, kind and place of each.
struct MessageWords: Sendable {
  private(set) var count = 0
  private(set) var hashes = InlineArray<64, UInt64>(repeating: 0)
  private(set) var kinds = InlineArray<64, UInt8>(repeating: 0)
  private(set) var starts = InlineArray<64, UInt16>(repeating: 0)
  private(set) var ends = InlineArray<64, UInt16>(repeating: 0)
  /// Places where a value is expected: behind `=`, or a word such as `from`.
  private(set) var named: UInt64 = 0
  /// Places where the name of a user or machine is expected.
  private(set) var people: UInt64 = 0
  /// Places whose word is more than a mask.
  private(set) var wordy: UInt64 = 0
  private(set) var flags: UInt64 = 0
  /// Places of names before `=`.
  private(set) var keys: UInt64 = 0
  /// A byte of the hash of each of the first eight words.
  private(set) var tags: UInt64 = 0
  /// What stands between the words. Only messages that are equal in it are compared.
  private(set) var frame = ByteHash.start
  /// Where the last word that is compared ends.
  private(set) var end = 0

  init() {}

  mutating func split(_ masking: borrowing Masking) { split(masking.masked) }

  /// Splits masked text. Linear.
  mutating func split(_ text: Span<UInt8>) {
    count = 0
    named = 0
    people = 0
    wordy = 0
    flags = 0
    keys = 0
    tags = 0
    frame = ByteHash.start
    var index = 0
    while index < text.count, count < Limits.wordsPerMessage {
      let byte = text[index]
      if Self.isQuote(byte), let close = Self.closing(text, index) {
        frame = ByteHash.mix(frame, UInt64(byte))
        add(text, index + 1..<close, isQuoted: true)
        index = close + 1
        continue
      }
      if Self.isSeparator(byte) {
        frame = ByteHash.mix(frame, UInt64(byte))
        index += 1
        continue
      }
      let start = index
      while index < text.count, !Self.isSeparator(text[index]) { index += 1 }
      var stop = index
      while stop > start + 1, Self.isStop(text[stop - 1]) { stop -= 1 }
      add(text, start..<stop, isQuoted: false)
      if stop < index { frame = ByteHash.mix(frame, UInt64(text[stop])) }
    }
    frame = ByteHash.mix(frame, UInt64(count))
    end = index
  }

  private mutating func add(_ text: Span<UInt8>, _ range: Range<Int>, isQuoted: Bool) {
    var kind = WordKind(text, range)
    if isQuoted, kind != .mask, kind != .numbered, hasBlank(text, range) { kind = .quoted }
    hashes[count] = ByteHash.hash(text.extracting(range))
    if count < 8 { tags |= (hashes[count] & 0xFF) << UInt64(8 * count) }
    kinds[count] = kind.rawValue
    starts[count] = UInt16(range.lowerBound)
    ends[count] = UInt16(range.upperBound)
    let bit = UInt64(1) << UInt64(count)
    if kind != .mask { wordy |= bit }
    if kind == .flag { flags |= bit }
    if range.upperBound < text.count, text[range.upperBound] == UInt8(ascii: "=") { keys |= bit }
    noteCue(text, range, bit)
    frame = ByteHash.mix(frame, 0x100)
    count += 1
  }

  func kind(at place: Int) -> WordKind { WordKind(rawValue: kinds[place]) ?? .plain }

  func range(at place: Int) -> Range<Int> { Int(starts[place])..<Int(ends[place]) }

  /// Whether the message lists a state: several flags, or pairs of names and values.
  var isDump: Bool { flags.nonzeroBitCount >= 2 || keys.nonzeroBitCount >= 2 }

  /// How much more a value tells at a place, in tenths: behind `=` and words such as `from` it is
  /// expected to vary, behind `user` and the like even more so.
  func factor(at place: Int) -> Int {
    let bit = UInt64(1) << UInt64(place)
    if keys & bit != 0 { return 4 }
    if people & bit != 0 { return 21 }
    return named & bit != 0 ? 17 : 10
  }

  private mutating func noteCue(_ text: Span<UInt8>, _ range: Range<Int>, _ bit: UInt64) {
    var index = range.lowerBound
    while index > 0, text[index - 1] == 0x20 || Self.isQuote(text[index - 1]) { index -= 1 }
    if index > 0, text[index - 1] == UInt8(ascii: "=") { named |= bit }
    noteBehind(text, range, bit)
    guard count > 0, Int(ends[count - 1]) <= index else { return }
    for between in Int(ends[count - 1])..<index where text[between] != UInt8(ascii: ":") {
      if text[between] != 0x20, text[between] != UInt8(ascii: "=") { return }
    }
    let cue = self.range(at: count - 1)
    if Self.personCues.contains(text, cue) {
      people |= bit
    } else if Self.cues.contains(text, cue) {
      named |= bit
      if count > 1, Self.accessWords.contains(text, self.range(at: count - 2)) { people |= bit }
    }
  }

  /// What stands behind a word may say that it names a program or user: `named[<*>]`, `(root) CMD`.
  private mutating func noteBehind(_ text: Span<UInt8>, _ range: Range<Int>, _ bit: UInt64) {
    let end = range.upperBound
    if text.has("[<*>]", at: end, before: text.count)
      || text.has(":<*> ", at: end, before: text.count)
      || range.lowerBound > 4 && text.has("<*> (", at: range.lowerBound - 5, before: text.count)
    {
      named |= bit
    } else if text.has(") CMD (", at: end, before: text.count) {
      people |= bit
    }
  }

  private static let personCues = WordSet(
    "user User username userid host hostname Host rhost ruser logname owner account login database"
      + " db schema topic queue bucket tenant customer domain")
  /// `password for`, `failures for` and the like.
  private static let accessWords = WordSet("password failures login account access")
  private static let cues = WordSet(
    "name named Name from for by path file File key tag service Service"
      + " package client server peer node class job pool group role device module process program"
      + " unit plugin image pod Pod Node")

  static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x60 }

  static func isStop(_ byte: UInt8) -> Bool { byte == 0x2E || byte == 0x21 || byte == 0x3F }

  static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x3D, 0x3A, 0x2C, 0x3B, 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0x7C, 0x22, 0x27: true
    default: false
    }
  }

  /// The other end of a short quoted text that begins at `start`.
  private static func closing(_ text: Span<UInt8>, _ start: Int) -> Int? {
    let quote = text[start]
    if start > 0, text[start - 1].isAlphanumeric { return nil }
    var index = start + 1
    let limit = min(text.count, start + Limits.quotedBytes + 2)
    while index < limit {
      if text[index] == 0x2A, hasBlank(text, start + 1..<limit, quote) { return nil }
      if text[index] == quote, index + 1 == text.count || !text[index + 1].isAlphanumeric {
        return index > start + 1 ? index : nil
      }
      index += 1
    }
    return nil
  }

  private func hasBlank(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where text[index] == 0x20 { return true }
    return false
  }

  /// Whether a blank comes before `quote`: a quoted text of words with a mask among them is split.
  private static func hasBlank(_ text: Span<UInt8>, _ range: Range<Int>, _ quote: UInt8) -> Bool {
    for index in range {
      if text[index] == 0x20 { return true }
      if text[index] == quote { return false }
    }
    return false
  }
}
