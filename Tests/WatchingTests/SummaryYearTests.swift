import Foundation
import Records
import Reports
import Rules
import Store
import Synchronization
import Testing

@testable import Watching

@Suite("A year of daily summaries, by a clock that the test moves")
struct SummaryYearTests {
  private static let day: Int64 = 86_400
  /// 2026-01-01T00:00:00Z
  private static let start: Int64 = 1_767_225_600

  /// A log that grows and is rotated, and how many lines were ever written to it.
  private struct Log {
    let path: String
    var written = 0
    /// Lines by day of event time.
    var byDay: [Int: Int] = [:]

    mutating func append(day: Int, _ count: Int, partial: Bool) throws {
      if !FileManager.default.fileExists(atPath: path) {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
      }
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.seekToEnd()
      for number in 0..<count {
        let time = Timestamp(
          seconds: SummaryYearTests.start + Int64(day) * SummaryYearTests.day
            + Int64(number) * 80_000 / Int64(max(1, count)))
        try handle.write(contentsOf: Data("\(time.rfc3339) INFO request \(number) done\n".utf8))
      }
      written += count
      byDay[day, default: 0] += count
      try handle.close()
    }

    /// Renames what is there; the file that had the name last is the youngest.
    func rotate(keeping kept: Int, isPacked: Bool) throws {
      let files = FileManager.default
      try? files.removeItem(atPath: "\(path).\(kept).gz")
      try? files.removeItem(atPath: "\(path).\(kept)")
      for age in stride(from: kept - 1, through: 1, by: -1) {
        for ending in ["", ".gz"] where files.fileExists(atPath: "\(path).\(age)\(ending)") {
          try files.moveItem(
            atPath: "\(path).\(age)\(ending)", toPath: "\(path).\(age + 1)\(ending)")
        }
      }
      guard files.fileExists(atPath: path) else { return }
      try files.moveItem(atPath: path, toPath: path + ".1")
      guard isPacked else { return }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/gzip")
      process.arguments = [path + ".1"]
      try process.run()
      process.waitUntilExit()
    }
  }

  private enum Kill: CaseIterable {
    /// The run goes to its end.
    case none
    /// It ends while it reads.
    case reading
    /// It ends when all was told and nothing kept.
    case beforeCommit
  }

  private final class Told: Sendable {
    let lines = Mutex(0)
    let polls = Mutex(0)
  }

  private let folder = NSTemporaryDirectory() + "tidemark-year-\(UUID().uuidString)"

  /// One run at a moment; returns the lines that it told of.
  private func run(
    _ log: Log, at seconds: Int64, _ kill: Kill, rules: RuleSet
  ) throws -> Int {
    let told = Told()
    let now = Timestamp(seconds: seconds)
    let state = try StateFile(path: folder + "/st.db", now: now.nanoseconds)
    let job = state.job("year")
    var options = SummaryOptions(arguments: [log.path], job: "year", zone: .utc)
    options.isAlways = true
    let surroundings = Surroundings(
      now: { now }, write: { _ in }, warn: { _ in },
      stopRequest: {
        guard kill == .reading else { return nil }
        return told.polls.withLock { count in
          count += 1
          return count > 2 ? .terminate : nil
        }
      })
    let past = Summary.Past(
      record: try job.load(), history: try job.history(),
      days: { () throws(StateError) in try job.days() })
    _ = try Summary(
      options, rules: { rules }, job: kill == .beforeCommit ? nil : job, past: past, surroundings,
      render: { facts in
        told.lines.withLock { $0 = facts.lines }
        return ""
      }
    ).run()
    return kill == .none ? told.lines.withLock { $0 } : 0
  }

  @Test(
    "every line is counted once, however runs were killed and files rotated", arguments: [1])
  func year(seed: UInt64) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let rules = try RuleSet.load(
      texts: [
        (
          name: "one.yaml",
          text: "pack: one\nrules:\n  - id: a\n    match: panic\n    severity: error\n"
        )
      ])
    var log = Log(path: folder + "/app.log")
    var numbers = seed
    func next(_ bound: Int) -> Int {
      numbers = numbers &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(numbers >> 33) % bound
    }
    var told = 0
    var killed = 0
    for day in 0..<365 {
      try log.append(day: day, next(60), partial: false)
      if next(3) == 0 { try log.rotate(keeping: 9, isPacked: next(8) == 0) }
      let kill = next(3) == 0 ? Kill.allCases[1 + next(2)] : .none
      // A run that is killed is not followed by so many others that files are deleted meanwhile.
      let isEnd = kill == .none || killed >= 4 || day == 364
      killed = isEnd ? 0 : killed + 1
      told += try run(
        log, at: Self.start + Int64(day + 1) * Self.day + Int64(next(20_000)),
        isEnd ? .none : kill, rules: rules)
      if next(2) == 0 { try log.append(day: day + 1, next(10), partial: false) }
    }
    told += try run(log, at: Self.start + 366 * Self.day, .none, rules: rules)
    #expect(told == log.written)
    let state = try StateFile(path: folder + "/st.db", now: 0)
    #expect(try state.jobs().map(\.lines) == [Int64(log.written)])
    // The history holds what was logged in its days, and no day that is older than it keeps.
    let days = try state.job("year").days()
    #expect(days.count > 20 && days.count <= 29)
    for stored in days {
      let archive = try WindowArchiveLines(stored.windows, rules: rules)
      #expect(archive.lines == log.byDay[stored.number - Int(Self.start / Self.day)])
    }
  }
}
