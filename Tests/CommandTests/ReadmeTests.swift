import Foundation
import Testing

@Suite("The README and the samples tell the truth")
struct ReadmeTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The quick start's console block: commands and what stands below each.
  static func console() throws -> [(command: String, shown: [String])] {
    let text = try String(contentsOfFile: root + "/README.md", encoding: .utf8)
    let block = text.components(separatedBy: "```console\n")[1].components(separatedBy: "\n```")[0]
    var blocks: [(command: String, shown: [String])] = []
    for line in block.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("$ ") {
        blocks.append((String(line.dropFirst(2)), []))
      } else if let last = blocks.last, last.command.hasSuffix("\\") {
        blocks[blocks.count - 1].command = last.command.dropLast() + line
      } else if !line.isEmpty {
        blocks[blocks.count - 1].shown.append(line)
      }
    }
    return blocks
  }

  @Test("the quick start shows what its commands print, in that order")
  func quickStart() throws {
    let blocks = try Self.console()
    #expect(blocks.count == 4)
    for index in stride(from: 0, to: blocks.count, by: 2) {
      let command = blocks[index].command.replacingOccurrences(
        of: "tidemark watch", with: "TZ=UTC '\(Tool.path)' watch")
      let output = try shell("\(command); echo status $?", directory: Self.root)
      var rest = output.split(separator: "\n").map(String.init)[...]
      for shown in blocks[index].shown where shown != "…" {
        let isCut = shown.hasSuffix("…")
        let wanted = isCut ? String(shown.dropLast()) : shown
        let found = rest.firstIndex { isCut ? $0.hasPrefix(wanted) : $0 == wanted }
        #expect(found != nil, "not printed, or not in this order: \(shown)")
        if let found { rest = rest[(found + 1)...] }
      }
      #expect(output.hasSuffix("status \(blocks[index + 1].shown.first ?? "")\n"))
    }
  }

  @Test("the samples are what the generator writes", arguments: ["bad", "good"])
  func samples(name: String) throws {
    let scratch = Scratch()
    let script = try String(contentsOfFile: Self.root + "/samples/write.sh", encoding: .utf8)
    #expect(script.contains("--seed 42 --rate 6 --error-share 0.01 --before 1h --after 20m"))
    let run = try Tool.run(
      [
        "demo", "--write", scratch.path(name), "--seed", "42", "--rate", "6", "--error-share",
        "0.01", "--before", "1h", "--after", "20m", "--rotate", "1",
      ] + (name == "good" ? ["--good"] : []))
    #expect(run.status == 0)
    for file in Shop.files {
      let after = try shell(
        "cmp '\(scratch.path(name))/\(file)' 'samples/\(name)/\(file)' && echo same",
        directory: Self.root)
      let before = try shell(
        "gzip -dc 'samples/\(name)/\(file).1.gz' | cmp - '\(scratch.path(name))/\(file).1' && echo same",
        directory: Self.root)
      #expect(after == "same\n" && before == "same\n", "\(name)/\(file)")
    }
  }

  @Test("every sample folder states what its files hold")
  func contents() throws {
    for name in ["bad", "good"] {
      let text = try String(
        contentsOfFile: Self.root + "/samples/\(name)/CONTENTS.md", encoding: .utf8)
      #expect(Shop.files.allSatisfy { text.contains("`\($0)`") })
    }
  }
}
