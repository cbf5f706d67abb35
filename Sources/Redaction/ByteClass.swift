/// A set of bytes.
struct ByteClass: Hashable, Sendable {
  private var words: [4 of UInt64] = [0, 0, 0, 0]

  init() {}

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { insert(byte) }
  }

  @inline(__always)  // Once a byte of every text.
  func contains(_ byte: UInt8) -> Bool {
    words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1
  }

  mutating func insert(_ byte: UInt8) {
    words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
  }

  mutating func formUnion(_ other: ByteClass) {
    for index in 0..<4 { words[index] |= other.words[index] }
  }

  mutating func invert() {
    for index in 0..<4 { words[index] = ~words[index] }
  }

  /// Letters in both cases where one of them is in the set.
  mutating func foldCase() {
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z")
    where contains(byte) || contains(byte - 32) {
      insert(byte)
      insert(byte - 32)
    }
  }

  var bytes: [UInt8] { (UInt8.min...UInt8.max).filter(contains) }

  static func == (left: Self, right: Self) -> Bool {
    (0..<4).allSatisfy { left.words[$0] == right.words[$0] }
  }

  func hash(into hasher: inout Hasher) {
    for index in 0..<4 { hasher.combine(words[index]) }
  }

  static let digits = ByteClass(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let alphanumeric: ByteClass = {
    var all = digits
    all.formUnion(ByteClass(UInt8(ascii: "a")...UInt8(ascii: "z")))
    all.foldCase()
    return all
  }()
  static let word: ByteClass = {
    var all = alphanumeric
    all.insert(UInt8(ascii: "_"))
    return all
  }()
  static let space = ByteClass(" \t\r\n\u{B}\u{C}".utf8)
  static let lineEnd = ByteClass("\n".utf8)
}
