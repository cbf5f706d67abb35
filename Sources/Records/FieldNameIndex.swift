/// Finds a name in `FieldName.table`: one multiplication, one look at a table and, nearly always,
/// one comparison.
struct FieldNameIndex: Sendable {
  static let shared = FieldNameIndex()

  private static let bits = 10
  /// Position in `FieldName.table`, 255 for none; collisions go to the next slot.
  private var slots: [UInt8]
  private let names: [FieldName]
  private let longest: Int
  /// Ranks of the two durations that are decided at the end of a record.
  let zapDuration: UInt16
  let traefikDuration: UInt16

  private init() {
    names = FieldName.table
    precondition(names.count < 255, "a field name's position must fit in a byte, below 255")
    slots = [UInt8](repeating: 255, count: 1 << Self.bits)
    var longest = 0
    for (position, entry) in names.enumerated() {
      let bytes = Array("\(entry.name)".utf8)
      longest = max(longest, bytes.count)
      var slot = Self.hash(bytes.span, 0..<bytes.count)
      while slots[slot] != 255 { slot = (slot + 1) & (1 << Self.bits - 1) }
      slots[slot] = UInt8(position)
    }
    self.longest = longest
    zapDuration = UInt16(names.firstIndex { $0.reading == .secondsIfZap } ?? 0)
    traefikDuration = UInt16(names.firstIndex { $0.reading == .nanosecondsIfTraefik } ?? 0)
  }

  /// The position in the table of the name in `range`.
  func position(of text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= longest else { return nil }
    var slot = Self.hash(text, range)
    while slots[slot] != 255 {
      let position = Int(slots[slot])
      if names[position].name.matches(text, range) { return position }
      slot = (slot + 1) & (1 << Self.bits - 1)
    }
    return nil
  }

  func entry(_ position: Int) -> FieldName { names[position] }

  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let first = UInt32(text[range.lowerBound])
    let middle = UInt32(text[range.lowerBound + range.count / 2])
    let last = UInt32(text[range.upperBound - 1])
    let packed = first | middle << 8 | last << 16 | UInt32(range.count) << 24
    return Int((packed &* 0x9E37_79B1) >> UInt32(32 - bits))
  }
}
