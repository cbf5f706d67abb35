import Testing

@testable import Following

/// Texts for trails: seeded, and different everywhere.
enum TrailText {
  static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8(ascii: "a") + UInt8(random.next() % 26) }
  }

  /// The trail of a text that is read whole.
  static func trail(_ bytes: [UInt8]) -> TextTrail {
    var trail = TextTrail()
    trail.append(bytes.span)
    return trail
  }

  /// What is known of a text that is taken up at `offset`.
  static func trail(_ bytes: [UInt8], from offset: Int) -> TextTrail {
    let window = max(0, offset - Limits.windowBytes)..<offset
    return TextTrail(
      offset: Int64(offset), head: Array(bytes.prefix(min(offset, Limits.windowBytes))),
      window: Array(bytes[window]))
  }
}

@Suite("The trail of a text")
struct TextTrailTests {
  @Test("is bounded, however long the text")
  func bounded() {
    let piece = TrailText.bytes(10_000)
    var trail = TextTrail()
    for _ in 0..<300 {
      trail.append(piece.span)
      #expect(trail.marks.count <= Limits.trailMarks)
    }
    #expect(trail.offset == 3_000_000)
    #expect(trail.head == Array(piece.prefix(Limits.windowBytes)))
    #expect(trail.window == Array(piece.suffix(Limits.windowBytes)))
    // The windows lie over the whole text.
    #expect(trail.marks.count > Limits.trailMarks / 3)
    let places = trail.marks.indices.map { Int64($0 + 1) * trail.markBytes }
    #expect(trail.marks.map(\.offset) == places)
    #expect((trail.marks.last?.offset ?? 0) + trail.markBytes > trail.offset)
  }

  @Test("is the same, whatever the pieces the text comes in", arguments: 1...20)
  func pieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = TrailText.bytes(Int.random(in: 1...60_000, using: &random), seed: seed)
    var trail = TextTrail()
    var start = 0
    while start < bytes.count {
      let longest = [3, 256, 257, 9_000].randomElement(using: &random) ?? 1
      let end = min(start + Int.random(in: 1...longest, using: &random), bytes.count)
      trail.append(Array(bytes[start..<end]).span)
      start = end
    }
    #expect(trail == TrailText.trail(bytes))
  }

  @Test("of nothing is that of no text, also after nothing more")
  func nothing() {
    var trail = TextTrail()
    trail.append([UInt8]().span)
    #expect(trail == TextTrail())
    #expect(trail.offset == 0)
  }

  @Test("differs when any byte does", arguments: [0, 255, 256, 1_000, 2_047, 2_048, 2_999])
  func differs(index: Int) {
    var bytes = TrailText.bytes(3_000)
    let trail = TrailText.trail(bytes)
    bytes[index] ^= 1
    #expect(TrailText.trail(bytes) != trail)
  }

  @Test(
    "that is taken up in the middle goes on like that of the whole text",
    arguments: [1, 100, 256, 257, 5_000, 19_999])
  func middle(offset: Int) {
    let bytes = TrailText.bytes(20_000)
    let whole = TrailText.trail(bytes)
    var trail = TrailText.trail(bytes, from: offset)
    trail.append(Array(bytes[offset...]).span)
    #expect(trail.offset == whole.offset)
    #expect(trail.head == whole.head)
    #expect(trail.window == whole.window)
    let known = Dictionary(uniqueKeysWithValues: whole.marks.map { ($0.offset, $0.hash) })
    #expect(trail.marks.allSatisfy { known[$0.offset] == nil || known[$0.offset] == $0.hash })
    #expect(trail.marks.allSatisfy { $0.offset > offset })
  }

  @Test("of a hole has the NUL bytes at its ends", arguments: [1, 255, 256, 300, 100_000])
  func hole(zeros: Int) {
    let (before, after) = (TrailText.bytes(100), TrailText.bytes(700, seed: 2))
    var trail = TrailText.trail(before)
    trail.append(zeros: Int64(zeros))
    trail.append(after.span)
    let whole = TrailText.trail(before + [UInt8](repeating: 0, count: zeros) + after)
    #expect(trail.offset == whole.offset)
    #expect(trail.head == whole.head)
    #expect(trail.window == whole.window)
    let known = Dictionary(uniqueKeysWithValues: whole.marks.map { ($0.offset, $0.hash) })
    #expect(trail.marks.allSatisfy { known[$0.offset] == nil || known[$0.offset] == $0.hash })
  }
}
