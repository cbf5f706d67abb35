import GRDB

/// The tables, and how a file of an older version gets them. Migrations are only ever appended.
enum Schema {
  /// Marks the file as ours: `TdMk`.
  static let applicationID: UInt32 = 0x5464_4D6B
  /// The number of migrations; one more with each.
  static let version: Int64 = 2

  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 jobs and checkpoints") { database in
      try database.execute(sql: jobsAndCheckpoints)
    }
    OutboxTable.register(in: &migrator)
    return migrator
  }()

  /// `generation` counts the commits of a job, `last_run` and `created` are nanoseconds since 1970.
  /// A row of `followed_file` is one file of a path, the newest last, as JSON; `checksum` is the
  /// FNV-1a hash of that text, because SQLite does not notice a changed byte within a value.
  private static let jobsAndCheckpoints = """
    CREATE TABLE job (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      created INTEGER NOT NULL,
      last_run INTEGER NOT NULL,
      generation INTEGER NOT NULL,
      cursor TEXT
    ) STRICT;
    CREATE TABLE counter (
      job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
      name TEXT NOT NULL,
      value INTEGER NOT NULL,
      PRIMARY KEY (job, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE followed_path (
      id INTEGER PRIMARY KEY,
      job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
      path TEXT NOT NULL,
      past_modified INTEGER NOT NULL,
      UNIQUE (job, path)
    ) STRICT;
    CREATE TABLE followed_file (
      path INTEGER NOT NULL REFERENCES followed_path ON DELETE CASCADE,
      position INTEGER NOT NULL,
      checkpoint TEXT NOT NULL,
      checksum INTEGER NOT NULL,
      PRIMARY KEY (path, position)
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 1;
    """
}
