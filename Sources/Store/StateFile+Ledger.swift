import GRDB

/// Writing to the ledger.
extension StateFile {
  /// Adds a release; false when one of that name is there, which stays as it is. Throws `StateError`.
  package func start(_ release: ReleaseEntry) throws(StateError) -> Bool {
    try change("start release \(release.name)") { database in
      try database.execute(
        sql: """
          INSERT INTO release (name, at, owner, expectation, rollback) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (name) DO NOTHING
          """,
        arguments: [
          release.name, release.at, release.owner, release.expectation, release.rollback,
        ])
      guard database.changesCount == 1 else { return false }
      try database.execute(
        sql: """
          DELETE FROM release WHERE id IN (
            SELECT id FROM release WHERE ended IS NOT NULL ORDER BY at
            LIMIT max(0, (SELECT count(*) FROM release) - \(Limits.releases)))
          """)
      return true
    }
  }

  /// Ends an open release; false when none of that name is open. Throws `StateError`.
  package func end(
    release name: String, outcome: ReleaseEntry.Outcome, now: Int64
  ) throws(StateError) -> Bool {
    try change("end release \(name)") { database in
      try database.execute(
        sql: "UPDATE release SET ended = ?, outcome = ? WHERE name = ? AND ended IS NULL",
        arguments: [now, outcome.rawValue, name])
      return database.changesCount == 1
    }
  }

  /// Keeps what a watch of a release came to; false when there is no such release. Throws
  /// `StateError`.
  package func keep(_ watch: WatchEntry, release name: String) throws(StateError) -> Bool {
    try change("keep the verdict on release \(name)") { database in
      guard
        let release = try Int64.fetchOne(
          database, sql: "SELECT id FROM release WHERE name = ?", arguments: [name])
      else { return false }
      try database.execute(
        sql: "INSERT INTO release_watch (release, recorded, memo) VALUES (?, ?, ?)",
        arguments: [release, watch.recorded, watch.memo])
      try database.execute(
        sql: """
          DELETE FROM release_watch WHERE release = ? AND id NOT IN (
            SELECT id FROM release_watch WHERE release = ? ORDER BY id DESC
            LIMIT \(Limits.watchesPerRelease))
          """, arguments: [release, release])
      return true
    }
  }

  /// Silences a signal. Throws `StateError`.
  package func add(_ mute: MuteEntry) throws(StateError) {
    try change("silence \(mute.signal)") { database in
      try database.execute(
        sql: "INSERT INTO mute (signal, since, until, reason) VALUES (?, ?, ?, ?)",
        arguments: [mute.signal, mute.since, mute.until, mute.reason])
      try database.execute(
        sql: """
          DELETE FROM mute WHERE id NOT IN (
            SELECT id FROM mute ORDER BY until DESC, id DESC LIMIT \(Limits.mutes))
          """)
    }
  }

  /// Ends the silences of a signal that are in force; returns how many there were. Throws
  /// `StateError`.
  package func endMutes(of signal: String, now: Int64) throws(StateError) -> Int {
    try change("end the silence of \(signal)") { database in
      try database.execute(
        sql: "UPDATE mute SET until = max(?, since) WHERE signal = ? AND until > ?",
        arguments: [now, signal, now])
      return database.changesCount
    }
  }

  /// Runs `body` in one transaction that is on the disk when the call returns.
  func change<Value>(
    _ action: String, _ body: (Database) throws -> Value
  ) throws(StateError) -> Value {
    try checkPlace(action: action)
    do {
      return try queue.writeWithoutTransaction { database in
        var value: Value?
        try database.inTransaction(.immediate) {
          value = try body(database)
          return .commit
        }
        guard let value else {
          throw DatabaseError(resultCode: .SQLITE_INTERNAL, message: "nothing was done")
        }
        return value
      }
    } catch {
      throw StateError(error, path: path, action: action)
    }
  }
}
