import GRDB

/// Whether what a state file holds is whole.
enum Integrity {
  /// What is wrong, nothing when all is well. `isFull` compares indexes with tables and follows
  /// references too, which takes longer with a large file. Throws when SQLite cannot go on.
  static func problems(_ database: Database, isFull: Bool) throws -> [String] {
    let check = isFull ? "integrity_check" : "quick_check"
    var problems = try String.fetchAll(database, sql: "PRAGMA \(check)(\(Limits.problems))")
    if problems == ["ok"] { problems = [] }
    guard problems.isEmpty, try database.tableExists("followed_file") else { return problems }
    if isFull {
      for row in try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(Limits.problems)
      {
        let table = row["table"] as String? ?? "?"
        let parent = row["parent"] as String? ?? "?"
        problems.append("a row of \(table) refers to none of \(parent)")
      }
    }
    return problems + (try changedCheckpoints(database, isFull: isFull))
  }

  /// Rows whose text is not the one that was written.
  private static func changedCheckpoints(_ database: Database, isFull: Bool) throws -> [String] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT followed_path.path AS path, checkpoint, checksum FROM followed_file
        JOIN followed_path ON followed_path.id = followed_file.path
        LIMIT \(isFull ? -1 : Limits.checkedRows)
        """)
    var problems: [String] = []
    while problems.count < Limits.problems, let row = try rows.next() {
      guard let text = row["checkpoint"] as String?, let checksum = row["checksum"] as Int64?,
        CheckpointText.checksum(text) == checksum
      else {
        let path = row["path"] as String? ?? "?"
        problems.append("a checkpoint of \(path) is not what was written")
        continue
      }
    }
    return problems
  }
}
