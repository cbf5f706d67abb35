import Following
import Foundation
import GRDB
import Store
import Testing

@Suite("What a job leaves for its next run")
struct JobTests {
  let scratch = Scratch()

  @Test("nothing, before its first commit")
  func never() throws {
    let state = try scratch.open()
    #expect(try state.job("nightly").load() == JobRecord())
    #expect(try state.jobs() == [])
  }

  @Test("checkpoints, counters, cursor and time, all as they were")
  func roundTrip() throws {
    let paths = [
      Example.path("/var/log/b.log", [1, 2, 3, 4, 5]),
      Example.path("/var/log/ä\u{1F30A} '\".log", [6]),
      Example.path("/var/log/a.log", []),
    ]
    try scratch.open().job("nightly").commit(
      JobCommit(paths: paths, counts: ["lines": 12], cursor: "s=1;i=2", lastRun: Example.now))
    let record = try scratch.open().job("nightly").load()
    #expect(record.checkpoints == paths)
    #expect(record.counts == ["lines": 12])
    #expect(record.cursor == "s=1;i=2")
    #expect(record.lastRun == Example.now)
  }

  @Test("counters that add up over runs, each job its own")
  func counts() throws {
    let job = try scratch.open().job("a")
    try job.commit(JobCommit(counts: ["lines": 5, "bytes": 50], lastRun: 1))
    try job.commit(JobCommit(counts: ["lines": 2], lastRun: 2))
    try scratch.open().job("a").commit(JobCommit(counts: ["lines": 1], lastRun: 3))
    try scratch.open().job("b").commit(JobCommit(counts: ["lines": 9], cursor: "b", lastRun: 4))
    let state = try scratch.open()
    #expect(try state.job("a").load().counts == ["lines": 8, "bytes": 50])
    #expect(try state.job("a").load().cursor == nil)
    let jobs = try state.jobs()
    #expect(jobs.map(\.name) == ["a", "b"])
    #expect(jobs.map(\.lines) == [8, 9])
    #expect(jobs.map(\.created) == [1, 4])
    #expect(jobs.map(\.lastRun) == [3, 4])
  }

  @Test("a cursor that stays until another one comes")
  func cursor() throws {
    let job = try scratch.open().job("a")
    try job.commit(JobCommit(cursor: "first", lastRun: 1))
    try job.commit(JobCommit(lastRun: 2))
    #expect(try job.load().cursor == "first")
    try job.commit(JobCommit(cursor: "second", lastRun: 3))
    #expect(try job.load().cursor == "second")
  }

  @Test("the files that a path has now: changed, added, moved up and gone")
  func files() throws {
    let job = try scratch.open().job("a")
    var other = Example.path("/b.log", [40])
    try job.commit(JobCommit(paths: [other], lastRun: 1))
    for files in [[1], [1, 2], [1, 12], [1, 12, 3], [12, 3], [3], [], [7, 8]] {
      other.pastModified += 1
      let path = Example.path("/a.log", files)
      try job.commit(JobCommit(paths: [path, other], lastRun: 2))
      #expect(try scratch.open().job("a").load().checkpoints == [other, path])
    }
  }

  @Test("nothing of a path that is to be forgotten")
  func forgotten() throws {
    let job = try scratch.open().job("a")
    try job.commit(
      JobCommit(paths: [Example.path("/a", [1, 2]), Example.path("/b", [3])], lastRun: 1))
    try job.commit(JobCommit(forgotten: ["/a", "/never"], lastRun: 2))
    #expect(try scratch.open().job("a").load().checkpoints == [Example.path("/b", [3])])
    #expect(try scratch.open().check() == [])
    try job.commit(JobCommit(paths: [Example.path("/a", [5])], lastRun: 3))
    #expect(try job.load().checkpoints.map(\.path) == ["/b", "/a"])
  }

  @Test("only rows that changed are written")
  func changedRows() throws {
    let state = try scratch.open()
    let job = state.job("a")
    try job.commit(JobCommit(paths: [Example.path("/a", [1, 2, 3])], lastRun: 1))
    try scratch.execute(
      """
      CREATE TABLE touched (position INTEGER);
      CREATE TRIGGER updated AFTER UPDATE ON followed_file
        BEGIN INSERT INTO touched VALUES (new.position); END;
      """)
    try job.commit(JobCommit(paths: [Example.path("/a", [1, 2, 13])], lastRun: 2))
    #expect(try scratch.integers("SELECT position FROM touched") == [2])
  }

  @Test("of a commit that fails nothing, and the same commit later all")
  func failedCommit() throws {
    let state = try scratch.open()
    let job = state.job("a")
    let first = [Example.path("/a", [1, 2]), Example.path("/b", [3])]
    try job.commit(JobCommit(paths: first, counts: ["lines": 3], cursor: "c1", lastRun: 1))
    let before = try job.load()
    // The counters are written last: everything else has been written when this fails.
    try scratch.execute(
      """
      CREATE TRIGGER fails BEFORE UPDATE ON counter
        BEGIN SELECT raise(ABORT, 'the test says no'); END
      """)
    let second = [Example.path("/a", [1, 5, 6]), Example.path("/new", [7])]
    let commit = JobCommit(
      paths: second, forgotten: ["/b"], counts: ["lines": 4], cursor: "c2", lastRun: 2)
    for _ in 0..<3 {
      let error = #expect(throws: StateError.self) { try job.commit(commit) }
      #expect(error?.reason.contains("the test says no") == true)
      #expect(error?.description.contains("what job a leaves") == true)
    }
    #expect(try scratch.open().job("a").load() == before)
    try scratch.execute("DROP TRIGGER fails")
    try job.commit(commit)
    let after = try scratch.open().job("a").load()
    #expect(after.checkpoints == second)
    #expect(after.counts == ["lines": 7])
    #expect(after.cursor == "c2")
  }

  @Test("what either of two open state files wrote last, used in turn")
  func inTurn() throws {
    let jobs = try (0..<2).map { _ in try scratch.open().job("a") }
    for step in 1...12 {
      // The middle file is always the one that this writer wrote last, but not what is there.
      let path = Example.path("/a", [step % 3, step % 2, 9])
      try jobs[step % 2].commit(
        JobCommit(paths: [path], counts: ["lines": 1], lastRun: Int64(step)))
      #expect(try scratch.open().job("a").load().checkpoints == [path])
    }
    #expect(try scratch.open().job("a").load().counts == ["lines": 12])
  }

  @Test("nothing in a file that lost its name while it was open")
  func moved() throws {
    let state = try scratch.open()
    let job = state.job("a")
    try job.commit(JobCommit(lastRun: 1))
    try FileManager.default.moveItem(atPath: scratch.state, toPath: scratch.path("elsewhere"))
    let error = #expect(throws: StateError.self) { try job.commit(JobCommit(lastRun: 2)) }
    #expect(error?.kind == .moved)
    #expect(error?.canRetry == false)
  }
}

extension Scratch {
  /// Runs SQL on the state file beside the library.
  func execute(_ sql: String) throws {
    try DatabaseQueue(path: state).writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  func integers(_ sql: String) throws -> [Int] {
    try DatabaseQueue(path: state).read { try Int.fetchAll($0, sql: sql) }
  }
}
