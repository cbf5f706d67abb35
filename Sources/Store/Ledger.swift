import GRDB

/// The ledger of a state file, for looking only: nothing is made or changed, and without a file it is
/// empty.
package struct Ledger: Hashable, Sendable {
  private let path: String

  /// The ledger in the state file at `path`.
  package init(path: String) {
    self.path = path
  }

  /// Every release, the newest first. Throws `StateError`.
  package func releases() throws(StateError) -> [ReleaseEntry] {
    try look("list the releases") { database in
      try Row.fetchAll(database, sql: "SELECT * FROM release ORDER BY at DESC, id DESC")
        .map(ReleaseEntry.init)
    } ?? []
  }

  /// The open release that was started last. Throws `StateError`.
  package func openRelease() throws(StateError) -> ReleaseEntry? {
    try look("read the open release") { database in
      try Row.fetchOne(
        database,
        sql: "SELECT * FROM release WHERE ended IS NULL ORDER BY at DESC, id DESC LIMIT 1"
      ).map(ReleaseEntry.init)
    } ?? nil
  }

  /// The release of this name, open or not. Throws `StateError`.
  package func release(named name: String) throws(StateError) -> ReleaseEntry? {
    try look("read release \(name)") { database in
      try Row.fetchOne(
        database, sql: "SELECT * FROM release WHERE name = ?", arguments: [name]
      ).map(ReleaseEntry.init)
    } ?? nil
  }

  /// What watches of a release left, the oldest first. Throws `StateError`.
  package func watches(of name: String) throws(StateError) -> [WatchEntry] {
    try look("read the watches of release \(name)") { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT recorded, memo FROM release_watch JOIN release ON release.id = release_watch.release
          WHERE name = ? ORDER BY release_watch.id
          """, arguments: [name]
      ).map { WatchEntry(recorded: $0["recorded"], memo: $0["memo"]) }
    } ?? []
  }

  /// Silences that end after a moment, the one that ends first at the front. Throws `StateError`.
  package func mutes(endingAfter moment: Int64) throws(StateError) -> [MuteEntry] {
    try look("read the silences") { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM mute WHERE until > ? ORDER BY until, id",
        arguments: [moment]
      ).map {
        MuteEntry(
          signal: $0["signal"], since: $0["since"], until: $0["until"], reason: $0["reason"])
      }
    } ?? []
  }

  /// Nil where there is no file, or one that has no ledger yet.
  private func look<Value>(
    _ action: String, _ body: (Database) throws -> Value
  ) throws(StateError) -> Value? {
    let looked = try StateReport.look(path, action: action) { database in
      try database.tableExists("release") ? body(database) : nil
    }
    switch looked {
    case .missing: return nil
    case .damaged(let reason):
      throw StateError(.damaged, path: path, action: action, reason: reason)
    case .read(let value): return value
    }
  }
}

extension ReleaseEntry {
  init(_ row: Row) {
    self.init(
      name: row["name"], at: row["at"], owner: row["owner"], expectation: row["expectation"],
      rollback: row["rollback"], ended: row["ended"],
      outcome: (row["outcome"] as String?).flatMap(Outcome.init))
  }
}
