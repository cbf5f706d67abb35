/// One gram of one string in a filter, with eight bytes of the string to compare at once.
struct NeedleEntry: Sendable {
  /// What the eight bytes are where they are known: one byte, or a letter in either case.
  var value: UInt64 = 0
  /// The bits of `value` that count.
  var mask: UInt64 = 0
  /// The bit that tells lower case from upper case, where it does not count.
  var fold: UInt64 = 0
  /// The gram's bytes, each with that bit set.
  var gram: UInt32
  var needle: UInt32
  /// Where the gram begins in its string.
  var offset: Int32
  /// Where the eight bytes begin in the string.
  var window: Int32
  /// No place of the string is left to be compared once the eight bytes agree.
  var isWhole = false

  /// The entry of the gram at one offset of a string.
  init(_ string: ClassString, needle: UInt32, offset: Int, gram: UInt32) {
    self.gram = gram
    self.needle = needle
    self.offset = Int32(offset)
    let count = string.classes.count
    let starts = 0...max(0, count - 8)
    // The window in which most bytes are known.
    let known = string.classes.map { Self.known($0) != nil }
    let start = starts.max { left, right in
      known[left..<min(count, left + 8)].count { $0 }
        < known[right..<min(count, right + 8)].count { $0 }
    }
    window = Int32(start ?? 0)
    isWhole = count <= 8
    for place in 0..<min(8, count) {
      guard let byte = Self.known(string.classes[Int(window) + place]) else {
        isWhole = false
        continue
      }
      let shift = UInt64(8 * place)
      value |= UInt64(byte.value) << shift
      mask |= 0xFF << shift
      fold |= UInt64(byte.fold) << shift
    }
  }

  /// The byte of a class of one, or of one letter in both cases.
  private static func known(_ set: ByteSet) -> (value: UInt8, fold: UInt8)? {
    let bytes = set.count <= 2 ? set.bytes : []
    guard let first = bytes.first, let last = bytes.last else { return nil }
    if bytes.count == 1 { return (first, 0) }
    return first | 0x20 == last ? (last, 0x20) : nil
  }
}
