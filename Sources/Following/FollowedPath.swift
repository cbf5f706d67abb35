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
  let options: FollowOptions
  /// Where reading begins in the file that has the name first.
  var start: FollowStart
  /// Files that were read to their end once. What comes later, when they have lost the name, is
  /// late.
  private var drained: Set<FileIdentity> = []
  /// The trouble that was told last, so that it is told once.
  var lastTrouble: FollowChange?

  /// What a visit has to share with the other paths.
  struct Round: ~Copyable {
    var context: FollowedFile.Context
    var changes: [FollowChange] = []
    var known = KnownFiles()
    /// Descriptors held.
    var openFiles = 0
    /// Lines of renamed files that came after these had been read to their end.
    var lateLines = 0
    /// The clock's time of this round, in nanoseconds.
    var now: Int64 = 0
  }

  init(
    path: String, name: String, input: Int, isNamed: Bool, start: FollowStart,
    options: FollowOptions
  ) {
    self.path = path
    self.name = name
    self.input = input
    self.isNamed = isNamed
    self.start = start
    self.options = options
    state = FollowState(
      graceNanoseconds: options.graceNanoseconds,
      retirementNanoseconds: options.retirementNanoseconds)
  }

  /// Whether it has to be looked at although nothing was told of it: a renamed file keeps no name
  /// that could be watched.
  var isRestless: Bool { !state.retired.isEmpty || lastTrouble?.isUnreadable == true }
  /// Whether nothing is left of it and nobody waits for it.
  var isGone: Bool { files.isEmpty && !isNamed && state.current == nil }
  var hasPartialLine: Bool { files.values.contains { $0.hasPartialLine } }

  /// Reads what the open files have, then looks what the name stands for. Returns whether bytes are
  /// left for the next round.
  func visit(_ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void) -> Bool {
    if readRetired(&round, body) { return true }
    if let identity = state.current?.identity, readFile(identity, &round, body) { return true }
    return look(&round, body)
  }

  /// Hands on the begun lines of every file, as at the end of the run.
  func finish(_ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void) {
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
      let size = try file.size() ?? place(of: file)?.status.size ?? file.rawOffset
      switch state.on(.sized(identity, bytes: size, at: round.now)) {
      case .close: close(identity, &round, body)
      case .restart:
        try takeUp(file, &round)
        round.changes.append(.truncated(file: name))
        try file.restart(&round.context, body)
        return try read(file, &round, body)
      case .read:
        try takeUp(file, &round)
        return try read(file, &round, body)
      case .none, .open, .retire, .resume:
        if file.isOpen, !file.isAtEnd { return try read(file, &round, body) }
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
    var lines = 0
    let result = try file.read(&round.context) { line, position in
      lines += 1
      body(line, position)
    }
    if isLate { round.lateLines += lines }
    let isEnd = result != .bytes
    if isEnd { drained.insert(file.identity) }
    let action = state.on(
      .consumed(file.identity, upTo: file.rawOffset, isEnd: isEnd, at: round.now))
    if case .close = action { close(file.identity, &round, body) }
    if round.openFiles > options.openFiles, state.current?.identity == file.identity {
      file.putAway()
      if !file.isOpen { round.openFiles -= 1 }
    }
    return !isEnd
  }

  func close(
    _ identity: FileIdentity, _ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    guard let file = files.removeValue(forKey: identity) else { return }
    let fingerprint = file.fingerprint(&round.context)
    round.known.close(identity, consumed: file.rawOffset, fingerprint)
    file.finish(&round.context, body)
    drained.remove(identity)
    if file.isOpen { round.openFiles -= 1 }
  }
}
