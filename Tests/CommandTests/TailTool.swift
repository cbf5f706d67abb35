import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How the program learns that files changed. Whatever it does has to work in either way.
enum Wakeup: String, CaseIterable, Sendable {
  case inotify, polling

  var options: [String] { self == .polling ? ["--polling"] : [] }
}

/// `tidemark tail` while it follows, with intervals that suit a test. It is killed when nobody holds
/// it any more.
final class TailTool {
  let tool: LiveTool
  private var fences = 0

  /// - Parameters:
  ///   - grace: `--grace`; long where a writer has to keep its renamed file for the whole test.
  ///   - openFiles, launcher, redirection: as of `LiveTool`.
  init(
    _ inputs: [String], _ wakeup: Wakeup, _ options: [String] = ["--from-start"],
    grace: String = "200ms", isFed: Bool = false, memoryKiB: Int = LiveTool.memoryKiB,
    openFiles: Int? = nil, launcher: String = "", redirection: String = ""
  ) throws {
    tool = try LiveTool(
      ["tail", "--poll", "50ms", "--grace", grace] + wakeup.options + options + inputs,
      isFed: isFed, memoryKiB: memoryKiB, openFiles: openFiles, launcher: launcher,
      redirection: redirection)
  }

  deinit { tool.discard() }

  /// Waits until each of these lines was printed.
  func prints(_ lines: String...) -> Bool {
    lines.allSatisfy { line in tool.line { $0 == line } != nil }
  }

  /// Waits for so many lines.
  func prints(count: Int) -> Bool { tool.hasLines(count) }

  /// Waits for a diagnostic with this text.
  func says(_ text: String) -> Bool { tool.diagnostic { $0.contains(text) } != nil }

  /// Appends lines of its own to the file, one after the other, and waits for each: the program has
  /// looked at everything since, twice, so that what it would print again has been printed.
  func passes(_ path: String) -> Bool {
    for _ in 0..<2 {
      fences += 1
      LogWriter(path).write("fence \(fences)\n")
      guard tool.line(where: { $0.hasSuffix("fence \(fences)") }) != nil else { return false }
    }
    return true
  }

  /// Ends it as a service manager does.
  func end(sourceLocation: SourceLocation = #_sourceLocation) -> Tool.Run {
    tool.signal(SIGTERM)
    let run = tool.finish()
    #expect(run.status == 128 + SIGTERM, "\(run.errors)", sourceLocation: sourceLocation)
    return run
  }

  /// Ends it as the kernel does when memory runs out.
  func kill() -> Tool.Run {
    tool.signal(SIGKILL)
    return tool.finish()
  }
}

/// One job of `tidemark tail`: every run goes on where the last one ended.
struct TailJob {
  let scratch: Scratch
  let inputs: [String]
  let wakeup: Wakeup
  let name = "j"
  var state: String { scratch.path("state.db") }
  var options: [String] { ["--job", name, "--state", state] }

  /// One run as cron starts it.
  func run(_ options: [String] = []) throws -> Tool.Run {
    try LiveTool.run(
      ["tail", "--no-follow"] + self.options + wakeup.options + options + inputs)
  }

  func follow(grace: String = "200ms", redirection: String = "") throws -> TailTool {
    try TailTool(inputs, wakeup, options, grace: grace, redirection: redirection)
  }

  /// How many lines the state says that this job has read.
  func countedLines() throws -> Int? {
    let run = try Tool.run(["state", "check", "--format", "json", "--state", state])
    let jobs = run.verdict["jobs"] as? [[String: Any]] ?? []
    guard run.status == 0, run.verdict["ok"] as? Bool == true else { return nil }
    return jobs.first { $0["job"] as? String == name }?["lines"] as? Int
  }
}

/// What is wrong with printed lines of which each should be there once; empty when nothing is.
/// Fences do not count.
func faults(_ output: String, _ expected: some Sequence<String>) -> [String] {
  var counts: [Substring: Int] = [:]
  for line in output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
  where !line.hasPrefix("fence ") {
    counts[line, default: 0] += 1
  }
  var lost: [String] = []
  var repeated: [String] = []
  for line in expected {
    switch counts.removeValue(forKey: line[...]) ?? 0 {
    case 0: lost.append(line)
    case 1: break
    case let count: repeated.append("\(line) ×\(count)")
    }
  }
  let strange = counts.keys.map(String.init)
  return [("lost", lost), ("repeated", repeated), ("strange", strange)].compactMap { kind, lines in
    lines.isEmpty ? nil : "\(kind) \(lines.count): " + lines.prefix(9).joined(separator: ", ")
  }
}

/// The same for numbered lines.
func faults(_ output: String, _ expected: ClosedRange<Int>) -> [String] {
  faults(output, expected.lazy.map(String.init))
}
