import GRDB

/// The table of messages to alert sinks, in a migration of its own.
enum OutboxTable {
  /// `written` and `next_try` are nanoseconds since 1970; `notice` is the message as JSON. `run` says
  /// which run sends the row; its lock is held while it lives.
  private static let statements = """
    CREATE TABLE outbox (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      sink TEXT NOT NULL,
      key TEXT NOT NULL,
      revision INTEGER NOT NULL,
      state TEXT NOT NULL,
      tries INTEGER NOT NULL,
      written INTEGER NOT NULL,
      next_try INTEGER NOT NULL,
      reason TEXT,
      run TEXT NOT NULL,
      notice TEXT NOT NULL
    ) STRICT;
    CREATE INDEX outbox_state ON outbox (state);
    CREATE INDEX outbox_key ON outbox (key, revision);
    """

  static func register(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("outbox") { database in
      try database.execute(sql: statements)
      try database.execute(sql: "PRAGMA user_version = \(Schema.version)")
    }
  }
}
