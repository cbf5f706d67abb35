import GRDB

/// The tables, and how a file of an older version gets them. Migrations are only ever appended.
enum Schema {
  /// Marks the file as ours: `TdMk`.
  static let applicationID: UInt32 = 0x5464_4D6B
  /// The number of migrations; one more with each.
  static let version: Int64 = 5

  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 jobs and checkpoints") { database in
      try database.execute(sql: jobsAndCheckpoints)
    }
    migrator.registerMigration("2 releases") { database in
      try database.execute(sql: releases)
    }
    migrator.registerMigration("3 history of jobs") { database in
      try database.execute(sql: history)
    }
    migrator.registerMigration("4 baselines") { database in
      try database.execute(sql: baselines)
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

  /// The ledger. `at`, `ended`, `since`, `until` and `recorded` are nanoseconds since 1970. A row of
  /// `release_watch` is what a watch of the release came to, as JSON.
  private static let releases = """
    CREATE TABLE release (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      owner TEXT,
      expectation TEXT,
      rollback TEXT,
      ended INTEGER,
      outcome TEXT
    ) STRICT;
    CREATE INDEX release_at ON release (at);
    CREATE TABLE release_watch (
      id INTEGER PRIMARY KEY,
      release INTEGER NOT NULL REFERENCES release ON DELETE CASCADE,
      recorded INTEGER NOT NULL,
      memo TEXT NOT NULL
    ) STRICT;
    CREATE INDEX release_watch_release ON release_watch (release);
    CREATE TABLE mute (
      id INTEGER PRIMARY KEY,
      signal TEXT NOT NULL,
      since INTEGER NOT NULL,
      until INTEGER NOT NULL,
      reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX mute_until ON mute (until);
    PRAGMA user_version = 2;
    """

  /// What a job counted, a row a day of event time: `windows` is an archive, `day` counts from 1970.
  /// `newest` is the time of its newest record. A row of `job_hold` is a span that is no baseline until
  /// event time has come to `until`. Times are nanoseconds since 1970.
  private static let history = """
    CREATE TABLE job_history (
      job INTEGER PRIMARY KEY REFERENCES job ON DELETE CASCADE,
      newest INTEGER
    ) STRICT;
    CREATE TABLE job_day (
      id INTEGER PRIMARY KEY,
      job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
      day INTEGER NOT NULL,
      windows BLOB NOT NULL,
      UNIQUE (job, day)
    ) STRICT;
    CREATE TABLE job_hold (
      id INTEGER PRIMARY KEY,
      job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
      since INTEGER NOT NULL,
      ended INTEGER NOT NULL,
      until INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX job_hold_job ON job_hold (job);
    PRAGMA user_version = 3;
    """

  /// What a baseline is made of: `facts` as JSON, `windows` as an archive.
  private static let baselines = """
    CREATE TABLE baseline (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      facts TEXT NOT NULL,
      windows BLOB NOT NULL
    ) STRICT;
    PRAGMA user_version = 4;
    """
}
