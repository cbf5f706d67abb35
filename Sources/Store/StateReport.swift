import GRDB

/// A state file looked at without being opened for use: nothing is made, mended or set aside.
package struct StateReport: Hashable, Sendable {
  /// There is a file. Without one there are no jobs, and nothing is wrong.
  package let exists: Bool
  /// What is wrong, nothing when all is well.
  package let problems: [String]
  /// Every job, by name; none of a damaged file.
  package let jobs: [JobSummary]

  /// Looks at the file at `path` as a whole. Throws `StateError` when it is another program's or a
  /// newer version's, or when it cannot be read.
  package init(path: String) throws(StateError) {
    let looked = try Self.look(path, action: "check the state file") { database in
      let problems = try Integrity.problems(database, isFull: true)
      return (problems, problems.isEmpty ? try JobSummary.all(database) : [])
    }
    switch looked {
    case .missing: (exists, problems, jobs) = (false, [], [])
    case .damaged(let reason): (exists, problems, jobs) = (true, [reason], [])
    case .read((let problems, let jobs)):
      (exists, self.problems, self.jobs) = (true, problems, jobs)
    }
  }

  /// What `job` left in the file at `path`; one that never ran if there is no file. Throws
  /// `StateError`.
  package static func record(of job: String, path: String) throws(StateError) -> JobRecord {
    let action = "read what job \(job) left"
    let looked = try look(path, action: action) { database in
      guard try database.tableExists("job") else { return JobRecord() }
      return try Job.record(database, job: job, paths: WrittenPaths(database, job: job))
    }
    switch looked {
    case .missing: return JobRecord()
    case .damaged(let reason):
      throw StateError(.damaged, path: path, action: action, reason: reason)
    case .read(let record): return record
    }
  }

  /// What earlier runs of `job` counted, in the file at `path`; nil when none kept it. Throws
  /// `StateError`.
  package static func history(
    of job: String, path: String
  ) throws(StateError) -> (JobHistory, days: [JobHistory.Day])? {
    let action = "read the history of job \(job)"
    let looked = try look(path, action: action) { database in
      guard try database.tableExists("job_history"),
        let history = try JobHistory(database, job: job)
      else { return (JobHistory, days: [JobHistory.Day])?.none }
      return (history, try JobHistory.days(database, job: job))
    }
    switch looked {
    case .missing: return nil
    case .damaged(let reason):
      throw StateError(.damaged, path: path, action: action, reason: reason)
    case .read(let history): return history
    }
  }

  enum Looked<Value> {
    case missing
    case damaged(String)
    case read(Value)
  }

  /// Runs `body` with the file open for reading, if there is a whole one.
  static func look<Value>(
    _ path: String, action: String, _ body: (Database) throws -> Value
  ) throws(StateError) -> Looked<Value> {
    let files = StateFiles(path: path)
    switch try files.condition(action: action) {
    case .new: return .missing
    case .damaged(let reason): return .damaged(reason)
    case .ours: break
    }
    do {
      let queue = try Connection.openReadOnly(files)
      return .read(
        try queue.read { database in
          try Connection.checkVersion(database, path: path)
          return try body(database)
        })
    } catch {
      let error = StateError(error, path: path, action: action)
      guard error.kind == .damaged else { throw error }
      return .damaged(error.reason)
    }
  }
}
