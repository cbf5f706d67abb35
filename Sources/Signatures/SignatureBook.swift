/// Signatures by handles that stay: a miner's numbers change as signatures merge, and are given to
/// others later.
package struct SignatureBook: Sendable {
  /// The handle of what is not told apart.
  package static let other = 0

  private var miner = SignatureMiner()
  private var merges: [SignatureMerge] = []
  /// By a miner's number, its handle; 0 for none.
  private var handles: [Int] = []
  /// By handle, the miner's number; of the last of a chain only.
  private var numbers: [Int] = [SignatureMiner.other]
  /// By handle, the handle it was merged into, or itself.
  private var parents: [Int] = [other]
  private var pinned: [UInt8] = []

  package init() {}

  /// The handle of a record's signature.
  ///
  /// - Parameters:
  ///   - message: where the record's own words are: behind its time, level and process.
  ///   - key: what else must be equal beside what the text pins.
  package mutating func handle(of text: Span<UInt8>, message: Range<Int>, key: Span<UInt8>) -> Int {
    let parts = PinnedParts(text)
    // Out of `self` for the call, so that a view of it and the miner can be used together; a move.
    var pinned: [UInt8] = []
    swap(&pinned, &self.pinned)
    defer { swap(&pinned, &self.pinned) }
    pinned.removeAll(keepingCapacity: true)
    for index in key.indices { pinned.append(key[index]) }
    parts.append(of: text, to: &pinned)
    var range = parts.headline ?? message.clamped(to: 0..<text.count)
    if range.isEmpty { range = 0..<text.count }
    let number = miner.signature(of: Self.firstLine(of: text, range), pinned: pinned.span)
    takeMerges()
    return handle(ofNumber: number)
  }

  /// The first line of a part of the text that is not empty.
  @_lifetime(copy text)
  private static func firstLine(of text: Span<UInt8>, _ range: Range<Int>) -> Span<UInt8> {
    var end = range.lowerBound
    while end < range.upperBound, text[end] != 0x0A { end += 1 }
    return text.extracting(range.lowerBound..<end)
  }

  private mutating func takeMerges() {
    guard miner.hasMerges else { return }
    miner.takeMerges(into: &merges)
    for merge in merges {
      let old = handle(ofNumber: merge.old)
      parents[old] = merge.new == SignatureMiner.other ? Self.other : handle(ofNumber: merge.new)
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

  /// The handle that stands for this one now.
  package mutating func current(_ handle: Int) -> Int {
    var root = handle
    while parents[root] != root { root = parents[root] }
    var walked = handle
    while parents[walked] != root, walked != root {
      (parents[walked], walked) = (root, parents[walked])
    }
    return root
  }

  /// The template, then what is pinned, in parentheses. Allocates.
  package mutating func text(of handle: Int) -> String {
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

  /// Signatures that were forgotten, and messages that were filed under `other` for want of room.
  package var evictions: Int { miner.evictions + miner.refusals }
}
