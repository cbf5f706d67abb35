import Following
import Records
package import Store

/// `tidemark tail`: every line once, in file order.
///
/// With a job, what was written is committed after at most `Limits.uncommittedBytes` of output: the
/// lines first, then the place behind them. A run that is killed in between writes these lines
/// again, and loses none.
package struct Tail: ~Copyable {
  private let options: TailOptions
  private let surroundings: Surroundings
  private let write: ([UInt8]) -> Void
  private let isOutputGone: () -> Bool
  private let job: Job?
  private let follower: Follower
  private var batch = OutputBatch()
  /// Output and lines since the last commit.
  private var uncommitted = (bytes: 0, lines: 0)
  private var cursor: String?
  private var lastCommit: Int64
  private var noticesWarned = 0

  /// - Parameters:
  ///   - job: where the places are kept; its lock is held by the caller.
  ///   - record: what the job's earlier runs left.
  ///   - isOutputGone: whether nobody will read what is written; it is asked when there is nothing
  ///     to write, for as long as nothing comes.
  ///   - write: takes the lines, and returns when they are written.
  package init(
    _ options: TailOptions, job: Job?, record: JobRecord?, _ surroundings: Surroundings,
    isOutputGone: @escaping () -> Bool = { false }, write: @escaping ([UInt8]) -> Void
  ) {
    self.options = options
    self.surroundings = surroundings
    self.write = write
    self.isOutputGone = isOutputGone
    self.job = job
    var following = options.following
    if job != nil {
      following.chunkBytes =
        options.showsSource ? Limits.labelledChunkBytes : Limits.committedChunkBytes
    }
    let now = surroundings.now().nanoseconds
    lastCommit = now
    follower = Follower(
      arguments: options.arguments, options: following, now: now,
      checkpoints: record.flatMap { $0.lastRun == nil ? nil : $0.checkpoints })
  }

  /// Writes what is there and what comes, until the inputs end or somebody asks to stop. Throws
  /// when the job's place cannot be kept: what was written since is written again by the next run.
  package mutating func run() throws(StateError) -> TailEnding {
    for problem in follower.problems where !options.follows || !problem.isMissing {
      surroundings.warn(problem.description)
    }
    while surroundings.stopRequest() == nil {
      let now = surroundings.now().nanoseconds
      let result = poll(now)
      for change in result.changes where isWorthTelling(change) {
        surroundings.warn(change.description)
      }
      warnAboutNotices()
      flush()
      // What is there in a pipe is what its writers have yet to write.
      let isOver =
        !result.isPending && (result.isEnded || (!options.follows && !follower.hasOpenStreams))
      if isDue(now, isEnding: isOver) { try commit(now) }
      if isOver || (!result.isPending && isOutputGone()) { break }
      guard !result.isPending else { continue }
      _ = follower.wait(
        timeout: uncommitted.lines > 0 ? Limits.commitWait : Limits.outputLookWait)
    }
    if job == nil { finish() }
    try commit(surroundings.now().nanoseconds)
    warnAboutNotices()
    let counts = follower.counts
    return TailEnding(
      cause: WatchEnding.Cause(surroundings.stopRequest()),
      isIncomplete: counts.unreadableFiles + counts.unsupportedCompression > 0)
  }

  /// Reads what is there; with a job no more than may be lost by a kill.
  private mutating func poll(_ now: Int64) -> PollResult {
    let follower = self.follower
    let showsSource = options.showsSource
    var batch = OutputBatch()
    swap(&batch, &self.batch)
    let result = follower.poll(
      now: now, budget: job == nil ? options.following.chunkBytes : 1
    ) { input, line, _ in
      batch.add(line, source: showsSource ? follower.inputs[input] : nil)
    }
    swap(&batch, &self.batch)
    return result
  }

  /// Lines that have begun are written as they stand: nobody will go on with them.
  private mutating func finish() {
    let follower = self.follower
    let showsSource = options.showsSource
    var batch = OutputBatch()
    follower.flushPartial { input, line, _ in
      batch.add(line, source: showsSource ? follower.inputs[input] : nil)
    }
    self.batch = batch
    flush()
  }

  private mutating func flush() {
    guard batch.lines > 0 else { return }
    write(batch.bytes)
    uncommitted.bytes += batch.bytes.count
    uncommitted.lines += batch.lines
    if job != nil, let found = batch.journalCursor { cursor = found }
    batch.clear()
  }

  /// Whether to commit now: before more could be written than may be lost, and soon after a line.
  private func isDue(_ now: Int64, isEnding: Bool) -> Bool {
    isEnding || uncommitted.bytes > Limits.uncommittedBytes - options.chunkRoom
      || now - lastCommit >= Int64(Limits.commitWait) * 1_000_000 || now < lastCommit
  }

  private mutating func commit(_ now: Int64) throws(StateError) {
    lastCommit = now
    guard let job else { return }
    let paths = follower.takeCheckpoints()
    guard !paths.isEmpty || uncommitted.lines > 0 || !hasCommitted else { return }
    try job.commit(
      JobCommit(
        paths: paths, forgotten: follower.takeForgotten(),
        counts: ["lines": Int64(uncommitted.lines)], cursor: cursor, lastRun: now))
    hasCommitted = true
    uncommitted = (0, 0)
    cursor = nil
  }

  /// The first commit says that the job has run, also when there was nothing to read.
  private var hasCommitted = false

  /// Files that are missing at the end of a run are problems, told as such. What was told of a file
  /// at the start is not told again.
  private func isWorthTelling(_ change: FollowChange) -> Bool {
    if case .ended = change { return false }
    if case .missing = change { return options.follows }
    // Of a run that looks once, what was rotated before it is no news: cron would mail it.
    if case .rotated = change { return options.follows }
    if case .unreadable(let file, let error) = change {
      return !follower.problems.contains {
        $0.path == file && $0.description == error.description
      }
    }
    return true
  }

  private mutating func warnAboutNotices() {
    for notice in follower.notices.dropFirst(noticesWarned) {
      surroundings.warn(notice.description)
    }
    noticesWarned = follower.notices.count
  }
}

extension TailOptions {
  /// Output that one read of a job can come to.
  fileprivate var chunkRoom: Int { Limits.committedChunkBytes }
}
