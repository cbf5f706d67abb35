import Following
import Foundation
import Testing

@Suite("A trail as text")
struct TrailTextTests {
  @Test(
    "is read back as it was, whatever the length of its text",
    arguments: [0, 1, 255, 256, 257, 1023, 1024, 4095, 4096, 9000, 300_000])
  func roundTrip(bytes: Int) throws {
    let trail = Example.trail(9, bytes: bytes)
    let text = try JSONEncoder().encode(trail)
    #expect(try JSONDecoder().decode(TextTrail.self, from: text) == trail)
    #expect(text.count < 2048, "it is written with every commit")
  }

  @Test("goes on as the trail that was written would have")
  func goesOn() throws {
    var original = Example.trail(3, bytes: 150_000)
    var read = try JSONDecoder().decode(TextTrail.self, from: JSONEncoder().encode(original))
    let more = [UInt8](repeating: 0x61, count: 90_000)
    original.append(more.span)
    read.append(more.span)
    #expect(read == original)
  }

  static let whole =
    #"{"offset":300,"head":"6162","window":"626364","marks":"256:ff","markBytes":256}"#

  @Test("shows its bytes and hashes in hexadecimal")
  func shape() throws {
    let trail = try JSONDecoder().decode(TextTrail.self, from: Data(Self.whole.utf8))
    #expect(trail.head == Array("ab".utf8) && trail.window == Array("bcd".utf8))
    #expect(trail.marks == [TextTrail.Mark(offset: 256, hash: 255)])
  }

  @Test(
    "is refused when it was damaged",
    arguments: [
      (#""626364""#, #""62636""#), (#""626364""#, #""6263+4""#), (":300", ":-300"),
      (":300", ":1"), (#"":256}"#, #"":0}"#), (#"":256}"#, #"":-256}"#), ("256:ff", "256"),
      ("256:ff", "256:g"), ("256:ff", "-1:ff"), ("256:ff", "512:ff"), ("256:ff", "256:1 256:1"),
      (#""offset":300,"#, ""),
      (#""626364""#, "\"" + String(repeating: "00", count: 257) + "\""),
    ])
  func refused(part: String, other: String) throws {
    let text = Self.whole.replacingOccurrences(of: part, with: other)
    #expect(text != Self.whole)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(TextTrail.self, from: Data(text.utf8))
    }
  }
}
