/// One step of a history: something that a service, a rotation, a fault or the reader does.
///
/// A step that makes no sense in the state it meets does nothing, so a history stays a history
/// whichever steps are taken out of it. The first number says which followed path it is about.
indirect enum FollowStep: Hashable, Sendable {
  // The service. It writes to the file it has open, whatever that is called by now.
  case write(Int, lines: Int)
  case writeLong(Int, bytes: Int)
  /// Half of a line, and the other half.
  case begin(Int)
  case complete(Int)
  /// Closes the file and opens the path anew, which makes the file if there is none.
  case reopen(Int)

  // Rotation, in the small steps it consists of.
  case create(Int, banner: Bool)
  /// Removes the numbered sibling, plain and packed.
  case drop(Int, slot: Int)
  /// Renames the numbered sibling to the next number.
  case shift(Int, slot: Int)
  case moveAside(Int)
  case moveToDate(Int)
  /// Gives the file the first sibling's name as well; `replace` then takes the path from it.
  case linkAside(Int)
  case replace(Int)
  /// Makes a dated file and lets the path be a link to it.
  case relink(Int)
  case swapFolder

  // copytruncate, and truncation alone.
  case beginCopy(Int)
  case endCopy(Int)
  case truncate(Int)
  case truncateAndWrite(Int, lines: Int)

  // gzip of the sibling that comes so-and-so-manieth in the order of names.
  case beginPacking(Int, sibling: Int)
  case endPacking(Int)
  case killPacking(Int)

  case dropSibling(Int, sibling: Int)
  case dropLive(Int)
  case link(Int, to: Int)

  // Faults.
  case failReads(Int, times: Int)
  case failOpens(times: Int)
  case lock(Int)
  case unlock(Int)

  // The reader.
  /// Time passes, then all that is there is read.
  case poll(milliseconds: Int)
  /// Time passes, then one poll reads as much as the budget allows.
  case glimpse(milliseconds: Int, bytes: Int)
  /// Polls, and again after the grace period and after the retirement limit.
  case pause
  /// Time passes in which nobody reads.
  case sleep(seconds: Int)
  case commit
  case crash
  case restart

  /// The step is made in the middle of the next poll, before so many more calls of the reader.
  case race(calls: Int, FollowStep)
}

extension FollowStep {
  /// Whether a rotation does this, other than going on with a copy.
  var isRotation: Bool {
    switch self {
    case .create, .drop, .shift, .moveAside, .moveToDate, .linkAside, .replace, .relink,
      .swapFolder, .beginCopy, .beginPacking, .dropSibling, .dropLive, .link:
      true
    default: false
    }
  }

  /// The step as it is written in a test.
  var script: String {
    if case .race(let calls, let step) = self { return ".race(calls: \(calls), \(step.script))" }
    return ".\(self)"
  }

  /// The same step with a smaller number in it, the smallest first.
  var simpler: [FollowStep] {
    switch self {
    case .write(let path, let lines) where lines > 1: [.write(path, lines: 1)]
    case .writeLong(let path, let bytes):
      [.write(path, lines: 1)] + (bytes > 300 ? [.writeLong(path, bytes: 300)] : [])
    case .truncateAndWrite(let path, let lines) where lines > 1:
      [.truncateAndWrite(path, lines: 1), .truncateAndWrite(path, lines: lines - 1)]
    case .failReads(let path, let times) where times > 1: [.failReads(path, times: 1)]
    case .failOpens(let times) where times > 1: [.failOpens(times: 1)]
    case .create(let path, banner: true): [.create(path, banner: false)]
    case .glimpse(let milliseconds, _): [.poll(milliseconds: milliseconds)]
    case .pause: [.poll(milliseconds: 300)]
    case .race(let calls, let step):
      [step] + (calls > 1 ? [.race(calls: calls - 1, step)] : [])
        + step.simpler.map { .race(calls: calls, $0) }
    default: []
    }
  }
}
