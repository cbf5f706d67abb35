import GRDB

/// Opens the database: as durable as SQLite can be, of our version, and found to be whole.
enum Connection {
  /// For reading and writing. Throws `StateError` with what is wrong with the file, or what SQLite
  /// says.
  static func open(_ files: StateFiles) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(Limits.busySeconds)
    configuration.prepareDatabase { database in
      // A commit is on the disk before it is reported.
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    let queue = try DatabaseQueue(path: files.database, configuration: configuration)
    do {
      try queue.writeWithoutTransaction { database in
        try begin(database)
        try checkVersion(database, path: files.path)
        try checkIntegrity(database, path: files.path)
      }
      try Schema.migrator.migrate(queue)
      return queue
    } catch {
      // Before the file is renamed: SQLite removes its own files by name when it closes.
      try? queue.close()
      throw error
    }
  }

  /// For looking only: nothing is made, mended or changed.
  static func openReadOnly(_ files: StateFiles) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(Limits.busySeconds)
    return try DatabaseQueue(path: files.database, configuration: configuration)
  }

  /// Marks a new file as ours before it has a log, so that the mark is in the file itself.
  private static func begin(_ database: Database) throws {
    if try Int.fetchOne(database, sql: "PRAGMA page_count") == 0 {
      try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
    }
    // A file system without shared memory keeps the older journal, which is as safe, only slower.
    _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
  }

  /// Throws `StateError` when a newer version wrote the file.
  static func checkVersion(_ database: Database, path: String) throws {
    let version = try Int64.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard version <= Schema.version, try !Schema.migrator.hasBeenSuperseded(database) else {
      throw StateError(
        .newerVersion, path: path, action: "open the state file",
        reason: "a newer version of Tidemark wrote it")
    }
  }

  private static func checkIntegrity(_ database: Database, path: String) throws {
    let problems = try Integrity.problems(database, isFull: false)
    guard let first = problems.first else { return }
    let more = problems.count > 1 ? ", and \(problems.count - 1) more" : ""
    throw StateError(
      .damaged, path: path, action: "open the state file", reason: first + more)
  }
}
