/// A few short words, each of at most eight bytes, kept as numbers: whether a word is among them
/// takes one comparison a member.
struct WordSet: Sendable {
  private var members: [UInt64] = []
  private var longest = 0
  /// One bit for each combination of first letter and length that occurs.
  private var shapes: UInt64 = 0

  init(_ words: String) {
    for word in words.split(separator: " ") {
      var key: UInt64 = 0
      for byte in word.utf8 { key = key << 8 | UInt64(byte) }
      members.append(key)
      shapes |= Self.shape(word.utf8.first ?? 0, word.utf8.count)
      longest = max(longest, word.utf8.count)
    }
    members.sort()
  }

  @inline(__always)
  private static func shape(_ first: UInt8, _ length: Int) -> UInt64 {
    1 << UInt64((Int(first) &+ length &* 11) & 63)
  }

  /// Whether the bytes in `range`, as they are, make up a word of the set.
  func contains(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= longest, !range.isEmpty,
      shapes & Self.shape(bytes[range.lowerBound], range.count) != 0
    else { return false }
    var key: UInt64 = 0
    for index in range { key = key << 8 | UInt64(bytes[index]) }
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < members.count && members[low] == key
  }
}
