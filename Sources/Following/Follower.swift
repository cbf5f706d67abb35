import Bytes
import Glibc

/// What one `Follower.poll` came to.
package struct PollResult: Hashable, Sendable {
  /// Decompressed bytes handed on.
  package var bytes: Int64 = 0
  /// More can be read without waiting: call again.
  package var isPending = false
  /// Every input was a pipe or a device, and all of them have ended.
  package var isEnded = false
  /// What happened to the files.
  package var changes: [FollowChange] = []
}

/// Why `Follower.wait` returned.
package enum WaitResult: Hashable, Sendable {
  /// There is something to look at.
  case ready
  case timeout
  /// A signal came.
  case interrupted
}

/// Follows what the arguments name: reads what is there, then what comes, through rotation,
/// truncation and packing.
///
/// Call `poll` until nothing is pending, then `wait`, and so on. The clock is the caller's: each
/// `poll` is told the time. Files that are there are opened at the start, so that nothing is lost
/// while the caller reads their past (`past`). With the checkpoints of an earlier run it goes on
/// where that one was.
package final class Follower {
  /// The logical inputs by name, in the order of their indices; new files are added at the end.
  package internal(set) var inputs: [String]
  /// Rotated files that were there at the start and are not read, oldest first within each input;
  /// `readWhole` reads them.
  package let past: [InputFile]
  /// What was asked for and cannot be read, as of the start.
  package let problems: [InputProblem]

  let arguments: [String]
  let options: FollowOptions
  let fileSystem: any FileSystem
  var paths: [FollowedPath] = []
  private var streams: [FollowedStream] = []
  var round: FollowedPath.Round
  var watch: FollowWatch
  /// Paths to visit, in turns.
  var due: [FollowedPath] = []
  private var lastSweep: Int64?
  private var lastLook: Int64?
  private var schedule = LookSchedule()
  var isSearchDue = false
  var forgotten: [String] = []
  /// What an earlier run read under names that lead to nothing now, by absolute path.
  var absent: [String: Lineage]
  /// Folders in which new files may turn up, with their times.
  var folders: FolderTimes

  /// Finds and opens the files. `firstTime` orders the past, as in `Discovery`; `now` is the clock's
  /// time in nanoseconds. `checkpoints` are those of an earlier run, nil for a run that begins anew.
  package init(
    arguments: [String], options: FollowOptions = FollowOptions(), now: Int64,
    fileSystem: any FileSystem = SystemFiles.shared, checkpoints: [PathCheckpoint]? = nil,
    firstTime: (Span<UInt8>) -> Int64? = { _ in nil }
  ) {
    self.arguments = arguments
    self.options = options
    self.fileSystem = fileSystem
    // Where rotated files are read by following, they are looked at by following.
    let isPastKnown = options.readsPast || checkpoints != nil
    let discovery = Discovery(
      arguments: arguments, includesSiblings: !isPastKnown, fileSystem: fileSystem,
      firstTime: firstTime)
    let restored = RestoredPaths(checkpoints ?? [], discovery.heads, fileSystem)
    absent = restored.absent
    inputs = restored.heads.map { head in
      head.kind == .standardInput ? InputFile.standardInputName : head.path
    }
    past = isPastKnown ? [] : discovery.files.filter(\.isSibling)
    problems = discovery.problems
    round = FollowedPath.Round(
      context: FollowedFile.Context(chunk: ByteChunk(capacity: options.chunkBytes)))
    round.context.now = now
    round.refused = Set(problems.map(\.path))
    watch = FollowWatch(usesInotify: options.usesInotify, fileSystem: fileSystem)
    folders = FolderTimes(fileSystem)
    for file in (checkpoints ?? []).flatMap(\.files) { round.released.remember(file) }
    for (input, head) in restored.heads.enumerated() {
      guard head.kind == .regular else {
        streams.append(
          FollowedStream(path: head.path, kind: head.kind, input: input, options: options))
        continue
      }
      let lineage =
        restored[head.path]
        ?? Lineage(past: isPastKnown ? [] : past.filter { $0.input == input }, fileSystem)
      add(
        FollowedPath(
          path: head.path, name: head.path, input: input, isNamed: head.isNamed,
          start: restored[head.path] == nil && checkpoints == nil ? options.start : .beginning,
          lineage: lineage, options: options, fileSystem: fileSystem))
    }
    for folder in InputExpansion(arguments: arguments, fileSystem: fileSystem).folders {
      watch.add(folder: folder)
      folders.add(folder)
    }
    // With no budget a file is opened and placed, and nothing is read. More files than may be held
    // open are taken up by the first polls.
    for path in paths where round.openFiles < options.openFiles {
      _ = path.visit(&round) { _, _ in }
    }
  }

  /// What was skipped so far, unreadable inputs of the start included.
  package var counts: SkipCounts {
    var counts = round.context.counts
    for problem in problems { problem.count(in: &counts) }
    return counts
  }

  /// What the user should know of the files read so far, each once.
  package var notices: [ReadNotice] { round.context.notices }

  /// Lines of renamed files that came after these had been read to their end.
  package var lateLines: Int { round.lateLines }

  /// Descriptors of followed files held at present.
  package var openFiles: Int { round.openFiles }

  /// Whether a line has begun somewhere and waits for its end.
  package var hasPartialLine: Bool {
    paths.contains { $0.hasPartialLine } || streams.contains { $0.hasPartialLine }
  }

  /// Reads what is there now, at most about `budget` bytes, and hands on every whole line with the
  /// index of its logical input. Never waits.
  package func poll(
    now: Int64, budget: Int = Limits.pollBytes,
    _ body: (Int, Span<UInt8>, LinePosition) -> Void
  ) -> PollResult {
    round.context.now = now
    round.context.budget = budget
    round.context.bytes = 0
    takeEvents()
    var result = PollResult()
    for stream in streams where stream.visit(&round, body) { result.isPending = true }
    if visitPaths(body) { result.isPending = true }
    if !result.isPending, !streams.isEmpty || !paths.isEmpty {
      result.isEnded = paths.isEmpty && streams.allSatisfy { $0.hasEnded }
    }
    result.bytes = round.context.bytes
    result.changes = round.changes
    round.changes = []
    return result
  }

  /// Hands on every begun line as it stands: at the end of the run.
  package func flushPartial(_ body: (Int, Span<UInt8>, LinePosition) -> Void) {
    for path in paths {
      path.finish(&round) { line, position in body(path.input, line, position) }
    }
    for stream in streams { stream.finish(&round, body) }
  }

  /// Whether a pipe or a device may still give something: its end is when its writers have gone.
  package var hasOpenStreams: Bool { streams.contains { !$0.hasEnded } }

  /// Where reading stands in the paths in which it has moved since the last call. What a `poll` has
  /// handed on by then lies before these places, and nothing else does.
  package func takeCheckpoints() -> [PathCheckpoint] {
    paths.filter(\.isMoved).map { path in
      path.isMoved = false
      return path.checkpoint()
    }
  }

  /// Paths of which nothing is left since the last call; their checkpoints are of no use any more.
  package func takeForgotten() -> [String] {
    defer { forgotten = [] }
    return forgotten
  }

  /// Waits until there may be something to read, at most `timeout` milliseconds (negative: for
  /// ever), or until a signal comes. It returns early to look at what notifies nobody.
  package func wait(timeout: Int32) -> WaitResult {
    var limit = timeout
    if !paths.isEmpty {
      let isWatching = watch.seesEverything && due.isEmpty
      let interval = isWatching ? options.sweepMilliseconds : options.pollMilliseconds
      limit = timeout < 0 ? interval : min(timeout, interval)
    }
    var requests = streams.compactMap { $0.descriptorNumber }
    if let number = watch.descriptorNumber { requests.append(number) }
    var polls = requests.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    // SAFETY: the requests live for the call, and their number is the array's own.
    let status = unsafe Glibc.poll(&polls, nfds_t(polls.count), limit)
    if status > 0 { return .ready }
    if status < 0 { return Errno.current == .interrupted ? .interrupted : .timeout }
    return limit == timeout ? .timeout : .ready
  }

  func add(_ path: FollowedPath) {
    paths.append(path)
    watch.add(path)
    enqueue(path)
  }

  /// Puts a path into the queue of those to visit.
  func enqueue(_ path: FollowedPath) {
    guard !path.isDue else { return }
    path.isDue = true
    due.append(path)
  }
}

extension Follower {
  /// Takes what the kernel told and decides which paths to visit.
  private func takeEvents() {
    let events = watch.takeEvents()
    for path in events.paths { enqueue(path) }
    if events.hasNewNames, !folders.isEmpty { isSearchDue = true }
    if isDue(lastLook, every: options.pollMilliseconds) {
      for path in schedule.paths(
        among: watch.isOn ? watch.unseenPaths : paths, options, from: lastLook, now: round.now)
      {
        enqueue(path)
      }
      lastLook = round.now
      if folders.haveChanged(now: round.now, isTold: watch.isOn) { isSearchDue = true }
    }
    let isSweepDue = isDue(lastSweep, every: options.sweepMilliseconds)
    if isSweepDue {
      lastSweep = round.now
      forgetGonePaths()
    }
    if events.hasOverflow || (watch.isOn && isSweepDue) {
      isSearchDue = true
      for path in paths { enqueue(path) }
    }
    if let reason = watch.takeTrouble() { round.changes.append(.polling(reason: reason)) }
  }

  /// Whether the interval has passed. A clock that was set back passes every interval.
  private func isDue(_ last: Int64?, every milliseconds: Int32) -> Bool {
    guard let last, round.now >= last else { return true }
    let (passed, overflow) = round.now.subtractingReportingOverflow(last)
    return overflow || passed >= Int64(milliseconds) * 1_000_000
  }

  /// Visits what is due, in turns so that a busy file starves no other. Returns whether bytes are
  /// left.
  private func visitPaths(_ body: (Int, Span<UInt8>, LinePosition) -> Void) -> Bool {
    if isSearchDue {
      isSearchDue = false
      findNewFiles()
    }
    let batch = due
    due = []
    var restless: [FollowedPath] = []
    for (index, path) in batch.enumerated() {
      path.isDue = false
      let isPending = path.visit(&round) { line, position in body(path.input, line, position) }
      if isPending {
        // Whoever comes next begins the next round.
        due = Array(batch[(index + 1)...])
        enqueue(path)
        for path in restless { enqueue(path) }
        return true
      }
      if path.isRestless { restless.append(path) }
    }
    for path in restless { enqueue(path) }
    return false
  }
}
