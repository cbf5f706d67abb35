import Foundation
import GRDB

/// What earlier runs of a job counted, by day.
package struct JobHistory: Hashable, Sendable {
  /// One day of event time.
  package struct Day: Hashable, Sendable {
    /// Days since 1970.
    package var number: Int
    /// The archive of its windows.
    package var windows: [UInt8]

    package init(number: Int, windows: [UInt8]) {
      self.number = number
      self.windows = windows
    }
  }

  /// A span that is no baseline until event time has come to `until`. Nanoseconds since 1970.
  package struct Hold: Hashable, Sendable {
    package var since: Int64
    package var ended: Int64
    package var until: Int64

    package init(since: Int64, ended: Int64, until: Int64) {
      self.since = since
      self.ended = ended
      self.until = until
    }
  }

  /// Time of the newest record, in nanoseconds since 1970; nil when no record had a time.
  package var newest: Int64?
  package var holds: [Hold]
}

/// How a run changes what its job remembers.
package struct JobHistoryChange: Hashable, Sendable {
  /// Days in place of those that have their numbers.
  package var days: [JobHistory.Day]
  /// Days before this one are forgotten.
  package var firstDay: Int
  package var newest: Int64?
  /// A span that is added to those held back.
  package var hold: JobHistory.Hold?

  package init(
    days: [JobHistory.Day], firstDay: Int, newest: Int64?, hold: JobHistory.Hold? = nil
  ) {
    self.days = days
    self.firstDay = firstDay
    self.newest = newest
    self.hold = hold
  }

  func write(_ database: Database, job: Int64) throws {
    try database.execute(
      sql: """
        INSERT INTO job_history (job, newest) VALUES (?, ?)
        ON CONFLICT (job) DO UPDATE SET newest = coalesce(excluded.newest, newest)
        """, arguments: [job, newest])
    for day in days {
      try database.execute(
        sql: """
          INSERT INTO job_day (job, day, windows) VALUES (?, ?, ?)
          ON CONFLICT (job, day) DO UPDATE SET windows = excluded.windows
          """, arguments: [job, day.number, Data(day.windows)])
    }
    try database.execute(
      sql: "DELETE FROM job_day WHERE job = ? AND day < ?", arguments: [job, firstDay])
    if let newest {
      try database.execute(
        sql: "DELETE FROM job_hold WHERE job = ? AND until <= ?", arguments: [job, newest])
    }
    guard let hold else { return }
    try database.execute(
      sql: "INSERT INTO job_hold (job, since, ended, until) VALUES (?, ?, ?, ?)",
      arguments: [job, hold.since, hold.ended, hold.until])
  }
}

extension Job {
  /// What earlier runs left to compare with; nil when none of them kept it. Throws `StateError`.
  package func history() throws(StateError) -> JobHistory? {
    do {
      return try state.queue.read { try JobHistory($0, job: name) }
    } catch {
      throw StateError(error, path: state.path, action: "read the history of job \(name)")
    }
  }

  /// What earlier runs counted, the oldest day first. Throws `StateError`.
  package func days() throws(StateError) -> [JobHistory.Day] {
    do {
      return try state.queue.read { try JobHistory.days($0, job: name) }
    } catch {
      throw StateError(error, path: state.path, action: "read the history of job \(name)")
    }
  }
}

extension JobHistory {
  init?(_ database: Database, job name: String) throws {
    guard
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT job, newest FROM job_history JOIN job ON job.id = job_history.job WHERE name = ?
          """, arguments: [name])
    else { return nil }
    let job: Int64 = row["job"]
    newest = row["newest"]
    holds = try Row.fetchAll(
      database, sql: "SELECT since, ended, until FROM job_hold WHERE job = ? ORDER BY since",
      arguments: [job]
    ).map { Hold(since: $0["since"], ended: $0["ended"], until: $0["until"]) }
  }

  static func days(_ database: Database, job name: String) throws -> [Day] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT day, windows FROM job_day JOIN job ON job.id = job_day.job WHERE name = ? ORDER BY day
        """, arguments: [name]
    ).map { Day(number: $0["day"], windows: Array($0["windows"] as Data)) }
  }
}
