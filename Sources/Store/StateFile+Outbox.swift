import GRDB

extension StateFile {
  /// Writes a message, which is on the disk when the call returns, and says its number. Old messages
  /// that need nothing more make room. Throws `StateError`.
  package func addToOutbox(_ row: OutboxRow) throws(StateError) -> Int64 {
    let action = "keep an alert until it has arrived"
    try checkPlace(action: action)
    do {
      return try queue.write { database in
        try database.execute(
          sql: """
            INSERT INTO outbox
              (sink, key, revision, state, tries, written, next_try, reason, run, notice)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            row.sink, row.key, row.revision, row.state, row.tries, row.written, row.nextTry,
            row.reason, row.run, row.notice,
          ])
        let number = database.lastInsertedRowID
        try database.execute(
          sql: "DELETE FROM outbox WHERE number <= ? AND state IN ('delivered', 'superseded')",
          arguments: [number - Limits.outboxRowsKept])
        return number
      }
    } catch {
      throw StateError(error, path: path, action: action)
    }
  }

  /// Writes what became of messages. Throws `StateError`.
  package func updateOutbox(_ rows: [OutboxRow]) throws(StateError) {
    let action = "write what became of an alert"
    try checkPlace(action: action)
    do {
      try queue.write { database in
        for row in rows {
          try database.execute(
            sql: """
              UPDATE outbox SET state = ?, tries = ?, next_try = ?, reason = ?, run = ?
              WHERE number = ?
              """,
            arguments: [row.state, row.tries, row.nextTry, row.reason, row.run, row.number])
        }
      }
    } catch {
      throw StateError(error, path: path, action: action)
    }
  }

  /// The messages in the order in which they were written. Throws `StateError`.
  package func outbox() throws(StateError) -> [OutboxRow] {
    do {
      return try queue.read { database in
        try Row.fetchAll(database, sql: "SELECT * FROM outbox ORDER BY number").map(OutboxRow.init)
      }
    } catch {
      throw StateError(error, path: path, action: "read the alerts")
    }
  }

  /// The highest revision that a key has had; 0 if it had none. Throws `StateError`.
  package func lastRevision(ofKey key: String) throws(StateError) -> Int {
    do {
      return try queue.read { database in
        try Int.fetchOne(
          database, sql: "SELECT max(revision) FROM outbox WHERE key = ?", arguments: [key]) ?? 0
      }
    } catch {
      throw StateError(error, path: path, action: "read the alerts")
    }
  }
}
