import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The seeded corpus of the benchmarks and the lists of patterns that go with it.
private enum Corpus {
  static let benchmarks = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Benchmarks")
  static let scratch = Scratch()

  static let hasPython = (try? shell("command -v python3"))?.isEmpty == false

  /// 4 MiB of mixed logs. Without the generator this is a failure, not a reason to skip.
  static func path() throws -> String {
    try #require(made == 0, "gen_corpus.py ended with \(made)")
    return scratch.path("corpus.log")
  }

  private static let made: Int32 = {
    // What is static is never given back by itself.
    atexit { try? FileManager.default.removeItem(atPath: Corpus.scratch.folder) }
    let script = benchmarks.appendingPathComponent("gen_corpus.py").path
    let status = try? shell(
      "python3 '\(script)' --out '\(scratch.path("corpus.log"))' --size 4M --seed 7 2>/dev/null; echo $?"
    )
    return status.flatMap { Int32($0.trimmingCharacters(in: .newlines)) } ?? -1
  }()

  static let hasGrep = (try? shell("echo xy | grep -cP 'x(?=y)' 2>/dev/null")) == "1\n"

  static func patterns(_ name: String) throws -> [String] {
    let url = benchmarks.appendingPathComponent(name)
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// A rule file with one rule a pattern; the ids do not sort as they stand.
  static func ruleFile(_ patterns: [String]) -> String {
    "pack: list\nrules:\n"
      + patterns.enumerated().map { index, pattern in
        "  - { id: r\(patterns.count - index), match: '"
          + pattern.replacingOccurrences(of: "'", with: "''") + "' }\n"
      }.joined()
  }

  static func grep(_ pattern: String, _ path: String) throws -> Int? {
    let quoted = pattern.replacingOccurrences(of: "'", with: "'\\''")
    return Int(
      try shell("LC_ALL=C.UTF-8 grep -acP -e '\(quoted)' '\(path)'")
        .trimmingCharacters(in: .newlines))
  }
}

@Suite("tidemark count")
struct CountTests {
  /// The rows of the text form.
  private func rows(_ run: Tool.Run) -> [(id: String, count: Int)] {
    run.output.split(separator: "\n").compactMap { row in
      let parts = row.split(separator: "\t")
      guard parts.count == 2, let count = Int(parts[1]) else { return nil }
      return (String(parts[0]), count)
    }
  }

  @Test(
    "every pattern counts as grep -acP does, in the order of the file, lines last",
    .enabled(if: Corpus.hasPython, "python3 is not installed"),
    .enabled(if: Corpus.hasGrep, "grep -P is not installed"),
    arguments: ["rules50.txt", "rules_pcre_only.txt"])
  func grep(list: String) throws {
    let corpus = try Corpus.path()
    let patterns = try Corpus.patterns(list)
    let scratch = Scratch()
    let rules = try scratch.write("list.yaml", Corpus.ruleFile(patterns))
    let run = try LiveTool.run(["count", "--rules", rules, corpus])
    #expect(run.status == 0)
    #expect(run.errors == "")
    let rows = rows(run)
    let ids = patterns.indices.map { "r\(patterns.count - $0)" }
    #expect(rows.map(\.id) == ids + ["lines"])
    for (index, pattern) in patterns.enumerated() {
      #expect(rows[index].count == (try Corpus.grep(pattern, corpus)), "\(pattern)")
    }
    #expect(rows.last?.count == Int(try shell("grep -ac '' '\(corpus)'").dropLast()))
    #expect(rows.count { $0.count > 0 } > patterns.count / 2, "the corpus reaches most patterns")
  }

  @Test("each head of a traceback is counted, also those inside a chain or a group")
  func tracebacks() throws {
    let log = Corpus.benchmarks.deletingLastPathComponent()
      .appendingPathComponent("Tests/RecordsTests/Fixtures/real/uvicorn-error.log").path
    let rows = rows(try LiveTool.run(["count", log]))
    #expect(rows.first { $0.id == "python.traceback" }?.count == 8)
    #expect(rows.last?.count == 258)
  }

  @Test(
    "any number of threads gives the same counts, built-in packs included",
    .enabled(if: Corpus.hasPython, "python3 is not installed"))
  func workers() throws {
    let corpus = try Corpus.path()
    let scratch = Scratch()
    _ = try shell("split -n l/5 '\(corpus)' '\(scratch.path("piece."))'")
    _ = try shell("gzip '\(scratch.path("piece.ab"))' '\(scratch.path("piece.ad"))'")
    // Large enough to be read in pieces.
    let large = scratch.path("large.log")
    _ = try shell("for i in 1 2 3 4 5 6 7 8 9 10; do cat '\(corpus)'; done > '\(large)'")
    let one = try LiveTool.run(["count", "--workers", "1", scratch.folder])
    #expect(one.status == 0 && one.errors == "")
    #expect((rows(one).last?.count ?? 0) > 11 * 20_000)
    for workers in ["2", "5"] {
      let run = try LiveTool.run(["count", "--workers", workers, scratch.folder])
      #expect(run.output == one.output && run.errors == one.errors)
    }
    let pieces = try LiveTool.run(["count", "--workers", "3", large])
    let whole = try LiveTool.run(["count", corpus])
    #expect(rows(pieces).map(\.count) == rows(whole).map { 10 * $0.count })
    let none = try LiveTool.run(["count", "--workers", "0", corpus])
    #expect(none.status == 2 && none.errors.contains("expected a number from 1 to 256"))
  }

  @Test(
    "file, pipe, gzip and pieces give the same counts, as text and as JSON",
    .enabled(if: Corpus.hasPython, "python3 is not installed"))
  func forms() throws {
    let corpus = try Corpus.path()
    let scratch = Scratch()
    let rules = try scratch.write(
      "list.yaml", Corpus.ruleFile(try Corpus.patterns("rules50.txt")))
    let expected = try LiveTool.run(["count", "--rules", rules, corpus])
    #expect(expected.status == 0)
    let gz = scratch.path("packed")
    _ = try shell("gzip -c '\(corpus)' > '\(gz)'")
    _ = try shell("split -n l/3 '\(corpus)' '\(scratch.path("piece."))'")
    let pieces = ["aa", "ab", "ac"].map { scratch.path("piece." + $0) }
    for arguments in [[gz], pieces, pieces.reversed()] {
      let run = try LiveTool.run(["count", "--rules", rules] + arguments)
      #expect(run.output == expected.output)
      #expect(run.status == 0)
    }
    for source in ["< '\(corpus)'", "- < '\(corpus)'", "< '\(gz)'"] {
      let run = try LiveTool.run(["count", "--rules", rules], redirection: source)
      #expect(run.output == expected.output, "\(source)")
    }
    let text = try String(contentsOf: URL(fileURLWithPath: corpus), encoding: .utf8)
    let piped = try LiveTool.run(["count", "--rules", rules], input: text)
    #expect(piped.output == expected.output)
    let json = try LiveTool.run(["count", "--rules", rules, "--format", "json", corpus])
    #expect(json.output.hasSuffix("\n") && json.objects.count == 1)
    let object = try #require(json.objects.first)
    let counts = try #require(object["rules"] as? [String: Int])
    for row in rows(expected) where row.id != "lines" { #expect(counts[row.id] == row.count) }
    #expect(object["lines"] as? Int == rows(expected).last?.count)
    #expect(object["bytes"] as? Int == text.utf8.count)
    #expect((object["seconds"] as? Double ?? -1) >= 0)
    let order = rows(expected).dropLast().map { "\"\($0.id)\":" }
    let places = order.compactMap { json.output.range(of: $0)?.lowerBound }
    #expect(places.count == order.count && places == places.sorted(), "rule order in JSON too")
  }

  @Test("a catastrophic rule is named on standard error and the status stays 0")
  func catastrophic() throws {
    let scratch = Scratch()
    let rules = try scratch.write(
      "list.yaml",
      "rules:\n  - { id: bad, match: '(a+)+$' }\n  - { id: good, match: 'b$' }\n"
        + "  - { id: worse, match: '(x+x+)+y' }\n")
    let log = try scratch.write(
      "app.log",
      "aaa\n" + String(repeating: "a", count: 60_000) + "b\n"
        + String(repeating: "x", count: 60_000) + "\nb\n")
    let run = try LiveTool.run(["count", "--rules", rules, log])
    #expect(run.status == 0)
    let rows = rows(run)
    #expect(rows.map(\.id) == ["bad", "good", "worse", "lines"])
    #expect(rows.map(\.count) == [1, 2, 0, 4])
    #expect(run.errors.contains("bad"))
    #expect(!run.errors.contains("good"))
  }

  @Test("an input that is missing is named, and the others are counted")
  func missing() throws {
    let scratch = Scratch()
    let log = try scratch.write("app.log", "one\ntwo\nthree")
    let run = try LiveTool.run(["count", log, "/nonexistent/b.log"])
    #expect(run.countedLines == 3)
    #expect(run.errors.contains("/nonexistent/b.log"))
    #expect(run.status == 4, "an input that is missing is blindness")
    let alone = try LiveTool.run(["count", "/nonexistent/b.log"])
    #expect(alone.status == 4)
    #expect(alone.errors.contains("/nonexistent/b.log"))
  }

  @Test("rotated siblings of a named file and the files of a folder are counted once")
  func siblings() throws {
    let scratch = Scratch()
    for (name, text) in [
      ("app.log", "3\n"), ("app.log.1", "2\n"), ("app.log.10", "0\n"), ("app.log.2", "1\n"),
    ] { try scratch.write(name, text) }
    let log = scratch.path("app.log")
    #expect(try LiveTool.run(["count", log]).countedLines == 4)
    #expect(try LiveTool.run(["count", scratch.folder]).countedLines == 4)
    #expect(try LiveTool.run(["count", scratch.path("*.log*"), log]).countedLines == 4)
  }

  @Test("the built-in rules are counted when none are named")
  func builtIn() throws {
    let run = try LiveTool.run(["count"], input: "Traceback (most recent call last):\n")
    #expect(run.status == 0)
    #expect(rows(run).count > 20)
    #expect(rows(run).contains { $0.id.hasPrefix("python.") && $0.count == 1 })
  }
}
