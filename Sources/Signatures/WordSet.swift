/// A few short words, each of at most eight bytes, kept as numbers: whether a word is among them
/// takes one comparison a member.
struct WordSet: Sendable {
  private var members: [UInt64] = []
  private var longest = 0
  /// For each length a bit for each first letter that occurs, case aside: most words are refused
  /// by these.
  private var firstLetters = InlineArray<9, UInt32>(repeating: 0)

  init(_ words: String) {
    for word in words.split(separator: " ") {
      precondition(word.utf8.count <= 8, "a word of a set has at most eight bytes")
      var key: UInt64 = 0
      for byte in word.utf8 { key = key << 8 | UInt64(byte) }
      members.append(key)
      firstLetters[word.utf8.count] |= Self.bit(word.utf8.first ?? 0)
      longest = max(longest, word.utf8.count)
    }
    members.sort()
  }

  @inline(__always)
  private static func bit(_ letter: UInt8) -> UInt32 { 1 << UInt32(letter & 31) }

  /// Whether the bytes in `range`, as they are, make up a word of the set.
  @inline(__always)
  func contains(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= longest, !range.isEmpty,
      firstLetters[range.count] & Self.bit(bytes[range.lowerBound]) != 0
    else { return false }
    return isMember(bytes, range)
  }

  private func isMember(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
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
