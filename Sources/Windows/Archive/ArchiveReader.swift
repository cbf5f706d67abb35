/// Reads what `ArchiveWriter` wrote. The bytes may come from anywhere, so nothing is taken at its
/// word: what is too long, too large or cut off throws.
struct ArchiveReader {
  private let bytes: [UInt8]
  private(set) var offset: Int
  private let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { offset >= end }

  mutating func number() throws(ArchiveError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard offset < end else { throw .short }
      let byte = bytes[offset]
      offset += 1
      guard shift < 63 || (shift == 63 && byte <= 1) else {
        throw ArchiveError("a number has more than 64 bits")
      }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// A number of things, at most `limit`.
  mutating func count(_ limit: Int, of what: StaticString) throws(ArchiveError) -> Int {
    let value = try number()
    guard value <= UInt64(limit) else {
      throw ArchiveError("\(value) \(what), expected at most \(limit)")
    }
    return Int(value)
  }

  mutating func signed() throws(ArchiveError) -> Int64 {
    let value = try number()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  mutating func amount() throws(ArchiveError) -> Double {
    let value = try number()
    if value & 1 == 0 { return Double(value >> 1) }
    let amount = Double(bitPattern: try fixed())
    guard amount.isFinite, amount >= 0 else { throw ArchiveError("an amount is not a number") }
    return amount
  }

  mutating func fixed() throws(ArchiveError) -> UInt64 {
    guard end - offset >= 8 else { throw .short }
    var value: UInt64 = 0
    for place in 0..<8 { value |= UInt64(bytes[offset + place]) << UInt64(8 * place) }
    offset += 8
    return value
  }

  mutating func text() throws(ArchiveError) -> String {
    let length = try count(Limits.archivedNameBytes, of: "bytes of a name")
    guard end - offset >= length else { throw .short }
    defer { offset += length }
    return String(decoding: bytes[offset..<(offset + length)], as: UTF8.self)
  }

  /// Bytes as they are, at most `limit`.
  mutating func data(_ limit: Int) throws(ArchiveError) -> [UInt8] {
    let length = try count(limit, of: "bytes of a text")
    guard end - offset >= length else { throw .short }
    defer { offset += length }
    return Array(bytes[offset..<(offset + length)])
  }

  mutating func names() throws(ArchiveError) -> [String] {
    let count = try count(Limits.archivedNames, of: "names")
    var names: [String] = []
    for _ in 0..<count { names.append(try text()) }
    return names
  }

  /// Passes over so many bytes and returns where they lie.
  mutating func skip(_ length: UInt64) throws(ArchiveError) -> Range<Int> {
    guard length <= UInt64(end - offset) else { throw .short }
    let start = offset
    offset += Int(length)
    return start..<offset
  }
}
