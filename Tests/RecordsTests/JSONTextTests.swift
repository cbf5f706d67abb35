import Records
import Testing

extension FieldValue {
  func equals(_ expected: String, in bytes: [UInt8]) -> Bool {
    equals(Array(expected.utf8), in: bytes.span)
  }
}

@Suite("Text in JSON strings")
struct JSONTextTests {
  static func unescaped(_ text: String) -> [UInt8] {
    let bytes = Array("\"\(text)\"".utf8)
    var output: [UInt8] = []
    jsonStringContent(bytes.span, 1..<bytes.count - 1, appendUnescapedTo: &output)
    return output
  }

  @Test(
    "escapes",
    arguments: [
      (#"plain"#, "plain"), (#"a\nb\tc\rd\be\ff"#, "a\nb\tc\rd\u{8}e\u{c}f"), (#"\"\\\/"#, #""\/"#),
      (#"\u0041\u00e9\u20AC"#, "Aé€"), (#"\ud83d\ude00!"#, "😀!"), (#"\ud83d"#, "\u{FFFD}"),
      (#"\ude00x"#, "\u{FFFD}x"), (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"), (#"\ud83dA"#, "\u{FFFD}A"),
      (#"\ud83d\u0041"#, "\u{FFFD}A"), (#"\ud83d\u00"#, "\u{FFFD}\\u00"), (#"\u12"#, #"\u12"#),
      (#"\u12g4"#, #"\u12g4"#), (#"\q\x41"#, #"\q\x41"#), (#"\u0000"#, "\u{0}"), ("", ""),
      (#"é\né"#, "é\né"),
    ])
  func escapes(text: String, expected: String) {
    #expect(Self.unescaped(text) == Array(expected.utf8))
  }

  @Test("a cut escape and bytes that are not UTF-8 are kept")
  func raw() {
    var output: [UInt8] = [0x21]
    let bytes: [UInt8] = [0xFF, 0x5C, 0x6E, 0xC3, 0x5C]
    jsonStringContent(bytes.span, 0..<5, appendUnescapedTo: &output)
    #expect(output == [0x21, 0xFF, 0x0A, 0xC3, 0x5C])
  }

  @Test(
    "byte arrays",
    arguments: [
      ("[]", true, []), ("[ 72 , 105 ]", true, [72, 105]), ("[255]", true, [255]),
      ("[256]", false, []), ("[1,]", false, [1]), ("[1 2]", false, [1]), ("[-1]", false, []),
      ("[1", false, []), ("", false, []), ("[\"a\"]", false, []), ("[9999999999]", false, []),
    ] as [(String, Bool, [UInt8])])
  func byteArrays(text: String, isRead: Bool, expected: [UInt8]) {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    let answer = jsonByteArrayContent(bytes.span, 0..<bytes.count, appendTo: &output)
    #expect(answer == isRead)
    #expect(output == expected)
  }

  static let record =
    #"{"a":{"b":{"c":1},"b.c":2},"a.b":{"d":"x\ny"},"n":null,"l":[1,{"e":5}],"t":true,"a.b.d":3}"#

  @Test(
    "a field is found by its dotted name, nested or not",
    arguments: [
      ("a.b.c", "1", FieldValue.Kind.number), ("a.b.d", #"x\ny"#, .string), ("n", "null", .null),
      ("l", #"[1,{"e":5}]"#, .array), ("t", "true", .boolean), ("a.b", #"{"c":1}"#, .object),
    ])
  func find(name: String, expected: String, kind: FieldValue.Kind) throws {
    let bytes = Array(("  " + Self.record).utf8)
    let found = FieldPath(name).find(in: bytes.span)
    let value = try #require(found)
    #expect(String(decoding: bytes[value.range], as: UTF8.self) == expected)
    #expect(value.kind == kind)
  }

  @Test(
    "fields that are not there", arguments: ["b", "a.c", "l.e", "a.", ".a", "", "a.b.c.d", "A"])
  func notFound(name: String) {
    let bytes = Array(Self.record.utf8)
    #expect(FieldPath(name).find(in: bytes.span) == nil)
  }

  @Test("values are compared with their escapes resolved")
  func equality() throws {
    let bytes = Array(Self.record.utf8)
    let found = FieldPath("a.b.d").find(in: bytes.span)
    let value = try #require(found)
    #expect(value.equals("x\ny", in: bytes))
    #expect(!value.equals(#"x\ny"#, in: bytes))
    #expect(!value.equals("x", in: bytes))
    let number = FieldPath("a.b.c").find(in: bytes.span)
    #expect(try #require(number).equals("1", in: bytes))
  }

  @Test("a field of a cut object is found before the cut only")
  func cut() {
    let bytes = Array(#"{"a":"x","b":"y"#.utf8)
    #expect(FieldPath("a").find(in: bytes.span) != nil)
    #expect(FieldPath("b").find(in: bytes.span) == nil)
  }
}
