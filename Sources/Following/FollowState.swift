package import Bytes

/// What happened to a followed path. Times are in nanoseconds of the caller's clock.
package enum FollowEvent: Hashable, Sendable {
  /// The path names this file.
  case pathNames(FileIdentity, at: Int64)
  /// The path names nothing.
  case pathMissing(at: Int64)
  /// The file that the path names was opened.
  case opened(FileIdentity, at: Int64)
  /// A file that had the name earlier, and was not read to its end, was opened under another name.
  case found(FileIdentity, at: Int64)
  /// A file that was put away cannot be opened again.
  case lost(FileIdentity)
  /// What was read of an open file is not there any more.
  case changed(FileIdentity, at: Int64)
  /// An open file has so many bytes on disk.
  case sized(FileIdentity, bytes: Int64, at: Int64)
  /// An open file was read up to this byte on disk, and that was its end at the time or not.
  case consumed(FileIdentity, upTo: Int64, isEnd: Bool, at: Int64)
}

/// What is to be done about it.
package enum FollowAction: Hashable, Sendable {
  case none
  /// Open the path, say `.opened`, read from its first byte.
  case open
  /// Read the open file on from where it stands.
  case read(FileIdentity)
  /// The file was truncated: read it again from its first byte.
  case restart(FileIdentity)
  /// Close the open file, whose name is gone and which has been quiet.
  case close(FileIdentity)
  /// The path lost its file, which stays open for late lines.
  case retire(FileIdentity)
  /// A file that had lost the path has it again.
  case resume(FileIdentity)
}

/// One followed path as a state machine: which file has the name, which ones had it before and are
/// still read, and when they are let go.
///
/// A writer that was not told of a rotation goes on writing to the renamed file. So a file that
/// lost its name stays open until it has been read to its end, nothing more came for the grace
/// period, and its successor has bytes; or until the retirement limit, which gives the disk space
/// of deleted files back. The new file is read meanwhile, after what the old one holds.
///
/// It makes no system call: the shell around it (`FollowedPath`) carries the actions out.
package struct FollowState: Hashable, Sendable {
  package struct OpenFile: Hashable, Sendable {
    package let identity: FileIdentity
    /// Bytes on disk read so far.
    package var consumed: Int64 = 0
    /// When it last gave bytes or lost its name, whichever came later.
    package var quietSince: Int64
    /// When it lost its name.
    package var retiredAt: Int64

    package init(identity: FileIdentity, at now: Int64) {
      self.identity = identity
      quietSince = now
      retiredAt = now
    }
  }

  /// The file that has the name, as far as is known.
  package private(set) var current: OpenFile?
  /// Files that had the name and are still open, the oldest first.
  package private(set) var retired: [OpenFile] = []
  private let graceNanoseconds: Int64
  private let retirementNanoseconds: Int64

  /// A path of which nothing is known yet. A retirement limit shorter than the grace period
  /// shortens it.
  package init(graceNanoseconds: Int64, retirementNanoseconds: Int64) {
    self.graceNanoseconds = graceNanoseconds
    self.retirementNanoseconds = retirementNanoseconds
  }

  /// Takes one event; says what to do.
  package mutating func on(_ event: FollowEvent) -> FollowAction {
    switch event {
    case .pathNames(let identity, let now): pathNames(identity, now)
    case .pathMissing(let now): retireCurrent(now)
    case .opened(let identity, let now): opened(identity, now)
    case .found(let identity, let now): found(identity, now)
    case .lost(let identity): lost(identity)
    case .changed(let identity, let now): changed(identity, now)
    case .sized(let identity, let bytes, let now): sized(identity, bytes, now)
    case .consumed(let identity, let offset, let isEnd, let now):
      consumed(identity, offset, isEnd, now)
    }
  }

  private mutating func pathNames(_ identity: FileIdentity, _ now: Int64) -> FollowAction {
    if current?.identity == identity { return .none }
    guard let index = retired.firstIndex(where: { $0.identity == identity }) else { return .open }
    let returning = retired.remove(at: index)
    _ = retireCurrent(now)
    current = returning
    return .resume(identity)
  }

  private mutating func opened(_ identity: FileIdentity, _ now: Int64) -> FollowAction {
    precondition(!isHeld(identity), "a file is opened once while it is held")
    let action = retireCurrent(now)
    current = OpenFile(identity: identity, at: now)
    if retired.count > Limits.retiredFiles { return .close(retired.removeFirst().identity) }
    return action
  }

  private mutating func found(_ identity: FileIdentity, _ now: Int64) -> FollowAction {
    precondition(!isHeld(identity), "a file is opened once while it is held")
    retired.append(OpenFile(identity: identity, at: now))
    if retired.count > Limits.retiredFiles { return .close(retired.removeFirst().identity) }
    return .none
  }

  private mutating func lost(_ identity: FileIdentity) -> FollowAction {
    if current?.identity == identity { current = nil }
    retired.removeAll { $0.identity == identity }
    return .none
  }

  private func isHeld(_ identity: FileIdentity) -> Bool {
    current?.identity == identity || retired.contains { $0.identity == identity }
  }

  private mutating func changed(_ identity: FileIdentity, _ now: Int64) -> FollowAction {
    if current?.identity == identity {
      current?.consumed = 0
    } else if let index = retired.firstIndex(where: { $0.identity == identity }) {
      retired[index].consumed = 0
      retired[index].quietSince = now
    } else {
      return .none
    }
    return .restart(identity)
  }

  private mutating func retireCurrent(_ now: Int64) -> FollowAction {
    guard var leaving = current else { return .none }
    leaving.retiredAt = now
    leaving.quietSince = now
    retired.append(leaving)
    current = nil
    return .retire(leaving.identity)
  }

  private mutating func sized(
    _ identity: FileIdentity, _ bytes: Int64, _ now: Int64
  ) -> FollowAction {
    if let file = current, file.identity == identity {
      if bytes < file.consumed { return changed(identity, now) }
      return bytes > file.consumed ? .read(identity) : .none
    }
    guard let index = retired.firstIndex(where: { $0.identity == identity }) else { return .none }
    let file = retired[index]
    if bytes < file.consumed { return changed(identity, now) }
    if bytes > file.consumed { return .read(identity) }
    let hasSuccessor = current.map { $0.consumed > 0 } ?? true
    let isQuiet = elapsed(since: file.quietSince, now) >= graceNanoseconds
    guard isOverdue(file, now) || (isQuiet && hasSuccessor) else { return .none }
    retired.remove(at: index)
    return .close(identity)
  }

  private func isOverdue(_ file: OpenFile, _ now: Int64) -> Bool {
    elapsed(since: file.retiredAt, now) >= retirementNanoseconds
  }

  /// The time that has passed; none when the clock was set back.
  private func elapsed(since start: Int64, _ now: Int64) -> Int64 {
    guard now > start else { return 0 }
    let (passed, overflow) = now.subtractingReportingOverflow(start)
    return overflow ? .max : passed
  }

  private mutating func consumed(
    _ identity: FileIdentity, _ offset: Int64, _ isEnd: Bool, _ now: Int64
  ) -> FollowAction {
    if current?.identity == identity {
      current?.consumed = offset
      return .none
    }
    guard let index = retired.firstIndex(where: { $0.identity == identity }) else { return .none }
    if offset > retired[index].consumed { retired[index].quietSince = now }
    retired[index].consumed = offset
    // A writer that never stops would otherwise keep a deleted file on the disk for ever.
    guard isEnd, isOverdue(retired[index], now) else { return .none }
    retired.remove(at: index)
    return .close(identity)
  }
}
