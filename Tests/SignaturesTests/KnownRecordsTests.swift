import Testing

@testable import Signatures

/// Records of a few hundred kinds whose numbers, hashes and codes differ, from a seed.
private struct RecordSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2 &+ 1 }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  private mutating func characters(_ count: Int, of alphabet: String) -> String {
    let letters = Array(alphabet)
    return String((0..<count).map { _ in letters[below(letters.count)] })
  }

  private mutating func digits(_ count: Int) -> String { characters(count, of: "0123456789") }
  private mutating func hex(_ count: Int) -> String { characters(count, of: "0123456789abcdef") }

  /// What may stand where a message has a value.
  private mutating func value() -> String {
    switch below(14) {
    case 0: return digits(1 + below(9))
    case 1: return hex(4 + below(12))
    case 2: return hex(32)
    case 3: return [8, 4, 4, 4, 12].map { hex($0) }.joined(separator: "-")
    case 4: return "0x" + hex(6 + below(8))
    case 5: return "req-" + digits(5)
    case 6: return "user\(digits(2))"
    case 7: return "10.\(digits(2)).\(digits(2)).\(digits(1)):\(digits(4))"
    case 8: return "\(digits(1)).\(digits(3))s"
    case 9: return "(\(digits(4)), \"x\")"
    case 10: return "(" + characters(5, of: "0123456789AB") + ")"
    case 11: return hex(8) + "-" + hex(4)
    case 12: return "/v\(digits(1))/items/\(digits(3))"
    default: return ["alpha", "beta", "cafe", "deadbeef"][below(4)]
    }
  }

  private mutating func code() -> String {
    switch below(12) {
    case 0: return "[Errno \(1 + below(3))] gone"
    case 1: return "SQLSTATE[4\(digits(1))P01]"
    case 2: return "AH0\(1 + below(2))114: x"
    case 3: return "ORA-0094\(below(3))"
    case 4: return "P200\(below(3))"
    case 5: return "E1100\(below(2))"
    case 6: return "(1\(below(2))1: Connection refused)"
    case 7: return "ERROR 114\(below(3)) (42S0\(below(3)))"
    case 8: return "sqlalche.me/e/2\(below(3))/e\(below(3))q8"
    case 9: return "relation \"orders_\(below(3))\" does not exist"
    case 10: return "no such table: t\(below(3)).x"
    default: return "errno: -\(below(3))"
    }
  }

  mutating func next() -> (text: String, message: Int, key: String) {
    let head = "2026-12-01T10:\(digits(2)):\(digits(2))Z ERROR "
    var text = head
    switch below(5) {
    case 0: text += "Error\(below(2)): "
    case 1: text += "app.db.Lookup\(["", "", "2"][below(3)])Error: "
    default: break
    }
    let opening = ["cannot take order", "failed to reach", "timeout of", "job"][below(4)]
    text += opening + " " + value()
    if below(3) == 0 { text += " " + code() }
    text += [" for ", " while ", ", id="][below(3)] + value()
    if below(6) == 0 {
      text +=
        "\nTraceback (most recent call last):\n  File \"/srv/rel-\(hex(7))/app\(below(2)).py\", line "
        + "\(digits(3)), in handle\(below(2))\n    pay()\nValueError: bad \(value())"
    }
    if below(8) == 0 {
      text +=
        "\nTypeError: x\n    at Object.<anonymous> (/srv/app/\(hex(7)):\(digits(2)))\n"
        + "    at pay\(below(3)) (/srv/app/\(hex(6)).js:\(digits(2)):5)"
    }
    return (text, head.utf8.count, ["", "", "code=f\(below(2))"][below(3)])
  }
}

@Suite("Records that are known by their like")
struct KnownRecordsTests {
  @Test("are filed as they are when each is read", arguments: [1, 2, 3, 4] as [UInt64])
  func asRead(seed: UInt64) {
    var source = RecordSource(seed: seed)
    var known = SignatureBook()
    var read = SignatureBook()
    for step in 0..<20_000 {
      let (text, start, key) = source.next()
      let bytes = Array(text.utf8)
      let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
      let entry = known.file(bytes.span, message: start..<end, key: Array(key.utf8).span)
      let expected = read.read(
        bytes.span, message: start..<end, key: Array(key.utf8).span, hash: 0)
      #expect(entry == expected, "record \(step): \(text)")
      #expect(known.text(of: entry.handle) == read.text(of: expected.handle), "\(step): \(text)")
      if entry != expected { return }
    }
  }

  @Test("differ in no more than what masks cover")
  func alike() {
    func hash(_ text: String) -> UInt64 {
      ByteHash.hashNumbersAlike(Array(text.utf8).span, from: 0)
    }
    for (left, right) in [
      ("order 17 failed", "order 93 failed"),
      ("commit 3f9a1c07 failed", "commit 9d00e4ab failed"),
      (
        "id 550e8400-e29b-41d4-a716-446655440000 gone",
        "id 0a1b2c3d-aaaa-bbbb-cccc-0123456789ab gone"
      ),
      ("at 0x7ffe12 in x", "at 0x00abcd in x"),
    ] {
      #expect(hash(left) == hash(right), "\(left) | \(right)")
    }
    for (left, right) in [
      ("order 17 failed", "order 7 failed"), ("order a1 failed", "order b1 failed"),
      ("commit 3f9a1c07 failed", "commit a13f9c07 failed"),
      ("code E11000 x", "code E1100A x"), ("user deadbeef gone", "user cafecafe gone"),
      ("ab12cd 34", "ab12cde 4"), ("name ab12cdx", "name ab13cex"),
    ] {
      #expect(hash(left) != hash(right), "\(left) | \(right)")
    }
  }
}
