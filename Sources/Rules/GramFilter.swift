/// Finds the places in a text where a required string of some pattern stands.
///
/// Every other byte of the text is taken as the start of a gram of four bytes, hashed, and looked up
/// in one table; only where the table knows the hash are the strings themselves compared. So each
/// string is filed under two grams, one for each parity of its place. Which of its grams are used is
/// chosen from a sample of the text, since the rarest cost the least.
///
/// The design, its alternatives and what each of them cost were measured on a prototype: stride 2
/// with byte classes looked at a quarter of the places that stride 1 with plain strings did.
struct GramFilter: Sendable {
  /// One required string.
  struct Needle: Sendable {
    /// Its first byte's class, in `classes`; the others follow.
    var first: UInt32
    var count: UInt32
    /// The pattern that requires it.
    var pattern: UInt32
  }

  /// Sets the bit that tells lower case from upper case in each byte. Other bytes fall together
  /// too, which costs a comparison and loses nothing.
  static let fold: UInt32 = 0x2020_2020
  /// The table has 64 KiB. One of 16 KiB would lie in the first cache, but half of the places that
  /// had to be looked at fell on it by chance: 870 against 1,000 MB a CPU-second.
  static let tableBits = 16
  /// Any odd number does: six were tried, and differed by a fifth in the places that they hit.
  static let multiplier: UInt32 = 0x1656_67B1
  /// Bytes of a gram.
  static let gramBytes = 4
  /// The shortest string that has a gram at each parity.
  static let needleBytes = gramBytes + 1

  /// One where some gram has the hash, else nought.
  private(set) var table: [UInt8]
  /// Entries of hash h lie in `entries[buckets[h]..<buckets[h + 1]]`.
  private(set) var buckets: [UInt32]
  private(set) var entries: [NeedleEntry]
  private(set) var needles: [Needle]
  /// The byte class at each place of each string, one after the other: four words of 64 bits each.
  private(set) var classes: [UInt64]

  /// A filter for these strings, each with the grams that were chosen for it.
  init(_ chosen: [ChosenNeedle]) {
    table = [UInt8](repeating: 0, count: 1 << Self.tableBits)
    buckets = [UInt32](repeating: 0, count: 1 << Self.tableBits + 1)
    var needles: [Needle] = []
    var classes: [UInt64] = []
    var filed: [(hash: Int, entry: NeedleEntry)] = []
    for needle in chosen {
      let string = UInt32(needles.count)
      needles.append(
        Needle(
          first: UInt32(classes.count / 4), count: UInt32(needle.string.classes.count),
          pattern: UInt32(needle.pattern)))
      for set in needle.string.classes { classes += set.words }
      let grams = StringGrams(needle.string)
      for offset in needle.offsets {
        let template = NeedleEntry(needle.string, needle: string, offset: offset, gram: 0)
        grams.forEach(at: offset) { folded in
          var entry = template
          entry.gram = folded
          filed.append((Self.hash(folded), entry))
        }
      }
    }
    self.needles = needles
    self.classes = classes
    for (hash, _) in filed {
      table[hash] = 1
      buckets[hash + 1] += 1
    }
    for hash in 1..<buckets.count { buckets[hash] += buckets[hash - 1] }
    // By hash, and by string where they agree: the sort is stable.
    entries = filed.sorted { $0.hash < $1.hash }.map(\.entry)
  }

  /// The place of a folded gram in the table.
  @inline(__always)
  static func hash(_ folded: UInt32) -> Int {
    Int((folded &* multiplier) &>> UInt32(32 - tableBits))
  }
}

/// A required string with the offsets of the two grams it is filed under.
struct ChosenNeedle {
  var string: ClassString
  var pattern: Int
  /// One even and one odd.
  var offsets: [Int]
}
