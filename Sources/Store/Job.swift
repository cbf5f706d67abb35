import Bytes
import GRDB

/// One named job of a state file: what it left, and what it leaves.
///
/// It remembers what it wrote last and writes only what differs. Not for use by several threads at
/// once.
package final class Job {
  package let name: String
  let state: StateFile
  private var written = WrittenPaths()

  init(name: String, state: StateFile) {
    self.name = name
    self.state = state
  }

  /// What earlier runs left. Throws `StateError`.
  package func load() throws(StateError) -> JobRecord {
    let action = "read what job \(name) left"
    do {
      let (record, paths) = try state.queue.read { database in
        let paths = try WrittenPaths(database, job: name)
        return (try Self.record(database, job: name, paths: paths), paths)
      }
      written = paths
      return record
    } catch {
      throw Self.readingError(error, path: state.path, action: action)
    }
  }

  /// Writes all of `commit` in one transaction, which is on the disk when the call returns. Throws
  /// `StateError`; nothing of it is in the file then, and the same or later data may be committed
  /// again. (Only if the device failed to sync, and the process is killed before anything else is
  /// committed, may the next run find the whole of it.)
  package func commit(_ commit: JobCommit) throws(StateError) {
    let action = "write what job \(name) leaves"
    try state.checkPlace(action: action)
    do {
      var paths = written
      try state.queue.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) {
          let row = try JobRow(database, name: name, commit: commit)
          if row.generation != paths.generation + 1 || row.id != paths.job {
            // Another run has written since, or nothing was read yet.
            paths = try WrittenPaths(database, job: name)
          }
          paths.job = row.id
          paths.generation = row.generation
          try paths.write(database, commit)
          try row.add(database, commit.counts)
          try commit.history?.write(database, job: row.id)
          return .commit
        }
      }
      written = paths
    } catch {
      throw Self.readingError(error, path: state.path, action: action)
    }
  }

  static func record(
    _ database: Database, job: String, paths: WrittenPaths
  ) throws -> JobRecord {
    var record = JobRecord()
    record.checkpoints = paths.checkpoints
    let row = try Row.fetchOne(
      database, sql: "SELECT id, cursor, last_run FROM job WHERE name = ?", arguments: [job])
    guard let row else { return record }
    record.cursor = row["cursor"]
    record.lastRun = row["last_run"]
    let counters = try Row.fetchAll(
      database, sql: "SELECT name, value FROM counter WHERE job = ?",
      arguments: [row["id"] as Int64?])
    for counter in counters { record.counts[counter["name"]] = counter["value"] }
    return record
  }

  private static func readingError(
    _ error: any Error, path: String, action: String
  ) -> StateError {
    guard error is DecodingError else { return StateError(error, path: path, action: action) }
    return StateError(
      .newerVersion, path: path, action: action,
      reason: "another version of Tidemark wrote its checkpoints")
  }
}

extension StateFile {
  /// The job of this name, which need not have run yet; nothing is written before its first commit.
  package func job(_ name: String) -> Job { Job(name: name, state: self) }
}
