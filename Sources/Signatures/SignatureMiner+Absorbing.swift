/// Signatures that another miner found in another part of the stream.
extension SignatureMiner {
  /// Files a signature of another miner, with its messages, under one of this miner: under those that
  /// its template agrees with, which become one, or as a new one. Returns the number it has here.
  ///
  /// What is absorbed signature by signature, in the order of their numbers, gives the same however
  /// many threads read the parts.
  ///
  /// - Complexity: linear in the signatures of the same pinned key and punctuation.
  mutating func absorb(_ foreign: Int, of other: borrowing SignatureMiner) -> Int {
    let variables = other.table.variables[foreign]
    let pinnedHash = other.table.pinnedHashes[foreign]
    let text = other.table.texts[foreign]
    words.split(text.span)
    let bucket = ByteHash.mix(pinnedHash, words.frame)
    let messages = other.table.counts[foreign]
    self.messages += messages
    let number =
      unite(agreeing(with: variables, bucket), variables: variables)
      ?? insert(foreign, of: other, bucket: bucket, variables: variables)
    guard number != Self.other else {
      refusals += messages
      return number
    }
    table.counts[number] += messages
    table.lastUses[number] = self.messages
    return number
  }

  /// Signatures that differ from the words at hand in variables of either only.
  private func agreeing(with variables: UInt64, _ bucket: UInt64) -> [Int] {
    var fits: [Int] = []
    var id = table.first(inBucket: bucket)
    while id >= 0 {
      let difference = table.difference(id, words, limit: variables.nonzeroBitCount)
      if difference != .max, difference & ~variables == 0 { fits.append(id) }
      id = table.next(after: id)
    }
    return fits
  }

  /// Makes one of several; that with the most messages stays. Nil for none.
  private mutating func unite(_ fits: [Int], variables: UInt64) -> Int? {
    guard var kept = fits.first else { return nil }
    for id in fits where table.counts[id] > table.counts[kept] { kept = id }
    var all = table.variables[kept] | variables
    for id in fits where id != kept {
      all |= table.variables[id]
      table.counts[kept] += table.counts[id]
      merges.append(SignatureMerge(old: id, new: kept))
      table.remove(id)
    }
    table.setVariables(kept, all)
    return kept
  }

  private mutating func insert(
    _ foreign: Int, of other: borrowing SignatureMiner, bucket: UInt64, variables: UInt64
  ) -> Int {
    if !table.hasRoom { makeRoom() }
    guard table.hasRoom else { return Self.other }
    let pinned = other.table.pinned[foreign]
    let id = table.insert(
      words, text: other.table.texts[foreign], bucket: bucket, pinned: pinned.span,
      pinnedHash: other.table.pinnedHashes[foreign])
    table.setVariables(id, variables)
    // What has variables was joined where it came from.
    return variables == 0 ? join(id, bucket) : id
  }
}
