import GRDB

/// One message to one sink, as the state file keeps it. What the words mean is the caller's affair.
package struct OutboxRow: Hashable, Sendable {
  /// 0 before it is written.
  package var number: Int64
  package var sink: String
  package var key: String
  package var revision: Int
  package var state: String
  package var tries: Int
  package var written: Int64
  package var nextTry: Int64
  package var reason: String?
  /// The run that sends it.
  package var run: String
  package var notice: String

  package init(
    number: Int64, sink: String, key: String, revision: Int, state: String, tries: Int,
    written: Int64, nextTry: Int64, reason: String?, run: String, notice: String
  ) {
    self.number = number
    self.sink = sink
    self.key = key
    self.revision = revision
    self.state = state
    self.tries = tries
    self.written = written
    self.nextTry = nextTry
    self.reason = reason
    self.run = run
    self.notice = notice
  }

  init(_ row: Row) {
    self.init(
      number: row["number"], sink: row["sink"], key: row["key"], revision: row["revision"],
      state: row["state"], tries: row["tries"], written: row["written"], nextTry: row["next_try"],
      reason: row["reason"], run: row["run"], notice: row["notice"])
  }
}
