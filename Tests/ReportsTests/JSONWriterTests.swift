import Foundation
import Reports
import Testing

@Suite("JSON")
struct JSONWriterTests {
  @Test("members keep their order and numbers their value")
  func order() {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("z", 1)
      writer.member("a", 0.1)
      writer.member("none", Double.infinity)
      writer.member("text", String?.none)
      writer.key("list")
      writer.array([1.0, 2.5]) { $0.value($1) }
      writer.member("yes", true)
    }
    #expect(
      writer.text == #"{"z":1,"a":0.1,"none":null,"text":null,"list":[1,2.5],"yes":true}"#)
  }

  @Test(
    "whatever a log line holds is read back as it was",
    arguments: [
      "plain", "quote \" and \\ backslash", "tab\tnewline\nreturn\r", "\u{0}\u{1B}[31m\u{7F}",
      "Zürich → 日本 🌊", "\u{2028}\u{FFFD}",
    ])
  func escapes(text: String) throws {
    var writer = JSONWriter()
    writer.object { $0.member("text", text) }
    let read = try JSONSerialization.jsonObject(with: Data(writer.text.utf8)) as? [String: String]
    #expect(read?["text"] == text)
    #expect(!writer.text.contains("\n"))
  }
}
