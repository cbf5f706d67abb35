import Bytes
import Testing

@testable import Following

@Suite("How a file's text stands to one that was read")
struct TextRelationTests {
  /// A text and the place that was read up to.
  static let text = TrailText.bytes(6_000)
  static let place = 4_000

  struct Copy: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let relation: TextRelation

    init(_ title: String, _ bytes: [UInt8], _ relation: TextRelation) {
      testDescription = title
      self.bytes = bytes
      self.relation = relation
    }
  }

  /// The text up to `end` with one byte changed.
  private static func changed(at index: Int, to end: Int = text.count) -> [UInt8] {
    var bytes = Array(text[..<end])
    bytes[index] ^= 1
    return bytes
  }

  private static func upTo(_ end: Int) -> [UInt8] { Array(text[..<end]) }

  /// The text up to `end` as members of at most 700 bytes.
  private static func members(_ end: Int) -> [UInt8] {
    stride(from: 0, to: end, by: 700).flatMap {
      GzipFixture.member(Array(text[$0..<min($0 + 700, end)]))
    }
  }

  static let copies = [
    Copy("the same, up to the place", upTo(place), .ends),
    Copy("the same and more", text, .continues),
    Copy("the same and one byte more", upTo(place + 1), .continues),
    Copy("one byte shorter", upTo(place - 1), .precedes),
    Copy("a beginning shorter than the first window", upTo(10), .precedes),
    Copy("one byte of it", upTo(1), .precedes),
    Copy("empty", [], .differs),
    Copy("another text", TrailText.bytes(6_000, seed: 2), .differs),
    Copy("another first byte", changed(at: 0), .differs),
    Copy("another last byte before the place", changed(at: place - 1), .differs),
    Copy("the same beginning, another middle", changed(at: place - 400), .differs),
    Copy(
      "the same beginning, another middle, shorter",
      changed(at: place - 800, to: place - 500), .differs),
    Copy("another byte behind the place", changed(at: place), .continues),
    Copy("packed, up to the place", GzipFixture.member(upTo(place)), .ends),
    Copy("packed and more", GzipFixture.member(text), .continues),
    Copy("packed and shorter", GzipFixture.member(upTo(place - 1)), .precedes),
    Copy("packed, of nothing", GzipFixture.member([]), .differs),
    Copy("packed in members, up to the place", members(place), .ends),
    Copy("packed in members and more", members(text.count), .continues),
    Copy("packed in members and shorter", members(place - 200), .precedes),
    Copy("packed, another first byte", GzipFixture.member(changed(at: 0)), .differs),
    Copy("packed, another middle", GzipFixture.member(changed(at: 2_000)), .differs),
    Copy("packed, another last byte", GzipFixture.member(changed(at: place - 1)), .differs),
    Copy(
      "packed, another byte behind the place", GzipFixture.member(changed(at: place)), .continues),
    Copy(
      "packed and cut, as while it is written",
      Array(GzipFixture.member(text).prefix(2_000)), .precedes),
    Copy("the first two bytes of a packed file", [0x1F, 0x8B], .differs),
  ]

  private func relation(of bytes: [UInt8], to trail: TextTrail) throws -> TextRelation {
    let files = SimulatedFiles()
    files.makeFile("/copy", bytes)
    var chunk = ByteChunk(capacity: 512)
    return try TextRelation(
      of: try files.open(path: "/copy"), name: "copy", to: trail, chunk: &chunk)
  }

  @Test("is told for every kind of copy", arguments: copies)
  func relation(copy: Copy) throws {
    let trail = TrailText.trail(Self.upTo(Self.place))
    #expect(try relation(of: copy.bytes, to: trail) == copy.relation)
  }

  @Test("is told of a text that was taken up in the middle too", arguments: copies)
  func takenUp(copy: Copy) throws {
    // Of what was before the middle only the first bytes are known.
    var trail = TrailText.trail(Self.text, from: 2_500)
    trail.append(Array(Self.text[2_500..<Self.place]).span)
    let expected: TextRelation =
      switch copy.testDescription {
      case "packed, another middle": .continues
      // It ends where nothing is known of the text.
      case "packed and cut, as while it is written": .differs
      default: copy.relation
      }
    #expect(try relation(of: copy.bytes, to: trail) == expected)
  }

  @Test("is none to a text of which nothing was read", arguments: [upTo(10), [], members(3_000)])
  func nothingRead(bytes: [UInt8]) throws {
    #expect(try relation(of: bytes, to: TextTrail()) == .differs)
  }

  @Test("holds for a text of any length", arguments: 1...30)
  func anyLength(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = TrailText.bytes(Int.random(in: 2...40_000, using: &random), seed: seed)
    let place = Int.random(in: 1..<text.count, using: &random)
    let trail = TrailText.trail(Array(text[..<place]))
    let shorter = Int.random(in: 1...place, using: &random)
    #expect(try relation(of: text, to: trail) == .continues)
    #expect(try relation(of: Array(text[..<place]), to: trail) == .ends)
    let found = try relation(of: Array(text[..<shorter]), to: trail)
    if shorter == place {
      #expect(found == .ends)
    } else if shorter * 2 >= place {
      #expect(found == .precedes)
    } else {
      // The nearest window that is known may lie too far before its end to prove anything.
      #expect(found == .precedes || found == .differs)
    }
    #expect(try relation(of: GzipFixture.member(text), to: trail) == .continues)
  }
}
