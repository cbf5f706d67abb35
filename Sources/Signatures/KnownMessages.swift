/// Which signature a masked message belongs to, by the message's hash: a cache of four places a set,
/// of which the one that was put in first makes room.
struct KnownMessages: Sendable {
  private struct Entry: Sendable {
    var hash: UInt64 = 0
    var signature: UInt32 = 0
    /// The signature's generation when the entry was made; a later one makes it void.
    var generation: UInt32 = 0
  }

  private var entries = [Entry](repeating: Entry(), count: Limits.knownMessages)

  /// The signature and generation stored for `hash`.
  func signature(of hash: UInt64) -> (signature: Int, generation: UInt32)? {
    let first = Int(truncatingIfNeeded: hash >> 20) & (Limits.knownMessages - 4)
    for place in first..<first + 4 where entries[place].hash == hash {
      return (Int(entries[place].signature), entries[place].generation)
    }
    return nil
  }

  mutating func store(_ hash: UInt64, signature: Int, generation: UInt32) {
    let first = Int(truncatingIfNeeded: hash >> 20) & (Limits.knownMessages - 4)
    var place = first + 3
    for candidate in first..<first + 4 where entries[candidate].hash == hash { place = candidate }
    while place > first {
      entries[place] = entries[place - 1]
      place -= 1
    }
    entries[first] = Entry(hash: hash, signature: UInt32(signature), generation: generation)
  }
}
