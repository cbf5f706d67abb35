import Reports
import Testing

@Suite("Log lines on a terminal")
struct LogTextTests {
  @Test(
    "controls that move the cursor, colour or reorder text are shown, not obeyed",
    arguments: [
      ("\u{1B}[2Jgone", "\\x1b[2Jgone"), ("a\rb", "a\\x0db"), ("\u{9B}31m", "\\x9b31m"),
      ("x\u{202E}y", "x\\u{202e}y"), ("a\tb", "a    b"), ("Zürich 日本", "Zürich 日本"),
    ])
  func controls(text: String, shown: String) {
    #expect(LogText.lines(Array(text.utf8)) == [shown])
  }

  @Test("bytes that are no UTF-8 become replacement characters")
  func invalid() {
    #expect(LogText.lines([0x41, 0xFF, 0x42]) == ["A\u{FFFD}B"])
  }
}
