/// The grams that a string of byte classes can have at each of its places.
struct StringGrams {
  /// More than this many grams for one place of a string are not filed.
  static let limit = 400

  /// The folded bytes of each class, each once.
  private let bytes: [[UInt8]]

  init(_ string: ClassString) {
    bytes = string.classes.map { set in
      var folded = ByteSet()
      for byte in set.bytes { folded.insert(byte | 0x20) }
      return folded.bytes
    }
  }

  /// Places at which a gram can begin.
  var count: Int { max(0, bytes.count - GramFilter.gramBytes + 1) }

  /// How many grams there can be at one place.
  func count(at offset: Int) -> Int {
    bytes[offset..<(offset + GramFilter.gramBytes)].reduce(1) { $0 * $1.count }
  }

  /// Each gram at one place, folded, its first byte lowest.
  func forEach(at offset: Int, _ body: (UInt32) -> Void) {
    for first in bytes[offset] {
      for second in bytes[offset + 1] {
        for third in bytes[offset + 2] {
          let low = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16
          for fourth in bytes[offset + 3] { body(low | UInt32(fourth) << 24) }
        }
      }
    }
  }
}
