import Foundation
import GRDB

/// A baseline as the state file has it.
package struct BaselineEntry: Hashable, Sendable {
  package var name: String
  /// What it covers, as JSON.
  package var facts: String
  /// The archive of its windows.
  package var windows: [UInt8]

  package init(name: String, facts: String, windows: [UInt8]) {
    self.name = name
    self.facts = facts
    self.windows = windows
  }
}

/// The baselines of a state file, for looking only: nothing is made or changed.
package struct Baselines: Hashable, Sendable {
  private let path: String

  /// Those in the state file at `path`.
  package init(path: String) {
    self.path = path
  }

  /// Names and facts, by name. Throws `StateError`.
  package func list() throws(StateError) -> [(name: String, facts: String)] {
    try look("list the baselines") { database in
      try Row.fetchAll(database, sql: "SELECT name, facts FROM baseline ORDER BY name").map {
        (name: $0["name"] as String, facts: $0["facts"] as String)
      }
    } ?? []
  }

  /// The baseline of this name. Throws `StateError`.
  package func baseline(named name: String) throws(StateError) -> BaselineEntry? {
    try look("read baseline \(name)") { database in
      try Row.fetchOne(
        database, sql: "SELECT * FROM baseline WHERE name = ?", arguments: [name]
      ).map {
        BaselineEntry(
          name: $0["name"], facts: $0["facts"], windows: Array($0["windows"] as Data))
      }
    } ?? nil
  }

  /// Nil where there is no file, or one that has no baselines yet.
  private func look<Value>(
    _ action: String, _ body: (Database) throws -> Value
  ) throws(StateError) -> Value? {
    let looked = try StateReport.look(path, action: action) { database in
      try database.tableExists("baseline") ? body(database) : nil
    }
    switch looked {
    case .missing: return nil
    case .damaged(let reason):
      throw StateError(.damaged, path: path, action: action, reason: reason)
    case .read(let value): return value
    }
  }
}

extension StateFile {
  /// Keeps a baseline; false when one of that name is there and is not to be replaced. Throws
  /// `StateError`.
  package func keep(_ baseline: BaselineEntry, replaces: Bool) throws(StateError) -> Bool {
    try change("keep baseline \(baseline.name)") { database in
      try database.execute(
        sql: """
          INSERT INTO baseline (name, facts, windows) VALUES (?, ?, ?)
          ON CONFLICT (name) DO \(replaces
            ? "UPDATE SET facts = excluded.facts, windows = excluded.windows" : "NOTHING")
          """, arguments: [baseline.name, baseline.facts, Data(baseline.windows)])
      return database.changesCount == 1
    }
  }

  /// Removes a baseline; false when there is none of that name. Throws `StateError`.
  package func remove(baseline name: String) throws(StateError) -> Bool {
    try change("remove baseline \(name)") { database in
      try database.execute(sql: "DELETE FROM baseline WHERE name = ?", arguments: [name])
      return database.changesCount == 1
    }
  }
}
