import Foundation
import Testing

@Suite("The README and the samples tell the truth")
struct ReadmeTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static func readme() throws -> String {
    try String(contentsOfFile: root + "/README.md", encoding: .utf8)
  }

  /// One of the console blocks, from 1: commands and what stands below each.
  static func console(_ number: Int = 1) throws -> [(command: String, shown: [String])] {
    let block = try readme().components(separatedBy: "```console\n")[number]
      .components(separatedBy: "\n```")[0]
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
      expect(blocks[index].shown, in: output)
      #expect(output.hasSuffix("status \(blocks[index + 1].shown.first ?? "")\n"))
    }
  }

  /// Every line that is shown was printed, in that order. What stands before a `…` is enough.
  private func expect(_ shown: [String], in output: String) {
    var rest = output.split(separator: "\n").map(String.init)[...]
    for shown in shown where shown != "…" {
      let isCut = shown.hasSuffix("…")
      let wanted = isCut ? String(shown.dropLast()) : shown
      let found = rest.firstIndex { isCut ? $0.hasPrefix(wanted) : $0 == wanted }
      #expect(found != nil, "not printed, or not in this order: \(shown)")
      if let found { rest = rest[(found + 1)...] }
    }
  }

  /// Makes `tidemark` the program under test, in a script.
  private static let preface = "tidemark() { '\(Tool.path)' \"$@\"; }\nexec 2>&1\n"

  @Test(
    "the commands about following and rules print what is shown, and nothing else",
    arguments: [(2, 5), (3, 3)])
  func following(console: Int, commands: Int) throws {
    let blocks = try Self.console(console)
    let scratch = Scratch()
    let mark = "what the next command prints:\n"
    let script = blocks.map { "printf '\(mark)'\n\($0.command)\n" }.joined()
    let outputs = try shell(Self.preface + script, directory: scratch.folder)
      .components(separatedBy: mark).dropFirst()
    #expect(blocks.count == commands && outputs.count == blocks.count)
    for (block, output) in zip(blocks, outputs) {
      expect(block.shown, in: output)
      #expect(output.split(separator: "\n").count == block.shown.count, "\(block.command)")
    }
  }

  /// journalctl of a journal with entries numbered from 1 to what the file `entries` says. Like the
  /// real one it refuses an empty cursor.
  private static let journal = """
    #!/bin/sh
    after=0
    for argument; do
      case $argument in
        --after-cursor=) echo 'Failed to seek to cursor: Invalid argument'; exit 1 ;;
        --after-cursor=*) after=${argument##*i=} ;;
      esac
    done
    for n in $(seq $((after + 1)) $(cat entries)); do
      echo '{"__CURSOR":"s=0a;i='$n'","MESSAGE":"entry '$n'"}'
    done
    """

  @Test("the commands about the journal give each entry once, from the first run on")
  func journal() throws {
    let scratch = Scratch()
    try scratch.write("journalctl", Self.journal)
    let commands = try Self.readme().split(separator: "\n").filter {
      $0.hasPrefix("    cursor=") || $0.hasPrefix("    journalctl ")
    }
    #expect(commands.count == 2)
    let run =
      Self.preface + "chmod +x journalctl; PATH=$PWD:$PATH; export TIDEMARK_STATE=st.db\n"
      + commands.joined(separator: "\n")
    func entries(upTo last: Int) throws -> [String] {
      try scratch.write("entries", String(last))
      return try shell(run, directory: scratch.folder).split(separator: "\n")
        .filter { !$0.hasPrefix("tidemark: ") }.map(String.init)
    }
    func line(_ number: Int) -> String {
      #"{"__CURSOR":"s=0a;i=\#(number)","MESSAGE":"entry \#(number)"}"#
    }
    #expect(try entries(upTo: 3) == [line(1), line(2), line(3)])
    #expect(try entries(upTo: 3) == [])
    #expect(try entries(upTo: 5) == [line(4), line(5)])
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
