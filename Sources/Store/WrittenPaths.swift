import Following
import GRDB

/// The checkpoints of a job as they stand in the file, so that only what differs is written.
struct WrittenPaths {
  /// One followed path with its row.
  struct Path {
    let id: Int64
    var checkpoint: PathCheckpoint
  }

  /// The job's row; nil if it has none.
  var job: Int64?
  /// The commit that these are of. When the file has another, they are out of date.
  var generation: Int64 = 0
  private var paths: [String: Path] = [:]

  /// Those of a job of which nothing was read yet.
  init() {}

  /// Reads them. Throws a `DecodingError` when a checkpoint is not one.
  init(_ database: Database, job name: String) throws {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT id, generation FROM job WHERE name = ?", arguments: [name])
    else { return }
    let job: Int64 = row["id"]
    self.job = job
    generation = row["generation"]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, followed_path.path AS path, past_modified, checkpoint FROM followed_path
        LEFT JOIN followed_file ON followed_file.path = followed_path.id
        WHERE job = ? ORDER BY id, position
        """, arguments: [job])
    while let row = try rows.next() {
      let path: String = row["path"]
      var entry =
        paths[path]
        ?? Path(
          id: row["id"],
          checkpoint: PathCheckpoint(path: path, pastModified: row["past_modified"], files: []))
      if let text = row["checkpoint"] as String? {
        entry.checkpoint.files.append(try CheckpointText(text: text).checkpoint())
      }
      paths[path] = entry
    }
  }

  /// All of them, in the order in which their rows were made.
  var checkpoints: [PathCheckpoint] {
    paths.values.sorted { $0.id < $1.id }.map(\.checkpoint)
  }

  /// Writes what differs from what is there, and remembers it.
  mutating func write(_ database: Database, _ commit: JobCommit) throws {
    for path in commit.forgotten {
      guard let entry = paths.removeValue(forKey: path) else { continue }
      try database.cachedStatement(sql: "DELETE FROM followed_path WHERE id = ?")
        .execute(arguments: [entry.id])
    }
    for checkpoint in commit.paths { try write(database, checkpoint) }
  }

  private mutating func write(_ database: Database, _ checkpoint: PathCheckpoint) throws {
    let known = paths[checkpoint.path]
    let id = try known?.id ?? insert(database, checkpoint)
    if let known, known.checkpoint.pastModified != checkpoint.pastModified {
      try database.cachedStatement(sql: "UPDATE followed_path SET past_modified = ? WHERE id = ?")
        .execute(arguments: [checkpoint.pastModified, id])
    }
    let before = known?.checkpoint.files ?? []
    for (position, file) in checkpoint.files.enumerated() {
      if position < before.count, before[position] == file { continue }
      let row = try CheckpointText(file)
      try database.cachedStatement(
        sql: """
          INSERT INTO followed_file (path, position, checkpoint, checksum) VALUES (?, ?, ?, ?)
          ON CONFLICT (path, position) DO UPDATE
            SET checkpoint = excluded.checkpoint, checksum = excluded.checksum
          """
      ).execute(arguments: [id, position, row.text, row.checksum])
    }
    if before.count > checkpoint.files.count {
      try database.cachedStatement(
        sql: "DELETE FROM followed_file WHERE path = ? AND position >= ?"
      ).execute(arguments: [id, checkpoint.files.count])
    }
    paths[checkpoint.path] = Path(id: id, checkpoint: checkpoint)
  }

  private func insert(_ database: Database, _ checkpoint: PathCheckpoint) throws -> Int64 {
    try database.cachedStatement(
      sql: "INSERT INTO followed_path (job, path, past_modified) VALUES (?, ?, ?)"
    ).execute(arguments: [job, checkpoint.path, checkpoint.pastModified])
    return database.lastInsertedRowID
  }
}
