/// A set of byte values.
package struct ByteSet: Hashable, Sendable {
  // Four fields and not an array: a set is copied for every position of every string.
  private var word0: UInt64
  private var word1: UInt64
  private var word2: UInt64
  private var word3: UInt64

  private init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
    self.word0 = word0
    self.word1 = word1
    self.word2 = word2
    self.word3 = word3
  }

  /// The empty set.
  package init() {
    self.init(0, 0, 0, 0)
  }

  /// The set of one byte.
  package init(_ byte: UInt8) {
    self.init()
    insert(byte)
  }

  /// The set of all bytes of a range.
  package init(_ bytes: ClosedRange<UInt8>) {
    self.init()
    for byte in bytes { insert(byte) }
  }

  /// The set of the bytes of a text.
  package init(_ text: StaticString) {
    self.init()
    for byte in text.description.utf8 { insert(byte) }
  }

  /// Puts a byte into the set.
  package mutating func insert(_ byte: UInt8) {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: word0 |= bit
    case 1: word1 |= bit
    case 2: word2 |= bit
    default: word3 |= bit
    }
  }

  /// Takes a byte out of the set.
  package mutating func remove(_ byte: UInt8) {
    self = subtracting(ByteSet(byte))
  }

  /// Whether the byte is in the set.
  package func contains(_ byte: UInt8) -> Bool {
    let word =
      switch byte >> 6 {
      case 0: word0
      case 1: word1
      case 2: word2
      default: word3
      }
    return word >> UInt64(byte & 63) & 1 == 1
  }

  /// How many bytes are in the set.
  package var count: Int {
    word0.nonzeroBitCount + word1.nonzeroBitCount + word2.nonzeroBitCount + word3.nonzeroBitCount
  }

  /// Whether no byte is in the set.
  package var isEmpty: Bool { word0 | word1 | word2 | word3 == 0 }

  /// The set as bits, the lowest byte's first.
  package var words: [UInt64] { [word0, word1, word2, word3] }

  /// The bytes of the set in their order.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    visit { bytes.append($0) }
    return bytes
  }

  /// Hands over each byte of the set, in their order.
  package func visit(_ body: (UInt8) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(UInt8(64 * index + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
  }

  /// The bytes that are in either set.
  package func union(_ other: ByteSet) -> ByteSet {
    ByteSet(
      word0 | other.word0, word1 | other.word1, word2 | other.word2, word3 | other.word3)
  }

  /// The bytes that are in both sets.
  package func intersection(_ other: ByteSet) -> ByteSet {
    ByteSet(
      word0 & other.word0, word1 & other.word1, word2 & other.word2, word3 & other.word3)
  }

  /// The bytes of this set that are not in the other.
  package func subtracting(_ other: ByteSet) -> ByteSet { intersection(other.complement) }

  /// The bytes that are not in the set.
  package var complement: ByteSet { ByteSet(~word0, ~word1, ~word2, ~word3) }

  /// Whether every byte of this set is in the other.
  package func isSubset(of other: ByteSet) -> Bool { subtracting(other).isEmpty }

  /// Whether no byte is in both sets.
  package func isDisjoint(with other: ByteSet) -> Bool { intersection(other).isEmpty }
}

extension ByteSet {
  /// Every byte.
  package static let all = ByteSet().complement
  /// What separates lines, and stands before and behind a text.
  package static let newline = ByteSet(0x0A)
  /// ASCII `[0-9]`, PCRE2's `\d`.
  package static let digit = ByteSet(0x30...0x39)
  /// ASCII letters.
  package static let letter = ByteSet(0x41...0x5A).union(ByteSet(0x61...0x7A))
  /// ASCII letters, digits and the underscore, PCRE2's `\w`.
  package static let word = letter.union(digit).union(ByteSet(0x5F))
  /// ASCII white space, PCRE2's `\s`.
  package static let space = ByteSet(0x09...0x0D).union(ByteSet(0x20))
  /// Every ASCII character.
  package static let ascii = ByteSet(0x00...0x7F)
  /// Bytes of longer characters, and those that no text has.
  package static let high = ByteSet(0x80...0xFF)
  /// First bytes of the UTF-8 form of characters outside ASCII.
  package static let lead = ByteSet(0xC2...0xF4)
  /// The other bytes of that form.
  package static let continuation = ByteSet(0x80...0xBF)
}
