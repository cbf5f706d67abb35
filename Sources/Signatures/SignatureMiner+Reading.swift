/// What is known of a signature.
extension SignatureMiner {
  /// The numbers of all signatures, `other` left out, in ascending order.
  package var signatures: [Int] { (1..<table.counts.count).filter { table.isLive[$0] } }

  /// How many signatures are known.
  package var signatureCount: Int { table.count }

  /// Messages that were filed under a signature, those of the ones merged into it included.
  package func count(of id: Int) -> Int { table.counts[id] }

  /// The pinned key, cut at `Limits.pinnedBytes`.
  package func pinned(of id: Int) -> [UInt8] { table.pinned[id] }

  /// The masked message with `<*>` for each variable. Allocates.
  package func template(of id: Int) -> [UInt8] {
    guard id != Self.other else { return Array("other".utf8) }
    let text = table.texts[id]
    var words = MessageWords()
    words.split(text.span)
    var template: [UInt8] = []
    var copied = 0
    for place in 0..<words.count where table.variables[id] >> UInt64(place) & 1 == 1 {
      let range = words.range(at: place)
      template.append(contentsOf: text[copied..<range.lowerBound])
      template.append(contentsOf: "<*>".utf8)
      copied = range.upperBound
    }
    template.append(contentsOf: text[copied...])
    return template
  }

  /// A name of the signature that is the same in every run: a hash of its pinned key and template.
  package func hash(of id: Int) -> UInt64 {
    ByteHash.hash(template(of: id).span, from: table.pinnedHashes[id])
  }

  /// Takes over a signature of an earlier run, so that messages of its kind are filed under it from
  /// the first on. `template` is what `template(of:)` gave. Returns its number.
  package mutating func adopt(template: Span<UInt8>, pinned: Span<UInt8>, count: Int) -> Int {
    let pinnedHash = ByteHash.hash(pinned)
    masking.clear()
    masking.append(template)
    words.split(masking)
    let bucket = ByteHash.mix(pinnedHash, words.frame)
    if !table.hasRoom { makeRoom() }
    guard table.hasRoom else { return Self.other }
    let text = masking.masked.extracting(0..<words.end).copied
    let id = table.insert(
      words, text: text, bucket: bucket, pinned: pinned, pinnedHash: pinnedHash)
    var variables: UInt64 = 0
    for place in 0..<words.count where words.kind(at: place) == .mask {
      variables |= 1 << UInt64(place)
    }
    table.setVariables(id, variables)
    table.counts[id] = count
    table.lastUses[id] = messages
    return id
  }
}
