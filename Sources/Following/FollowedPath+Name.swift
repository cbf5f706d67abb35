import Bytes

extension FollowedPath {
  /// Looks what the name stands for now and follows suit. Returns whether bytes are left.
  func look(_ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void) -> Bool {
    let status: FileStatus
    do throws(Errno) {
      status = try fileSystem.status(path: path)
      // A folder or a pipe of this name is not the file that is waited for.
      guard status.kind == .regular else { throw .notFound }
    } catch {
      if error == .notFound || error == .notDirectory {
        return lookAtNothing(&round, body)
      }
      tell(.unreadable(file: name, .unreadable(file: name, error)), &round)
      return false
    }
    switch state.on(.pathNames(status.identity, at: round.now)) {
    case .open: return takeOver(status, &round, body)
    case .resume:
      noteChange(round.now)
      lastTrouble = nil
      missingSince = nil
      return readFile(status.identity, &round, body)
    case .none:
      if lastTrouble?.isMissing == true { lastTrouble = nil }
      missingSince = nil
      return false
    case .read, .restart, .close, .retire: return false
    }
  }

  /// The name stands for nothing: what was read of it last may have been rotated, and others since.
  private func lookAtNothing(
    _ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void
  ) -> Bool {
    holdCurrent(&round)
    if case .retire = state.on(.pathMissing(at: round.now)) { noteChange(round.now) }
    start = .beginning
    let since = missingSince ?? round.now
    missingSince = since
    // Between the renaming of a log and the making of the next one there is none for a moment.
    let isMoment = round.now - since < Int64(options.pollMilliseconds) * 1_000_000
    if state.retired.isEmpty || !isMoment { tell(.missing(file: name), &round) }
    return catchUp(&round, body)
  }

  /// The name stands for a file that is not held: opens it, and reads before it those that had the
  /// name since the last look.
  private func takeOver(
    _ status: FileStatus, _ round: inout Round,
    _ body: (Span<UInt8>, LinePosition) -> Void
  ) -> Bool {
    guard !round.held.contains(status.identity) else { return false }
    let isRotation = state.current != nil || !state.retired.isEmpty
    let wasMissing = lastTrouble?.isMissing == true
    let wasRead =
      lineage.index(of: status.identity).map { lineage.closed[$0].trail.offset > 0 } ?? false
    do throws(ReadError) {
      // Opened before the others are looked for: whatever had the name earlier has another now.
      let (opened, identity) = try open(path)
      // Between the look and the opening the name may have gone to another file.
      guard identity == status.identity else { return true }
      let known = try recognise(opened, status, &round)
      let file = FollowedFile(
        ByteSource(opened, kind: .regular, name: name), identity: identity,
        lineBytes: options.lineBytes, checkpoint: known)
      holdCurrent(&round)
      if case .retire = state.on(.pathMissing(at: round.now)) { noteChange(round.now) }
      if restartChanged(&round, body) { return true }
      if let found = unread(besides: file, &round) {
        // A copy that was made meanwhile goes on with what was read; it is no file of its own.
        if found.isStranger, known != nil, try recognise(opened, status, &round) == nil {
          return true
        }
        adopt(found.file, isNamed: false, &round, body)
        return true
      }
      guard (try? fileSystem.status(path: path).identity) == identity else { return true }
      lineage.forget(identity)
      settle(&round, body)
      if let known {
        try file.resume(known, &round.context)
      } else {
        try file.begin(start, &round.context)
      }
      start = .beginning
      lastTrouble = nil
      missingSince = nil
      canLookAgain = false
      if isRotation, known == nil {
        round.changes.append(.rotated(file: name))
      } else if wasMissing {
        round.changes.append(.appeared(file: name))
      } else if wasRead, known == nil {
        round.changes.append(.truncated(file: name))
      }
      adopt(file, isNamed: true, &round, body)
      return try read(file, &round, body)
    } catch .unreadable(_, let error) where error == .notFound {
      // It was renamed or deleted between the look and the opening.
      return true
    } catch {
      tell(.unreadable(file: name, error), &round)
      return false
    }
  }

  /// The closed file that has come back under the name, if its text is still the one that was read.
  /// A file with the identity and another text has only been given the number again, or was
  /// truncated.
  private func recognise(
    _ file: any ReadableFile, _ status: FileStatus, _ round: inout Round
  ) throws(ReadError) -> FileCheckpoint? {
    let index =
      lineage.index(of: status.identity)
      // A restart of the machine can number the devices anew.
      ?? lineage.closed.lastIndex {
        $0.isOpen && $0.identity?.inode == status.identity.inode
          && $0.identity?.made == status.identity.made
      }
    guard let closed = index.map({ lineage.closed[$0] }) ?? round.released[status.identity] else {
      return nil
    }
    // Of a file of which nothing was read there is nothing to go on with.
    guard closed.trail.offset > 0 else { return nil }
    let relation = try TextRelation(
      of: file, name: name, to: closed.trail, chunk: &round.context.chunk)
    if relation.isWhole { return closed }
    if let index { lineage.lose(index, wasTruncated: true) }
    return nil
  }

  /// Nothing is left to be read before what the name stands for.
  func settle(_ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void) {
    isBehind = isUnsettled
    guard !isUnsettled else { return }
    for begun in begunLines { begun.finish(&round.context, body) }
    begunLines = []
    if lineage.settle() { round.changes.append(.gone(file: name)) }
  }

  /// Makes an opened file one of those held.
  func adopt(
    _ file: FollowedFile, isNamed: Bool, _ round: inout Round,
    _ body: (Span<UInt8>, LinePosition) -> Void
  ) {
    files[file.identity] = file
    round.openFiles += 1
    round.held.insert(file.identity)
    isMoved = true
    let action = state.on(
      isNamed
        ? .opened(file.identity, at: round.now) : .found(file.identity, at: round.now))
    if case .close(let oldest) = action { close(oldest, &round, body) }
  }

  /// Opens what `path` names at present.
  func open(_ path: String) throws(ReadError) -> (any ReadableFile, FileIdentity) {
    do throws(Errno) {
      let file = try fileSystem.open(path: path)
      return (file, try file.status().identity)
    } catch {
      throw .unreadable(file: path, error)
    }
  }

  /// Opens a file again that was put away, under whatever name it has by now.
  func takeUp(_ file: FollowedFile, _ round: inout Round) throws(ReadError) {
    guard !file.isOpen else { return }
    guard let place = place(of: file) else { throw .vanished(file: name) }
    let (opened, identity) = try open(place.path)
    guard identity == file.identity else { throw .vanished(file: name) }
    file.takeUp(ByteSource(opened, kind: .regular, name: name))
    round.openFiles += 1
  }

  /// Makes sure that the file which is about to lose the name is open.
  func holdCurrent(_ round: inout Round) {
    guard let current = state.current, let file = files[current.identity] else { return }
    do throws(ReadError) {
      try takeUp(file, &round)
    } catch {
      // It was packed or deleted meanwhile: its text is looked for among the files that are left.
      _ = state.on(.lost(file.identity))
      release(file, &round)
    }
  }

  /// Where a file is that was put away: under its name, or renamed in its folder.
  func place(of file: FollowedFile) -> (path: String, status: FileStatus)? {
    if let status = try? fileSystem.status(path: path), status.identity == file.identity {
      return (path, status)
    }
    for name in (try? fileSystem.listing(folder: path.folderPath))?.names ?? [] {
      let other = path.withLastPathPart(name)
      if let status = try? fileSystem.status(path: other), status.identity == file.identity {
        return (other, status)
      }
    }
    return nil
  }

  /// Tells a trouble once, until it is over.
  func tell(_ change: FollowChange, _ round: inout Round) {
    guard lastTrouble != change else { return }
    lastTrouble = change
    round.changes.append(change)
  }
}
