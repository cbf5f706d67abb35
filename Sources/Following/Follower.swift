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

/// Follows what the arguments name: reads what is there, then what comes, through rotation and
/// truncation.
///
/// Call `poll` until nothing is pending, then `wait`, and so on. The clock is the caller's: each
/// `poll` is told the time. Files that are there are opened at the start, so that nothing is lost
/// while the caller reads their past (`past`).
package final class Follower {
  /// The logical inputs by name, in the order of their indices; new files are added at the end.
  package private(set) var inputs: [String]
  /// Rotated files that were there at the start, oldest first within each input. They are not
  /// followed; `readWhole` reads them.
  package let past: [InputFile]
  /// What was asked for and cannot be read, as of the start.
  package let problems: [InputProblem]

  private let arguments: [String]
  private let options: FollowOptions
  private var paths: [FollowedPath] = []
  private var streams: [FollowedStream] = []
  private var round: FollowedPath.Round
  private var watch: FollowWatch
  /// Paths to visit in the next round because something was told of them.
  private var due: Set<ObjectIdentifier> = []
  private var isSweepDue = true
  private var lastSweep: Int64?
  private var lastLook: Int64?
  private var mayHaveNewFiles = false
  /// Whether a folder or a glob was named, where new files may turn up.
  private let hasFolders: Bool
  private var firstIndex = 0

  /// Finds and opens the files. `firstTime` orders the past, as in `Discovery`; `now` is the clock's
  /// time in nanoseconds.
  package init(
    arguments: [String], options: FollowOptions = FollowOptions(), now: Int64,
    firstTime: (Span<UInt8>) -> Int64? = { _ in nil }
  ) {
    self.arguments = arguments
    self.options = options
    let discovery = Discovery(arguments: arguments, firstTime: firstTime)
    inputs = discovery.inputs
    past = discovery.files.filter(\.isSibling)
    problems = discovery.problems
    round = FollowedPath.Round(
      context: FollowedFile.Context(chunk: ByteChunk(capacity: Limits.chunkBytes)))
    watch = FollowWatch(usesInotify: options.usesInotify)
    for file in past {
      round.known.close(file.identity, consumed: file.size, Fingerprint(path: file.path))
    }
    for (input, head) in discovery.heads.enumerated() {
      if head.kind == .regular {
        let path = FollowedPath(
          path: head.path, name: head.path, input: input, isNamed: head.isNamed,
          start: options.start, options: options)
        paths.append(path)
        watch.add(path)
      } else {
        streams.append(
          FollowedStream(path: head.path, kind: head.kind, input: input, options: options))
      }
    }
    let folders = InputExpansion(arguments: arguments).folders
    hasFolders = !folders.isEmpty
    for folder in folders { watch.add(folder: folder) }
    round.now = now
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
    round.now = now
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

  /// Waits until there may be something to read, at most `timeout` milliseconds (negative: for
  /// ever), or until a signal comes. It returns early to look at what notifies nobody.
  package func wait(timeout: Int32) -> WaitResult {
    let isWatching = watch.seesEverything && !paths.contains { $0.isRestless }
    var limit = timeout
    if !paths.isEmpty {
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
}

extension Follower {
  /// Takes what the kernel told and decides which paths to visit.
  private func takeEvents() {
    isSweepDue = !watch.isOn || isDue(lastSweep, every: options.sweepMilliseconds)
    let events = watch.takeEvents()
    if events.hasOverflow { isSweepDue = true }
    due.formUnion(events.paths)
    if events.hasStrangers, hasFolders { mayHaveNewFiles = true }
    if isDue(lastLook, every: options.pollMilliseconds) {
      lastLook = round.now
      if !watch.isOn { mayHaveNewFiles = true }
      for path in paths where !watch.sees(path) { due.insert(ObjectIdentifier(path)) }
    }
    if isSweepDue {
      lastSweep = round.now
      mayHaveNewFiles = true
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
    if mayHaveNewFiles {
      mayHaveNewFiles = false
      findNewFiles()
    }
    let count = paths.count
    for step in 0..<count {
      let index = (firstIndex + step) % count
      let path = paths[index]
      guard isSweepDue || path.isRestless || due.contains(ObjectIdentifier(path)) else { continue }
      let isPending = path.visit(&round) { line, position in body(path.input, line, position) }
      if isPending {
        due.insert(ObjectIdentifier(path))
        // Whoever comes next begins the next round; those not reached are still due.
        if isSweepDue { due.formUnion(paths.map { ObjectIdentifier($0) }) }
        firstIndex = (index + 1) % count
        return true
      }
      due.remove(ObjectIdentifier(path))
    }
    if paths.contains(where: { $0.isGone }) {
      for path in paths where path.isGone { watch.remove(path) }
      paths.removeAll { $0.isGone }
      firstIndex = 0
    }
    return false
  }

  /// Looks whether folders and globs lead to files that nobody follows yet.
  private func findNewFiles() {
    let expansion = InputExpansion(arguments: arguments)
    for folder in expansion.folders { watch.add(folder: folder) }
    let followed = Set(paths.map(\.path))
    let strangers = expansion.reached.filter { $0.kind == .regular && !followed.contains($0.path) }
    guard !strangers.isEmpty else { return }
    var index = SiblingIndex(paths: paths.map(\.path) + strangers.map(\.path))
    for stranger in strangers {
      guard let status = stranger.status, index.base(of: stranger.path) == nil,
        round.known.recall(status, path: stranger.path) == .new
      else { continue }
      let path = FollowedPath(
        path: stranger.path, name: stranger.path, input: inputs.count, isNamed: stranger.isNamed,
        start: .beginning, options: options)
      inputs.append(stranger.path)
      paths.append(path)
      watch.add(path)
      due.insert(ObjectIdentifier(path))
      round.changes.append(.appeared(file: stranger.path))
    }
  }
}
