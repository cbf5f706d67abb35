package import Following

/// What a run leaves for the next one, written as a whole or not at all.
package struct JobCommit: Sendable {
  /// The checkpoints that changed; those of other paths stay as they are.
  package var paths: [PathCheckpoint]
  /// Paths of which nothing is to be remembered any more.
  package var forgotten: [String]
  /// Added to the stored counters by name, such as `lines`.
  package var counts: [String: Int64]
  /// Where reading stands in standard input, such as journald's `__CURSOR`; nil leaves the stored
  /// one.
  package var cursor: String?
  /// When, in nanoseconds since 1970.
  package var lastRun: Int64
  /// What was counted, for the next run to compare with; nil for a job that keeps nothing of it.
  package var history: JobHistoryChange?

  package init(
    paths: [PathCheckpoint] = [], forgotten: [String] = [], counts: [String: Int64] = [:],
    cursor: String? = nil, lastRun: Int64, history: JobHistoryChange? = nil
  ) {
    self.paths = paths
    self.forgotten = forgotten
    self.counts = counts
    self.cursor = cursor
    self.lastRun = lastRun
    self.history = history
  }
}

/// What earlier runs of a job left.
package struct JobRecord: Hashable, Sendable {
  /// One for each path, in the order in which they came to be known.
  package var checkpoints: [PathCheckpoint] = []
  package var counts: [String: Int64] = [:]
  /// Where reading stood in standard input.
  package var cursor: String?
  /// When the last commit was, in nanoseconds since 1970; nil if the job never ran.
  package var lastRun: Int64?

  /// That of a job which never ran.
  package init() {}
}

/// A job as `tidemark state check` lists it.
package struct JobSummary: Hashable, Sendable {
  package let name: String
  /// Lines counted since its first run: the counter `lines`.
  package let lines: Int64
  /// Times of the last and the first commit, in nanoseconds since 1970.
  package let lastRun: Int64
  package let created: Int64
}
