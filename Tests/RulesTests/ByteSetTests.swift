import Testing

@testable import Rules

@Suite("Byte sets and class strings")
struct ByteSetTests {
  @Test("a set holds what was put into it, of all 256 bytes")
  func membership() {
    for byte in UInt8.min...UInt8.max {
      var set = ByteSet(byte)
      #expect(set.bytes == [byte])
      #expect(set.count == 1)
      #expect(set.complement.count == 255)
      #expect(!set.complement.contains(byte))
      set.remove(byte)
      #expect(set.isEmpty)
    }
    #expect(ByteSet.all.count == 256)
    #expect(ByteSet.word.count == 63)
    #expect(ByteSet.space.bytes == [9, 10, 11, 12, 13, 32])
    #expect(ByteSet.digit.isSubset(of: .word))
    #expect(ByteSet.ascii.union(.high) == .all)
    #expect(ByteSet.lead.isDisjoint(with: .continuation))
    #expect(ByteSet.word.subtracting(.letter).bytes == Array("0123456789_".utf8))
  }

  @Test("a string is found where each byte is in its class")
  func occurrences() {
    let string = ClassString([ByteSet("a"), .digit, ByteSet("bc")])
    for (text, isFound) in [
      ("a1b", true), ("xxa9c", true), ("a1", false), ("", false), ("aab", false), ("aa1b", true),
    ] {
      #expect(string.occurs(in: Array(text.utf8).span) == isFound, "\(text)")
    }
  }

  @Test("two strings that differ at one place become one, and no more than that")
  func merging() {
    func string(_ text: String) -> ClassString {
      ClassString(text.utf8.map { ByteSet($0) })
    }
    let merged = ClassString.merged([string("abc"), string("abd"), string("xyz"), string("ab")])
    #expect(Set(merged.map(\.description)) == ["ab[cd]", "xyz", "ab"])
    let simple = ClassString.simplified([string("abc"), string("xabcx"), string("bd")])
    #expect(Set(simple.map(\.description)) == ["abc", "bd"])
    #expect(ClassString.simplified([string("ab"), string("ab")]).count == 1)
  }
}
