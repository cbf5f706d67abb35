import Foundation
import GRDB
import Store
import Testing

@Suite("A state file that is damaged")
struct DamageTests {
  /// What is done to a sound state file, and what opening it says.
  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var damage: @Sendable (Scratch) throws -> Void
    /// What the notice says was wrong; nil when the file counts as a new one.
    var reason: String?
  }

  static func write(_ bytes: @escaping @Sendable ([UInt8]) -> [UInt8])
    -> @Sendable (Scratch) throws
    -> Void
  {
    { try $0.write(bytes($0.bytes())) }
  }

  static let damages = [
    Damage(testDescription: "of no length counts as new", damage: write { _ in [] }),
    Damage(
      testDescription: "filled with zeros",
      damage: write { [UInt8](repeating: 0, count: $0.count) }, reason: "it is filled with zeros"),
    Damage(
      testDescription: "of one zero byte", damage: write { _ in [0] },
      reason: "it is filled with zeros"),
    Damage(
      testDescription: "cut within its header", damage: write { Array($0.prefix(60)) },
      reason: "it ends within its header"),
    Damage(
      testDescription: "cut within its first page", damage: write { Array($0.prefix(1000)) },
      reason: "malformed"),
    Damage(
      testDescription: "cut in the middle of a page",
      damage: write { Array($0.prefix($0.count / 2 + 7)) },
      reason: "malformed"),
    Damage(
      testDescription: "cut between two pages",
      damage: write { Array($0.prefix($0.count / 8192 * 4096)) }, reason: "malformed"),
    Damage(
      testDescription: "of random bytes",
      damage: write { bytes in
        var state: UInt64 = 42
        return bytes.map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return UInt8(state >> 56)
        }
      }, reason: "it is not a database"),
    Damage(
      testDescription: "of text", damage: write { _ in Array("positions: {}\n".utf8) },
      reason: "it is not a database"),
    Damage(
      testDescription: "zero-filled from the second page on",
      damage: write { $0.prefix(4096) + [UInt8](repeating: 0, count: $0.count - 4096) },
      reason: "malformed"),
    Damage(
      testDescription: "with one digit of a checkpoint changed",
      damage: { scratch in
        try scratch.execute(
          "UPDATE followed_file SET checkpoint = replace(checkpoint, 'size\":700', 'size\":900')")
      }, reason: "a checkpoint of /log/0 is not what was written"),
    Damage(
      testDescription: "gone, but with its log",
      damage: { scratch in
        try scratch.write([1, 2, 3], to: "st.db-wal")
        try FileManager.default.removeItem(atPath: scratch.state)
      }, reason: "it is gone, but its write-ahead log is there"),
    Damage(
      testDescription: "emptied, but with its log",
      damage: { scratch in
        try scratch.write([1, 2, 3], to: "st.db-wal")
        try scratch.write([])
      }, reason: "it is empty, but its write-ahead log is not"),
  ]

  /// A state file with many pages.
  static func sound(_ scratch: Scratch) throws {
    let job = try scratch.open().job("a")
    try job.commit(
      JobCommit(
        paths: (0..<30).map { Example.path("/log/\($0)", [$0, $0 + 1]) }, counts: ["lines": 5],
        lastRun: 1))
  }

  @Test("is set aside whole, and a new one begun that works", arguments: damages)
  func setAside(damage: Damage) throws {
    let scratch = Scratch()
    try Self.sound(scratch)
    #expect(try scratch.open().notice == nil)
    try damage.damage(scratch)
    let damaged = (try? scratch.bytes()) ?? []
    let state = try scratch.open()
    let kept = "st.db.damaged-20261122T140300Z"
    if let reason = damage.reason {
      let notice = try #require(state.notice)
      #expect(notice.reason.contains(reason))
      #expect(notice.keptAs.hasSuffix("/" + kept))
      for word in [scratch.state, notice.reason, kept, "never run"] {
        #expect(notice.description.contains(word))
      }
      #expect(((try? scratch.bytes(kept)) ?? []) == damaged)
    } else {
      #expect(state.notice == nil)
      #expect(try scratch.names().allSatisfy { !$0.contains("damaged") })
    }
    #expect(try state.jobs() == [])
    try state.job("a").commit(JobCommit(counts: ["lines": 1], lastRun: 1))
    #expect(try scratch.open().notice == nil)
    #expect(try scratch.open().job("a").load().counts == ["lines": 1])
    #expect(try state.check() == [])
  }

  @Test("is only reported by one who looks, and stays as it is", arguments: damages)
  func report(damage: Damage) throws {
    let scratch = Scratch()
    try Self.sound(scratch)
    try damage.damage(scratch)
    let damaged = try? scratch.bytes()
    let names = try scratch.names()
    let report = try StateReport(path: scratch.state)
    #expect(report.exists == (damage.reason != nil))
    #expect(report.problems.isEmpty == (damage.reason == nil))
    if let reason = damage.reason { #expect(report.problems[0].contains(reason)) }
    #expect(report.jobs == [])
    if damage.reason != nil {
      let error = #expect(throws: StateError.self) { try scratch.open(keepsDamaged: true) }
      #expect(error?.kind == .damaged)
    }
    #expect((try? scratch.bytes()) == damaged)
    #expect(try scratch.names().filter { !$0.hasSuffix("-shm") } == names)
  }

  @Test("is set aside next to earlier ones, over none of them")
  func again() throws {
    for _ in 0..<3 {
      _ = try scratch.open()
      try scratch.write(Array("junk".utf8))
      #expect(try scratch.open().notice != nil)
    }
    let kept = try scratch.names().filter { $0.contains("damaged") }
    #expect(kept.map { $0.dropFirst("st.db.damaged-20261122T140300Z".count) } == ["", "-2", "-3"])
  }

  @Test("is not taken from one who has it open, but as soon as that one is gone")
  func inUse() throws {
    try Self.sound(scratch)
    do {
      let user = try scratch.open()
      // Another process does it: closing a descriptor here would give back the locks of SQLite.
      try shell("dd if=/dev/zero of='\(scratch.state)' bs=4096 count=1 conv=notrunc 2>&1")
      let error = #expect(throws: StateError.self) { try scratch.open() }
      #expect(error?.kind == .busy)
      #expect(error?.canRetry == true)
      #expect(error?.reason.contains("\(ProcessInfo.processInfo.processIdentifier)") == true)
      #expect(try scratch.names().allSatisfy { !$0.contains("damaged") })
      withExtendedLifetime(user) {}
    }
    #expect(try scratch.open().notice != nil)
  }

  let scratch = Scratch()
}
