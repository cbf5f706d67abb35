import Bytes
import Testing

@Suite("A search in bytes")
struct ByteSearchTests {
  @Test(
    "finds the first one at or after the start",
    arguments: [
      (0, 1), (1, 1), (2, 3), (4, nil), (5, nil), (99, nil),
    ])
  func first(start: Int, expected: Int?) {
    let bytes: [UInt8] = [1, 7, 2, 7, 3]
    #expect(bytes.span.firstIndex(of: 7, from: start) == expected)
  }

  @Test(
    "finds the last one before the end",
    arguments: [
      (5, 3), (4, 3), (3, 1), (1, nil), (0, nil), (Int.max, 3),
    ])
  func last(end: Int, expected: Int?) {
    let bytes: [UInt8] = [1, 7, 2, 7, 3]
    #expect(bytes.span.lastIndex(of: 7, before: end) == expected)
  }

  @Test("finds the last one as a loop over the bytes does", arguments: 1...50)
  func lastOfMany(length: Int) {
    for place in 0..<length {
      var bytes = [UInt8](repeating: 0x0B, count: length)
      bytes[place] = 0x0A
      for start in 0...length {
        #expect(bytes.span.lastIndex(of: 0x0A, from: start) == (place >= start ? place : nil))
      }
    }
  }

  @Test("counts newlines and sees a NUL wherever they are", arguments: [0, 1, 239, 240, 241, 1000])
  func census(length: Int) {
    for place in 0..<length {
      var bytes = [UInt8](repeating: 0x0A, count: length)
      bytes[place] = 0xFF
      #expect(ByteCensus(bytes.span).newlines == length - 1)
      #expect(!ByteCensus(bytes.span).hasNul)
      bytes[place] = 0
      #expect(ByteCensus(bytes.span).hasNul)
    }
  }

  @Test("finds nothing in no bytes")
  func empty() {
    let bytes: [UInt8] = []
    #expect(bytes.span.firstIndex(of: 0) == nil)
    #expect(bytes.span.lastIndex(of: 0) == nil)
    #expect(bytes.span.firstIndex(notOf: 0) == 0)
  }

  @Test("finds where a run ends", arguments: [([0, 0, 1], 2), ([0, 0], 2), ([1], 0)])
  func run(bytes: [UInt8], expected: Int) {
    #expect(bytes.span.firstIndex(notOf: 0) == expected)
  }

  @Test("sees a prefix", arguments: [([], true), ([1], true), ([1, 2, 3], false), ([2], false)])
  func prefix(prefix: [UInt8], expected: Bool) {
    let bytes: [UInt8] = [1, 2]
    #expect(bytes.span.starts(with: prefix) == expected)
  }

  @Test("keeps to its part of the bytes")
  func part() {
    let bytes: [UInt8] = [7, 1, 2, 7]
    #expect(bytes.span.extracting(1..<3).firstIndex(of: 7) == nil)
  }
}
