import Testing

@testable import Watching

@Suite("The journal's cursor in a line")
struct JournalCursorTests {
  struct Line: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let cursor: String?

    init(_ title: String, _ text: String, _ cursor: String?) {
      testDescription = title
      self.text = text
      self.cursor = cursor
    }
  }

  static let lines = [
    Line(
      "as journalctl writes it",
      #"{"__CURSOR":"s=1a;i=2;b=3;m=4;t=5;x=6","MESSAGE":"hello"}"#, "s=1a;i=2;b=3;m=4;t=5;x=6"),
    Line("behind other fields", #"{"MESSAGE":"a","__CURSOR":"s=1"}"#, "s=1"),
    Line("with blanks around the colon", "{\"__CURSOR\" \t: \t\"s=1\"}", "s=1"),
    Line("with a blank before the object's end", #"{ "__CURSOR" : "s=1" }"#, "s=1"),
    Line(
      "although a message before it says the name",
      #"{"MESSAGE":"\"__CURSOR\":\"s=evil\"","__CURSOR":"s=1"}"#, "s=1"),
    Line(
      "although a message is the name", #"{"MESSAGE":"__CURSOR","__CURSOR":"s=1"}"#, "s=1"),
    Line(
      "not out of a message alone", #"{"MESSAGE":"\"__CURSOR\":\"s=evil\""}"#, nil),
    Line("not out of a message that is the name", #"{"MESSAGE":"__CURSOR"}"#, nil),
    Line(
      "not out of a message behind a backslash", #"{"MESSAGE":"\\\"__CURSOR\":\"s=evil\""}"#, nil),
    Line("not without a value", #"{"__CURSOR":}"#, nil),
    Line("not without a colon", #"{"__CURSOR"}"#, nil),
    Line("not where the line ends behind the name", #"{"__CURSOR""#, nil),
    Line("not where the line ends behind the colon", #"{"__CURSOR":"#, nil),
    Line("not where the line ends inside the value", #"{"__CURSOR":"s=1;i=2"#, nil),
    Line("not null", #"{"__CURSOR":null}"#, nil),
    Line("not a number", #"{"__CURSOR":17}"#, nil),
    Line("not an empty text", #"{"__CURSOR":""}"#, nil),
    Line("not a text with an escape", #"{"__CURSOR":"s=\u0031"}"#, nil),
    Line("not a longer name", #"{"__CURSOR_OLD":"s=1"}"#, nil),
    Line("not a name with something before it", #"{"X__CURSOR":"s=1"}"#, nil),
    Line("not in no object", #"["__CURSOR":"s=1"]"#, nil),
    Line("not in plain text", #"say "__CURSOR":"s=1""#, nil),
    Line("not in nothing", "", nil),
  ]

  @Test("is the field's own value, or none", arguments: lines)
  func find(line: Line) {
    var batch = OutputBatch()
    batch.add(Array(line.text.utf8).span, source: nil)
    #expect(batch.journalCursor == line.cursor)
  }

  @Test("is none of what is not UTF-8")
  func damaged() {
    var batch = OutputBatch()
    batch.add((Array(#"{"__CURSOR":"s=1"#.utf8) + [0xFF] + Array(#""}"#.utf8)).span, source: nil)
    #expect(batch.journalCursor == nil)
  }
}
