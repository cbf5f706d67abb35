/// A signature apart from the miner that found it: what another run or another part of the stream needs to
/// know it again.
package struct StoredSignature: Sendable, Equatable {
  /// The masked text of a message of its kind.
  package var text: [UInt8]
  /// Which of its words vary, one bit each.
  package var variables: UInt64
  /// What is pinned, cut at `Limits.pinnedBytes`, and the hash of all of it.
  package var pinned: [UInt8]
  package var pinnedHash: UInt64

  package init(text: [UInt8], variables: UInt64, pinned: [UInt8], pinnedHash: UInt64) {
    self.text = text
    self.variables = variables
    self.pinned = pinned
    self.pinnedHash = pinnedHash
  }
}

/// Signatures that another miner found in another part of the stream.
extension SignatureMiner {
  /// What there is to know of a signature.
  func stored(_ id: Int) -> StoredSignature {
    StoredSignature(
      text: table.texts[id], variables: table.variables[id], pinned: table.pinned[id],
      pinnedHash: table.pinnedHashes[id])
  }

  /// Files a signature of another miner, with its messages, under one of this miner: under those that
  /// its template agrees with, which become one, or as a new one. Returns the number it has here.
  ///
  /// What is absorbed signature by signature, in the order of their numbers, gives the same however
  /// many threads read the parts.
  ///
  /// - Complexity: linear in the signatures of the same pinned key and punctuation.
  mutating func absorb(_ signature: StoredSignature, messages: Int) -> Int {
    words.split(signature.text.span)
    let bucket = ByteHash.mix(signature.pinnedHash, words.frame)
    self.messages += messages
    let number =
      unite(agreeing(with: signature.variables, bucket), variables: signature.variables)
      ?? insert(signature, bucket: bucket)
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

  private mutating func insert(_ signature: StoredSignature, bucket: UInt64) -> Int {
    if !table.hasRoom { makeRoom() }
    guard table.hasRoom else { return Self.other }
    let id = table.insert(
      words, text: signature.text, bucket: bucket, pinned: signature.pinned.span,
      pinnedHash: signature.pinnedHash)
    table.setVariables(id, signature.variables)
    // What has variables was joined where it came from.
    return signature.variables == 0 ? join(id, bucket) : id
  }
}
