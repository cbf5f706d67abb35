/// Finds the kinds of messages in a stream: a message gets the number of its signature, which is its
/// pinned key and a template with variables (`relation <*> does not exist`).
///
/// If a message was seen lately that differs from it in no more than digits, or whose masked text is
/// the same, a hash names the signature. Else it is compared with the signatures that have the same pinned key and the same punctuation: it
/// belongs to one whose words it has, and is a signature of its own otherwise. Signatures that differ
/// in the same few words become one when the values there are as many and of such kinds as those of a
/// variable. So a decision is taken when there is evidence for it, and reported as a merge; it does
/// not depend on which message came first. Words that are masks never count as agreement.
///
/// After Drain (He et al., ICWS 2017), IPLoM (Makanju et al., KDD 2009) and Brain (Yu et al., TSC
/// 2023), whose partition by the number of values at a place is done here as values arrive.
package struct SignatureMiner: Sendable {
  /// The number of what is not told apart: signatures that were forgotten for want of room.
  package static let other = 0

  var masking = Masking()
  var words = MessageWords()
  var table = SignatureTable()
  /// By the hash of masked text, and by that of text with its digits left out of account.
  var known = KnownMessages()
  var knownShapes = KnownMessages()
  /// Merges that were not taken yet, in their order.
  var merges: [SignatureMerge] = []
  /// Messages so far.
  package internal(set) var messages = 0
  /// Signatures that were forgotten for want of room.
  package internal(set) var evictions = 0
  /// Messages that were filed under `other` at once, because merges had not been taken.
  package internal(set) var refusals = 0

  package init() {}

  /// The number of the message's signature. `pinned` is what else must be equal: the rule, the
  /// exception's class, a code; two different keys never share a signature.
  ///
  /// - Complexity: linear in the message, and no allocation, when its like was seen lately;
  ///   otherwise also linear in the signatures of the same pinned key and punctuation, of which there
  ///   are at most `Limits.signaturesPerBucket`.
  package mutating func signature(of message: Span<UInt8>, pinned: Span<UInt8>) -> Int {
    let pinnedHash = ByteHash.hash(pinned)
    messages += 1
    guard message.count <= Limits.messageBytes else {
      return maskedSignature(message, pinned, pinnedHash)
    }
    let shape = ByteHash.hashDigitsAlike(message, from: pinnedHash)
    if let id = lookUp(shape, in: knownShapes) { return note(id) }
    let id = maskedSignature(message, pinned, pinnedHash)
    if id != Self.other {
      knownShapes.store(shape, signature: id, generation: table.generations[id])
    }
    return id
  }

  /// Counts a message of a signature that is known some other way; false when the number belongs to
  /// another signature by now.
  mutating func noteKnown(_ id: Int, generation: UInt32) -> Bool {
    guard table.generations[id] == generation, table.isLive[id] else { return false }
    messages += 1
    _ = note(id)
    return true
  }

  /// Tells a signature from others that have, or had, the same number.
  func generation(of id: Int) -> UInt32 { table.generations[id] }

  private mutating func maskedSignature(
    _ message: Span<UInt8>, _ pinned: Span<UInt8>, _ pinnedHash: UInt64
  ) -> Int {
    masking.mask(message)
    let hash = ByteHash.hash(masking.masked, from: pinnedHash)
    if let id = lookUp(hash, in: known) { return note(id) }
    let id = find(pinned, pinnedHash)
    if id != Self.other {
      known.store(hash, signature: id, generation: table.generations[id])
    }
    return note(id)
  }

  @inline(__always)
  private func lookUp(_ hash: UInt64, in known: borrowing KnownMessages) -> Int? {
    guard let entry = known.signature(of: hash),
      table.generations[entry.signature] == entry.generation, table.isLive[entry.signature]
    else { return nil }
    return entry.signature
  }

  @inline(__always)
  private mutating func note(_ id: Int) -> Int {
    table.counts[id] += 1
    table.lastUses[id] = messages
    return id
  }

  /// Appends the merges since the last call, in their order, and forgets them. Between two calls no
  /// number is given to another signature.
  package mutating func takeMerges(into list: inout [SignatureMerge]) {
    guard !merges.isEmpty else { return }
    list.append(contentsOf: merges)
    merges.removeAll(keepingCapacity: true)
    table.wake()
  }

  /// Whether `takeMerges` would give any.
  package var hasMerges: Bool { !merges.isEmpty }

  /// The signature of a masked message that is not known by its hash.
  private mutating func find(_ pinned: Span<UInt8>, _ pinnedHash: UInt64) -> Int {
    words.split(masking)
    let bucket = ByteHash.mix(pinnedHash, words.frame)
    if let id = match(bucket) { return id }
    if !table.hasRoom { makeRoom() }
    guard table.hasRoom else {
      refusals += 1
      return Self.other
    }
    let text = masking.masked.extracting(0..<words.end).copied
    let id = table.insert(
      words, text: text, bucket: bucket, pinned: pinned, pinnedHash: pinnedHash)
    return join(id, bucket)
  }

  /// The signature whose words the message has; the one with the fewest variables.
  private func match(_ bucket: UInt64) -> Int? {
    var best: Int?
    var fewest = Int.max
    let tags = words.tags
    var id = table.first(inBucket: bucket)
    while id >= 0 {
      if table.tagDifferences(id, tags) == 0, table.difference(id, words, limit: 0) == 0 {
        let variables = table.variables[id].nonzeroBitCount
        if variables < fewest {
          best = id
          fewest = variables
        }
      }
      id = table.next(after: id)
    }
    return best
  }
}
