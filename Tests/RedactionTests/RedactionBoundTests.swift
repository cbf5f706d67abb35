import Foundation
import Testing

@testable import Redaction

@Suite("Bounds of redaction")
struct RedactionBoundTests {
  @Test("of real logs at most 2 % of the words are masked")
  func realLogs() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../RecordsTests/Fixtures/real").standardizedFileURL
    var words = 0
    var masked = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let before = line.split(separator: " ")
        let redacted = Redactor.builtIn.redact(String(line))
        let after = Set(redacted.split(separator: " "))
        words += before.count
        masked += before.count { !after.contains($0) }
      }
    }
    #expect(words > 5_000)
    #expect(Double(masked) <= 0.02 * Double(words), "\(masked) of \(words) words")
  }

  @Test("anchors without end cost no more than their length allows")
  func hostile() {
    for rule in BuiltInSecrets.file.rules {
      for anchor in Set(rule.anchors.prefix(4)) {
        let unit = anchor + "=\"'(\\ :1a@".utf8
        let text = (0..<20_000 / unit.count).flatMap { _ in unit }
        let redacted = Redactor.builtIn.redact(text)
        #expect(redacted.count <= text.count * 24)
      }
    }
  }

  @Test("a text that costs too much is not shown unseen")
  func exhausted() throws {
    let rules = "[a]\nanchor [x]\nleft any\nthen (!(x*z)x)*y\nsample «xy»"
    let redactor = try Redactor(files: [("mine", rules)])
    let text = String(repeating: "x", count: 4_000) + " password=hunter2"
    let redacted = redactor.redact(text)
    #expect(!redacted.contains("hunter2"))
    #expect(redacted.hasSuffix("too much to check]"))
  }

  @Test("random bytes neither crash it nor change where nothing is masked")
  func random() {
    var state: UInt64 = 42
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let words = BuiltInSecrets.file.rules.flatMap(\.anchors)
    for _ in 0..<3_000 {
      var text: [UInt8] = []
      for _ in 0..<next(12) {
        text += words[next(words.count)]
        for _ in 0..<next(9) { text.append(UInt8(next(256))) }
      }
      let redacted = Redactor.builtIn.redact(text, isCut: next(2) == 0)
      if !String(decoding: redacted, as: UTF8.self).contains("[redacted") {
        #expect(redacted == text)
      }
    }
  }
}
