import Bytes
import GRDB

extension StateFile {
  /// Every job, by name. Throws `StateError`.
  package func jobs() throws(StateError) -> [JobSummary] {
    do {
      return try queue.read { try JobSummary.all($0) }
    } catch {
      throw StateError(error, path: path, action: "list the jobs")
    }
  }

  /// What is wrong with the file, nothing when all is well: indexes against tables, references, and
  /// the sums of all checkpoints. Throws `StateError` when it could not be found out.
  package func check() throws(StateError) -> [String] {
    do {
      return try queue.read { try Integrity.problems($0, isFull: true) }
    } catch {
      let error = StateError(error, path: path, action: "check the state file")
      guard error.kind == .damaged else { throw error }
      return [error.reason]
    }
  }

  /// Gives the space of what was deleted back to the file system. Returns the bytes of the file
  /// before and after. Throws `StateError`; the file holds what it held then.
  package func vacuum() throws(StateError) -> (before: Int64, after: Int64) {
    do {
      return try queue.writeWithoutTransaction { database in
        // Without it the file on disk is as long as it was until the next checkpoint of the log.
        func emptyLog() throws {
          _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try emptyLog()
        let before = try FileStatus(path: files.database).size
        try database.execute(sql: "VACUUM")
        try emptyLog()
        return (before, try FileStatus(path: files.database).size)
      }
    } catch {
      throw StateError(error, path: path, action: "vacuum the state file")
    }
  }

  /// Throws `StateError` when the file that is open no longer has its name: what is written to it
  /// then, no later run would find.
  func checkPlace(action: String) throws(StateError) {
    if let status = try? FileStatus(path: files.database), status.identity == identity { return }
    throw StateError(
      .moved, path: path, action: action,
      reason: "it was removed, renamed or replaced while it was open")
  }
}

extension JobSummary {
  static func all(_ database: Database) throws -> [JobSummary] {
    guard try database.tableExists("job") else { return [] }
    return try Row.fetchAll(
      database,
      sql: """
        SELECT job.name AS name, coalesce(value, 0) AS lines, last_run, created FROM job
        LEFT JOIN counter ON counter.job = job.id AND counter.name = 'lines' ORDER BY job.name
        """
    ).map { row in
      JobSummary(
        name: row["name"], lines: row["lines"], lastRun: row["last_run"], created: row["created"])
    }
  }
}
