/// The signatures that are known, by number: words, variables, count and the chain of those that a
/// new message may belong to. Bounded by `Limits.signatures`.
struct SignatureTable: Sendable {
  static let stride = Limits.wordsPerMessage
  private static let chains = 16_384

  /// `stride` a signature.
  private(set) var hashes: [UInt64] = []
  private var kinds: [UInt8] = []
  private(set) var variables: [UInt64] = []
  /// A byte of the hashes of the first eight words, and which of them are no variables: most
  /// signatures are told from a message by these alone.
  private var tags: [UInt64] = []
  private var tagMasks: [UInt64] = []
  private(set) var wordy: [UInt64] = []
  private(set) var buckets: [UInt64] = []
  private(set) var texts: [[UInt8]] = []
  private(set) var pinned: [[UInt8]] = []
  private(set) var pinnedHashes: [UInt64] = []
  var counts: [Int] = []
  /// The number of the last message that was filed under it.
  var lastUses: [Int] = []
  private(set) var generations: [UInt32] = []
  private(set) var isLive: [Bool] = []
  private var next: [Int32] = []
  private var heads = [Int32](repeating: -1, count: chains)
  private(set) var free: [Int] = []
  /// Freed, but a caller may not know yet: not used again until the merges were taken.
  private(set) var resting: [Int] = []

  init() {
    append()
    isLive[0] = true
  }

  var count: Int { counts.count - free.count - resting.count - 1 }
  var hasRoom: Bool { !free.isEmpty || counts.count < Limits.signatures }

  private mutating func append() {
    for _ in 0..<Self.stride {
      hashes.append(0)
      kinds.append(0)
    }
    variables.append(0)
    tags.append(0)
    tagMasks.append(0)
    wordy.append(0)
    buckets.append(0)
    texts.append([])
    pinned.append([])
    pinnedHashes.append(0)
    counts.append(0)
    lastUses.append(0)
    generations.append(1)
    isLive.append(false)
    next.append(-1)
  }

  /// Files a message as a signature of its own. There must be room. `text` ends with its last word.
  mutating func insert(
    _ words: borrowing MessageWords, text: [UInt8], bucket: UInt64, pinned key: Span<UInt8>,
    pinnedHash: UInt64
  ) -> Int {
    let id: Int
    if let last = free.popLast() {
      id = last
    } else {
      id = counts.count
      append()
    }
    for place in 0..<words.count {
      hashes[id * Self.stride + place] = words.hashes[place]
      kinds[id * Self.stride + place] = words.kinds[place]
    }
    tags[id] = words.tags
    setVariables(id, 0)
    wordy[id] = words.wordy
    buckets[id] = bucket
    texts[id] = text
    pinned[id] = key.extracting(0..<min(key.count, Limits.pinnedBytes)).copied
    pinnedHashes[id] = pinnedHash
    counts[id] = 0
    isLive[id] = true
    let chain = Int(truncatingIfNeeded: bucket) & (Self.chains - 1)
    next[id] = heads[chain]
    heads[chain] = Int32(id)
    return id
  }

  mutating func setVariables(_ id: Int, _ places: UInt64) {
    variables[id] = places
    var mask = UInt64.max
    for place in 0..<8 where places >> UInt64(place) & 1 == 1 {
      mask &= ~(0xFF << UInt64(8 * place))
    }
    tagMasks[id] = mask
  }

  /// Forgets a signature; its number rests until `wake`.
  mutating func remove(_ id: Int) {
    let chain = Int(truncatingIfNeeded: buckets[id]) & (Self.chains - 1)
    if Int(heads[chain]) == id {
      heads[chain] = next[id]
    } else {
      var place = Int(heads[chain])
      while place >= 0, Int(next[place]) != id { place = Int(next[place]) }
      if place >= 0 { next[place] = next[id] }
    }
    isLive[id] = false
    generations[id] &+= 1
    texts[id] = []
    pinned[id] = []
    resting.append(id)
  }

  /// Lets the numbers that rest be used again.
  mutating func wake() {
    free.append(contentsOf: resting)
    resting.removeAll(keepingCapacity: true)
  }

  func first(inBucket bucket: UInt64) -> Int {
    matching(bucket, from: Int(heads[Int(truncatingIfNeeded: bucket) & (Self.chains - 1)]))
  }

  func next(after id: Int) -> Int { matching(buckets[id], from: Int(next[id])) }

  private func matching(_ bucket: UInt64, from start: Int) -> Int {
    var id = start
    while id >= 0, buckets[id] != bucket { id = Int(next[id]) }
    return id
  }

  func hash(_ id: Int, _ place: Int) -> UInt64 { hashes[id * Self.stride + place] }

  func kind(_ id: Int, _ place: Int) -> WordKind {
    WordKind(rawValue: kinds[id * Self.stride + place]) ?? .plain
  }

  /// In how many of the first eight words a message with `tags` surely differs from the signature.
  func tagDifferences(_ id: Int, _ tags: UInt64) -> Int {
    // One bit for each byte that is not nought.
    let unlike = (self.tags[id] ^ tags) & tagMasks[id]
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return (((unlike & low) &+ low | unlike) & ~low).nonzeroBitCount
  }

  /// Places in which the message has another word than the signature, its variables left out. Stops
  /// when there are more than `limit`.
  func difference(_ id: Int, _ words: borrowing MessageWords, limit: Int) -> UInt64 {
    var difference: UInt64 = 0
    var found = 0
    let base = id * Self.stride
    let variables = variables[id]
    for place in 0..<words.count where hashes[base + place] != words.hashes[place] {
      let bit = UInt64(1) << UInt64(place)
      if variables & bit != 0 { continue }
      difference |= bit
      found += 1
      if found > limit { return .max }
    }
    return difference
  }
}

extension SignatureTable {
  /// Takes back a signature that no caller has heard of; its number may be used at once.
  mutating func withdraw(_ id: Int) {
    remove(id)
    resting.removeLast()
    free.append(id)
  }
}
