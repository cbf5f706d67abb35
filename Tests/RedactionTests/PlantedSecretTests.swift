import Foundation
import Testing

@testable import Redaction

@Suite("Planted secrets")
struct PlantedSecretTests {
  /// A line of `planted.txt`: its kind, itself, and what must not leave.
  struct Planted {
    var kind: String
    var marked: String
    var secrets: [String]
  }

  static let lines: [Planted] = {
    guard
      let file = Bundle.module.url(
        forResource: "planted", withExtension: "txt", subdirectory: "Fixtures"),
      let text = try? String(contentsOf: file, encoding: .utf8)
    else { return [] }
    return text.split(separator: "\n").map { line in
      let parts = line.split(separator: "\t", maxSplits: 1)
      let pieces = parts[1].split(separator: "«", omittingEmptySubsequences: false).dropFirst()
      return Planted(
        kind: String(parts[0]), marked: String(parts[1]),
        secrets: pieces.map { String($0.prefix { $0 != "»" }) })
    }
  }()

  @Test("300 lines with secrets of at least 25 kinds are planted")
  func count() {
    #expect(Self.lines.count == 300)
    #expect(Set(Self.lines.map(\.kind)).count >= 25)
    #expect(Self.lines.allSatisfy { !$0.secrets.isEmpty })
  }

  @Test("no planted secret leaves, nor a quarter of one")
  func none() {
    for line in Self.lines {
      let redacted = Redactor.builtIn.redact(Redactor.unmarked(line.marked))
      for secret in line.secrets {
        for piece in Self.pieces(of: secret) {
          #expect(!redacted.contains(piece), "\(line.kind): \(line.marked) became \(redacted)")
        }
      }
    }
  }

  @Test("of what stands around planted secrets at most 2 % of the words are masked")
  func around() {
    var words = 0
    var masked = 0
    for line in Self.lines {
      let redacted = Redactor.builtIn.redact(Redactor.unmarked(line.marked))
      let outside = Self.outside(line.marked)
      for word in outside {
        words += 1
        if !redacted.contains(word) { masked += 1 }
      }
    }
    #expect(words > 1_500)
    #expect(Double(masked) <= 0.02 * Double(words), "\(masked) of \(words) words")
  }

  @Test("redacting twice changes nothing more")
  func twice() {
    for line in Self.lines {
      let once = Redactor.builtIn.redact(Redactor.unmarked(line.marked))
      #expect(Redactor.builtIn.redact(once) == once)
    }
  }

  @Test("a secret that the end of a cut text goes through is masked as far as it is there")
  func cut() {
    let text = "remote: token ghp_16C7e42F292c6912E77"
    #expect(Redactor.builtIn.redact(text) == text)
    let redacted = Redactor.builtIn.redact(Array(text.utf8), isCut: true)
    #expect(String(decoding: redacted, as: UTF8.self) == "remote: token [redacted:github-token]")
  }

  /// Parts of a secret that are long enough to be told from words.
  private static func pieces(of secret: String) -> [String] {
    let text = Array(secret.replacingOccurrences(of: "⏎", with: "\n"))
    let length = max(5, text.count / 4)
    guard text.count > length else { return [String(text)] }
    return stride(from: 0, through: text.count - length, by: length).map {
      String(text[$0..<$0 + length])
    }
  }

  private static func outside(_ marked: String) -> [String] {
    var isSecret = false
    var text = ""
    for character in marked {
      if character == "«" { isSecret = true }
      if character == "»" { isSecret = false }
      text.append(isSecret || character == "»" || character == "⏎" ? " " : character)
    }
    return text.split { " ,;&=:{}\"'()[]/\\".contains($0) }.map(String.init)
  }
}
