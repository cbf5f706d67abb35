import Bytes

/// One followed name with the files that have or had it: carries out what `FollowState` decides.
final class FollowedPath {
  let path: String
  let name: String
  /// The logical input that its lines belong to.
  let input: Int
  /// Whether the user named it: it is then waited for, however long it is away.
  let isNamed: Bool
  var state: FollowState
  var files: [FileIdentity: FollowedFile] = [:]
  /// Closed files that had the name.
  var lineage: Lineage
  let options: FollowOptions
  let fileSystem: any FileSystem
  /// Where reading begins in the file that has the name first.
  var start: FollowStart
  /// Rotated files may hold lines that were not read: they come before what the name stands for.
  var isBehind = false
  /// What rotated files hold is not all known: the listing was out of date before it was worked
  /// through, or one cannot be read at present.
  var isUnsettled = false
  /// The siblings that were found last, while they are worked through.
  var scan: SiblingScan?
  /// Lines that had begun in files that were truncated, until the copy with their end is found.
  var begunLines: [BegunLine] = []
  /// A file that was read, and may have been truncated, could not be looked at.
  var isUnsure = false
  var unsureSince: Int64?
  /// Files that were read to their end once. What comes later, when they have lost the name, is
  /// late.
  private var drained: Set<FileIdentity> = []
  /// The trouble that was told last, so that it is told once.
  var lastTrouble: FollowChange?
  /// Since when the name has stood for nothing.
  var missingSince: Int64?
  /// When more bytes or another file came last, after all that was there had been read.
  private(set) var lastChange = Int64.min / 2
  /// Reading stands elsewhere than at the last call of `takeCheckpoint`.
  var isMoved = false
  /// The name came up just now: its rotated files may be looked for in a listing that is made once
  /// for all new names, and once more a moment later.
  var canLookAgain = false
  /// In the queue of the paths to visit.
  var isDue = false

  /// What a visit has to share with the other paths.
  struct Round: ~Copyable {
    var context: FollowedFile.Context
    var changes: [FollowChange] = []
    /// Files that some path holds, open or put away.
    var held: Set<FileIdentity> = []
    /// Files that some path has closed.
    var released = ReleasedFiles()
    var listings = FolderListings()
    /// Rotated files that cannot be read, and of which that was said.
    var refused: Set<String> = []
    /// Descriptors held.
    var openFiles = 0
    /// Lines of renamed files that came after these had been read to their end.
    var lateLines = 0
    /// The clock's time of this round, in nanoseconds.
    var now: Int64 { context.now }
  }

  init(
    path: String, name: String, input: Int, isNamed: Bool, start: FollowStart, lineage: Lineage,
    options: FollowOptions, fileSystem: any FileSystem
  ) {
    self.path = path
    self.name = name
    self.input = input
    self.isNamed = isNamed
    self.start = start
    self.lineage = lineage
    self.options = options
    self.fileSystem = fileSystem
    state = FollowState(
      graceNanoseconds: options.graceNanoseconds,
      retirementNanoseconds: options.retirementNanoseconds)
  }

  /// Whether it has to be looked at although nothing was told of it: a renamed file keeps no name
  /// that could be watched.
  var isRestless: Bool {
    !state.retired.isEmpty || isBehind || lastTrouble?.isUnreadable == true
  }
  /// Whether it holds no file, nobody waits for it, and it has been so for the grace period.
  func isGone(_ now: Int64) -> Bool {
    guard files.isEmpty, !isNamed, let missingSince else { return false }
    return now - missingSince > options.graceNanoseconds
  }
  var hasPartialLine: Bool { files.values.contains { $0.hasPartialLine } }

  /// The files it holds, the oldest first.
  var heldFiles: [FollowedFile] {
    let current = state.current.map { [$0] } ?? []
    return (state.retired + current).compactMap { files[$0.identity] }
  }

  /// Reads what the open files have, the oldest first, then what rotated files hold that nobody has
  /// read, then looks what the name stands for. Returns whether bytes are left for the next round.
  func visit(_ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void) -> Bool {
    if isIdle(round.now) { return false }
    if readRetired(&round, body) { return true }
    if isBehind, catchUp(&round, body) { return true }
    if let identity = state.current?.identity, readFile(identity, &round, body) { return true }
    return look(&round, body)
  }

  /// Whether all there is to it is a file that was put away and is as it was: one call of the
  /// system for each of ten thousand idle files.
  private func isIdle(_ now: Int64) -> Bool {
    guard let current = state.current, !isRestless, let file = files[current.identity],
      !file.isOpen, let status = try? fileSystem.status(path: path)
    else { return false }
    return status.identity == file.identity && file.isUnchanged(status, now: now)
  }

  /// Hands on the begun lines of every file, as at the end of the run.
  func finish(_ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void) {
    for begun in begunLines { begun.finish(&round.context, body) }
    begunLines = []
    for file in state.retired { files[file.identity]?.finish(&round.context, body) }
    if let current = state.current { files[current.identity]?.finish(&round.context, body) }
  }

  private func readRetired(
    _ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void
  ) -> Bool {
    for file in state.retired where readFile(file.identity, &round, body) { return true }
    return false
  }

  /// Reads one open file as far as the budget reaches; true if more is left.
  func readFile(
    _ identity: FileIdentity, _ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void
  ) -> Bool {
    guard let file = files[identity] else { return false }
    do throws(ReadError) {
      let status = try file.status() ?? place(of: file)?.status
      switch state.on(.sized(identity, bytes: status?.size ?? file.rawOffset, at: round.now)) {
      case .close: close(identity, &round, body)
      case .restart:
        try takeUp(file, &round)
        return try restart(file, &round, body)
      case .read:
        try takeUp(file, &round)
        return try read(file, &round, body)
      case .none, .open, .retire, .resume:
        guard let status, !file.isUnchanged(status, now: round.now) else { return false }
        try takeUp(file, &round)
        return try read(file, &round, body)
      }
    } catch {
      tell(.unreadable(file: name, error), &round)
    }
    return false
  }

  func read(
    _ file: FollowedFile, _ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void
  ) throws(ReadError) -> Bool {
    let isLate = drained.contains(file.identity) && state.current?.identity != file.identity
    let wasDrained = drained.contains(file.identity)
    let before = file.rawOffset
    var lines = 0
    // Also when reading fails after some lines were handed on.
    defer {
      if file.rawOffset != before || lines > 0 {
        isMoved = true
        if wasDrained { lastChange = round.now }
      }
    }
    let result = try file.read(&round.context) { line, position in
      lines += 1
      body(line, position)
    }
    if isLate { round.lateLines += lines }
    if result == .changed {
      _ = state.on(.changed(file.identity, at: round.now))
      return try restart(file, &round, body)
    }
    let isEnd = result != .bytes
    if isEnd { drained.insert(file.identity) }
    let action = state.on(
      .consumed(file.identity, upTo: file.rawOffset, isEnd: isEnd, at: round.now))
    if case .close = action { close(file.identity, &round, body) }
    if isEnd, round.openFiles > options.openFiles { save(file, &round) }
    return !isEnd
  }

  /// Gives a descriptor back, because others are short of them. Late lines of a renamed file are
  /// then found at the next rotation.
  private func save(_ file: FollowedFile, _ round: inout Round) {
    guard files[file.identity] != nil else { return }
    if state.current?.identity == file.identity {
      file.putAway()
      if !file.isOpen { round.openFiles -= 1 }
    } else {
      _ = state.on(.lost(file.identity))
      release(file, &round)
    }
  }

  /// The file was truncated: what was not read of its old text may be in a copy, which is looked for
  /// and read first. Returns true, since there is more to look at.
  func restart(
    _ file: FollowedFile, _ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void
  ) throws(ReadError) -> Bool {
    noteChange(round.now)
    scan = nil
    round.changes.append(.truncated(file: name))
    drained.remove(file.identity)
    var lost = file.checkpoint()
    if lost.trail.offset > 0 {
      lost.identity = nil
      lost.wasTruncated = true
      lost.isOpen = false
      lineage.remember(lost)
    }
    isBehind = true
    if let begun = file.restart() {
      lost.trail.offset > 0 ? begunLines.append(begun) : begun.finish(&round.context, body)
    }
    return true
  }

  func close(
    _ identity: FileIdentity, _ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    guard let file = files[identity] else { return }
    file.finish(&round.context, body)
    release(file, &round)
  }

  /// Closes a file and remembers where reading stands in it. A begun line is not handed on: it is
  /// read again from its start when the file is taken up again.
  func release(_ file: FollowedFile, _ round: inout Round) {
    files[file.identity] = nil
    var closed = file.checkpoint()
    closed.isOpen = false
    if closed.isWorthKeeping {
      if drained.contains(file.identity) { lineage.forgetLonger(than: closed) }
      lineage.remember(closed)
      round.released.remember(closed)
    }
    noteChange(round.now)
    drained.remove(file.identity)
    round.held.remove(file.identity)
    if file.isOpen { round.openFiles -= 1 }
  }

  /// Lets every file go, so that another path takes them up where they are.
  func leave(_ round: inout Round) -> Lineage {
    for held in state.retired + [state.current].compactMap({ $0 }) {
      guard let file = files[held.identity] else { continue }
      release(file, &round)
      lineage.reopen(file.identity)
    }
    return lineage
  }

  func noteChange(_ now: Int64) {
    lastChange = now
    isMoved = true
  }

  /// Where reading stands in every file of this name.
  func checkpoint() -> PathCheckpoint {
    var open = state.retired
    if let current = state.current { open.append(current) }
    return PathCheckpoint(
      path: path.absolutePath, pastModified: lineage.pastModified,
      files: lineage.closed
        + open.compactMap { files[$0.identity]?.checkpoint() }.filter(\.isWorthKeeping))
  }
}
