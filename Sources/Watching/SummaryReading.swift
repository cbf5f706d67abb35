import Following
import Records
import Store
import Windows

/// Finds and reads what is new in the inputs of a summary.
///
/// The first lines are held until it is known that there are any: rules and history take longer to load
/// than a look at logs in which nothing is new.
struct SummaryReading: ~Copyable {
  private let surroundings: Surroundings
  let follower: Follower
  private var held: [(input: Int, line: HeldLine, arrival: Timestamp)] = []
  private var isPending = true
  /// What could not be looked at, each a sentence; they have been told.
  private(set) var problems: [String]
  private var noticesTold = 0

  /// - Parameter checkpoints: where earlier runs stopped; nil reads everything, rotated files included.
  init(
    _ options: SummaryOptions, checkpoints: [PathCheckpoint]?, _ surroundings: Surroundings
  ) {
    self.surroundings = surroundings
    var following = FollowOptions()
    following.readsPast = true
    following.usesInotify = false
    following.lineBytes = options.lineBytesLimit
    follower = Follower(
      arguments: options.arguments, options: following, now: surroundings.now().nanoseconds,
      checkpoints: checkpoints)
    problems = follower.problems.map(\.description)
    for problem in problems { surroundings.warn(problem) }
  }

  /// Inputs that are standard input.
  var streams: Set<Int> {
    Set(follower.inputs.indices.filter { follower.inputs[$0] == InputFile.standardInputName })
  }

  /// Looks until a line comes or all has been read; returns whether one came.
  mutating func look() -> Bool {
    while surroundings.stopRequest() == nil, held.isEmpty, isPending {
      let now = surroundings.now()
      var lines: [(Int, HeldLine, Timestamp)] = []
      let result = follower.poll(now: now.nanoseconds, budget: 1) { input, bytes, position in
        lines.append((input, HeldLine(bytes, position), now))
      }
      held = lines
      take(result)
    }
    return !held.isEmpty
  }

  /// Reads on to the end of what is there. Begun last lines are left for the next run, unless
  /// `readsPartial`.
  mutating func read(into intake: inout SummaryIntake, readsPartial: Bool) {
    for (input, line, arrival) in held {
      intake.take(line.bytes.span, line.position, input: input, now: arrival)
    }
    held = []
    while surroundings.stopRequest() == nil, isPending {
      take(Self.poll(follower, &intake, surroundings.now()))
    }
    if readsPartial { Self.flush(follower, &intake, surroundings.now()) }
    intake.finish()
  }

  private static func poll(
    _ follower: Follower, _ intake: inout SummaryIntake, _ now: Timestamp
  ) -> PollResult {
    follower.poll(now: now.nanoseconds) { input, bytes, position in
      intake.take(bytes, position, input: input, now: now)
    }
  }

  private static func flush(
    _ follower: Follower, _ intake: inout SummaryIntake, _ now: Timestamp
  ) {
    follower.flushPartial { input, bytes, position in
      intake.take(bytes, position, input: input, now: now)
    }
  }

  private mutating func take(_ result: PollResult) {
    for change in result.changes { note(change) }
    tellNotices()
    guard !result.isPending else { return }
    if follower.hasOpenStreams {
      _ = follower.wait(timeout: Limits.outputLookWait)
    } else {
      isPending = false
    }
  }

  /// A log that was rotated is no news; one that is gone or cannot be read is.
  private mutating func note(_ change: FollowChange) {
    switch change {
    case .unreadable(let file, let error):
      let isTold = follower.problems.contains {
        $0.path == file && $0.description == error.description
      }
      if !isTold { fail(error.description) }
    case .gone: fail(change.description)
    case .truncated: surroundings.warn(change.description)
    case .missing, .rotated, .appeared, .ended, .polling: break
    }
  }

  /// Something could not be looked at: said at once, and the run ends blind.
  mutating func fail(_ sentence: String) {
    guard !problems.contains(sentence) else { return }
    problems.append(sentence)
    surroundings.warn(sentence)
  }

  /// What cannot be read is a problem as well.
  private mutating func tellNotices() {
    let fresh = follower.notices.dropFirst(noticesTold)
    noticesTold = follower.notices.count
    for notice in fresh {
      switch notice.kind {
      case .unsupportedCompression, .unreadable: fail(notice.description)
      default: surroundings.warn(notice.description)
      }
    }
  }

  /// So many lines do not only go on with a record that an earlier run began.
  private static let unstampedLines = 100

  /// Names inputs of which lines came and none could be placed in time.
  ///
  /// - Parameter known: inputs that earlier runs have read; they may go on with a record only.
  mutating func failUnstamped(_ intake: borrowing SummaryIntake, known: Set<String>) {
    for (input, name) in follower.inputs.enumerated()
    where intake.lines.indices.contains(input) && intake.lines[input] > 0 {
      let lines = intake.lines[input]
      guard intake.newest(of: input) == nil, !known.contains(name) || lines >= Self.unstampedLines
      else { continue }
      fail(
        "\(name): none of its \(lines) new lines carries a time that can be read, so nothing can be "
          + "said of them; log the time, or leave this input out")
    }
  }
}
