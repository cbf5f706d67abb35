import Testing

@testable import Watching

@Suite("A batch of output")
struct OutputBatchTests {
  private func batch(_ lines: [String], source: String? = nil) -> OutputBatch {
    var batch = OutputBatch()
    for line in lines { batch.add(Array(line.utf8).span, source: source) }
    return batch
  }

  private func text(_ batch: OutputBatch) -> String {
    String(decoding: batch.bytes, as: UTF8.self)
  }

  @Test("holds each line with its newline, in order")
  func plain() {
    let batch = batch(["one", "", "three"])
    #expect(text(batch) == "one\n\nthree\n")
    #expect(batch.lines == 3)
  }

  @Test("begins each line with its source and a tab")
  func sources() {
    #expect(text(batch(["one", "two"], source: "a b.log")) == "a b.log\tone\na b.log\ttwo\n")
  }

  @Test("changes no byte, whatever a line holds")
  func bytes() {
    let line: [UInt8] = [0, 0x0D, 0xFF, 0x1B, 0xC3]
    var batch = OutputBatch()
    batch.add(line.span, source: nil)
    #expect(batch.bytes == line + [0x0A])
  }

  @Test("is empty again when it was cleared, and has no cursor then")
  func clear() {
    var batch = batch([#"{"__CURSOR":"s=1"}"#])
    batch.clear()
    #expect(batch.bytes == [] && batch.lines == 0 && batch.journalCursor == nil)
    batch.add(Array("next".utf8).span, source: nil)
    #expect(text(batch) == "next\n" && batch.lines == 1)
  }

  @Test("has the cursor of its last line, and of no other")
  func cursor() {
    #expect(batch([#"{"__CURSOR":"s=1"}"#, #"{"__CURSOR":"s=2"}"#]).journalCursor == "s=2")
    #expect(batch([#"{"__CURSOR":"s=1"}"#, "text"]).journalCursor == nil)
  }

  @Test("has the cursor of a line behind its source")
  func cursorBehindSource() {
    #expect(batch([#"{"__CURSOR":"s=1"}"#], source: "{standard input}").journalCursor == "s=1")
  }
}
