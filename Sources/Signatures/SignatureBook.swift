import Bytes

/// Signatures by handles that stay: a miner's numbers change as signatures merge, and are given to
/// others later.
package struct SignatureBook: Sendable {
  /// The handle of what is not told apart.
  package static let other = 0

  /// What a record was filed under.
  package struct Entry: Sendable, Equatable {
    package var handle: Int
    /// Hash of what pins it but the place where it was raised: its class, codes, names and the
    /// captures that a rule pins.
    package var kindHash: UInt64
    /// Whether there is anything that pins it beside that place.
    package var isPinned: Bool
    /// Where in the text the class of the root error is.
    package var rootClass: Range<Int>?
  }

  private var miner = SignatureMiner()
  private var merges: [SignatureMerge] = []
  /// By a miner's number, its handle; 0 for none.
  private var handles: [Int] = []
  /// By handle, the miner's number; of the last of a chain only.
  private var numbers: [Int] = [SignatureMiner.other]
  /// By handle, the handle it was merged into, or itself.
  private var parents: [Int] = [other]
  /// Handles that were merged into others since `takeRetired`.
  private var retired: [Int] = []
  private var pinned: [UInt8] = []
  private var known = KnownRecords()

  package init() {}

  /// Files a record under its signature.
  ///
  /// - Parameters:
  ///   - message: where the record's own words are: behind its time, level and process.
  ///   - key: what else must be equal beside what the text pins.
  package mutating func file(_ text: Span<UInt8>, message: Range<Int>, key: Span<UInt8>) -> Entry {
    // Where the message lies decides what is mined of a text without an error's class.
    let place = UInt64(truncatingIfNeeded: message.lowerBound << 32 ^ message.upperBound)
    let hash = ByteHash.hashNumbersAlike(text, from: ByteHash.hash(key, from: place))
    if let known = known.entry(of: hash),
      miner.noteKnown(Int(known.signature), generation: known.generation)
    {
      return Entry(
        handle: handle(ofNumber: Int(known.signature)), kindHash: known.kindHash,
        isPinned: known.isPinned, rootClass: known.rootClass)
    }
    return read(text, message: message, key: key, hash: hash)
  }

  /// Reads what is pinned in a record whose like is not known; `hash` is that of its like.
  mutating func read(
    _ text: Span<UInt8>, message: Range<Int>, key: Span<UInt8>, hash: UInt64
  ) -> Entry {
    let parts = PinnedParts(text)
    // Out of `self` for the call, so that a view of it and the miner can be used together; a move.
    var pinned: [UInt8] = []
    swap(&pinned, &self.pinned)
    defer { swap(&pinned, &self.pinned) }
    pinned.removeAll(keepingCapacity: true)
    for index in key.indices { pinned.append(key[index]) }
    parts.appendKind(of: text, to: &pinned)
    let kindHash = ByteHash.hash(pinned.span)
    let isPinned = !pinned.isEmpty
    parts.appendFrame(of: text, to: &pinned)
    var range = parts.headline ?? message.clamped(to: 0..<text.count)
    if range.isEmpty { range = 0..<text.count }
    let number = miner.signature(of: Self.firstLine(of: text, range), pinned: pinned.span)
    takeMerges()
    // A text of the same hash has the same parts at the same places, and the same words in them.
    if !parts.mayVary(text), number != SignatureMiner.other {
      known.store(
        KnownRecords.Entry(
          hash: hash, kindHash: kindHash, signature: UInt32(number),
          generation: miner.generation(of: number), isPinned: isPinned, rootClass: parts.rootClass))
    }
    return Entry(
      handle: handle(ofNumber: number), kindHash: kindHash, isPinned: isPinned,
      rootClass: parts.rootClass)
  }

  /// The first line of a part of the text that is not empty.
  @_lifetime(copy text)
  private static func firstLine(of text: Span<UInt8>, _ range: Range<Int>) -> Span<UInt8> {
    let end = text.firstIndex(of: 0x0A, from: range.lowerBound) ?? text.count
    return text.extracting(range.lowerBound..<min(end, range.upperBound))
  }

  private mutating func takeMerges() {
    guard miner.hasMerges else { return }
    miner.takeMerges(into: &merges)
    for merge in merges {
      let old = handle(ofNumber: merge.old)
      parents[old] = merge.new == SignatureMiner.other ? Self.other : handle(ofNumber: merge.new)
      retired.append(old)
      handles[merge.old] = 0
    }
    merges.removeAll(keepingCapacity: true)
  }

  private mutating func handle(ofNumber number: Int) -> Int {
    guard number != SignatureMiner.other else { return Self.other }
    while handles.count <= number { handles.append(0) }
    if handles[number] == 0 {
      handles[number] = numbers.count
      parents.append(numbers.count)
      numbers.append(number)
    }
    return handles[number]
  }

  /// Takes over the signatures of a book of another part of the stream.
  ///
  /// - Returns: by handle of the other book, the handle here.
  package mutating func merge(_ book: SignatureBook) -> [Int] {
    var found = [Int](repeating: Self.other, count: book.numbers.count)
    for foreign in book.miner.signatures {
      guard book.handles.indices.contains(foreign), book.handles[foreign] != 0 else { continue }
      let number = miner.absorb(
        book.miner.stored(foreign), messages: book.miner.count(of: foreign))
      takeMerges()
      found[book.handles[foreign]] = handle(ofNumber: number)
    }
    return found.indices.map { current(found[book.current($0)]) }
  }

  /// Takes over a signature that `stored` gave, here or in another run, with so many messages. Returns
  /// its handle.
  package mutating func restore(_ signature: StoredSignature, messages: Int) -> Int {
    let number = miner.absorb(signature, messages: messages)
    takeMerges()
    return handle(ofNumber: number)
  }

  /// What another run needs to know a signature again.
  package func stored(_ handle: Int) -> StoredSignature {
    miner.stored(numbers[current(handle)])
  }

  /// Takes the handles that no longer stand for themselves, in the order in which they were merged.
  package mutating func takeRetired() -> [Int] {
    guard !retired.isEmpty else { return [] }
    defer { retired.removeAll(keepingCapacity: true) }
    return retired
  }

  /// The handle that stands for this one now.
  package func current(_ handle: Int) -> Int {
    var root = handle
    while parents[root] != root { root = parents[root] }
    return root
  }

  /// The template, then what is pinned, in parentheses. Allocates.
  package func text(of handle: Int) -> String {
    let number = numbers[current(handle)]
    var text = miner.template(of: number)
    if number != SignatureMiner.other {
      let key = miner.pinned(of: number)
      if !key.isEmpty {
        text += " (".utf8
        text += key
        text += ")".utf8
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A name of the signature that is the same in every run as long as its template is. Allocates.
  package func hash(of handle: Int) -> UInt64 { miner.hash(of: numbers[current(handle)]) }

  /// Signatures that were forgotten, and messages that were filed under `other` for want of room.
  package var evictions: Int { miner.evictions + miner.refusals }
}
