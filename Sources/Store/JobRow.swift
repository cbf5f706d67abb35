import GRDB

/// The row of a job within a commit.
struct JobRow {
  let id: Int64
  /// Commits of this job so far, the present one included.
  let generation: Int64

  /// Makes the row, or brings it up to date.
  init(_ database: Database, name: String, commit: JobCommit) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO job (name, created, last_run, generation, cursor) VALUES (?, ?, ?, 1, ?)
        ON CONFLICT (name) DO UPDATE SET last_run = excluded.last_run,
          generation = generation + 1, cursor = coalesce(excluded.cursor, cursor)
        RETURNING id, generation
        """)
    // All rows are fetched: a statement that stays half done would keep the transaction open.
    let rows = try Row.fetchAll(
      statement, arguments: [name, commit.lastRun, commit.lastRun, commit.cursor])
    guard let row = rows.first else {
      throw DatabaseError(resultCode: .SQLITE_INTERNAL, message: "no row of job \(name)")
    }
    id = row["id"]
    generation = row["generation"]
  }

  /// Adds to the job's counters.
  func add(_ database: Database, _ counts: [String: Int64]) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO counter (job, name, value) VALUES (?, ?, ?)
        ON CONFLICT (job, name) DO UPDATE SET value = value + excluded.value
        """)
    for (name, count) in counts { try statement.execute(arguments: [id, name, count]) }
  }
}
