import Bytes

extension FollowedPath {
  /// Looks what the name stands for now and follows suit. Returns whether bytes are left.
  func look(_ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void) -> Bool {
    let status: FileStatus
    do throws(Errno) {
      status = try FileStatus(path: path)
      // A folder or a pipe of this name is not the file that is waited for.
      guard status.kind == .regular else { throw .notFound }
    } catch {
      if error == .notFound || error == .notDirectory {
        holdCurrent(&round)
        start = .beginning
        _ = state.on(.pathMissing(at: round.now))
        tell(.missing(file: name), &round)
      } else {
        tell(.unreadable(file: name, .unreadable(file: name, error)), &round)
      }
      return false
    }
    switch state.on(.pathNames(status.identity, at: round.now)) {
    case .open: return takeOver(status, &round, body)
    case .resume:
      lastTrouble = nil
      return readFile(status.identity, &round, body)
    case .none:
      if lastTrouble?.isMissing == true { lastTrouble = nil }
      return false
    case .read, .restart, .close, .retire: return false
    }
  }

  /// The name stands for a file that is not held: opens it, and reads before it those that had the
  /// name since the last look.
  private func takeOver(
    _ status: FileStatus, _ round: inout Round,
    _ body: (Span<UInt8>, LinePosition) -> Void
  ) -> Bool {
    let recall = round.known.recall(status, path: path)
    if recall == .open { return false }
    let isRotation = state.current != nil || !state.retired.isEmpty
    let wasMissing = lastTrouble?.isMissing == true
    do throws(ReadError) {
      // Opened before the others are looked for: whatever had the name earlier has another now.
      let file = try open(path)
      // Between the look and the opening the name may have gone to a file that is held.
      guard files[file.identity] == nil else { return false }
      if isRotation {
        holdCurrent(&round)
        for missed in missedFiles(before: file, round) {
          if try adopt(missed, &round, body) { return true }
        }
      }
      if case .closed(let consumed) = recall, file.identity == status.identity {
        try file.resume(at: consumed, &round.context)
      } else if !isRotation {
        try file.begin(start, &round.context)
      }
      start = .beginning
      lastTrouble = nil
      if isRotation {
        round.changes.append(.rotated(file: name))
      } else if wasMissing {
        round.changes.append(.appeared(file: name))
      }
      return try adopt(file, &round, body)
    } catch {
      tell(.unreadable(file: name, error), &round)
      return false
    }
  }

  /// Makes an opened file the one that has the name, and reads it.
  private func adopt(
    _ file: FollowedFile, _ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void
  ) throws(ReadError) -> Bool {
    files[file.identity] = file
    round.openFiles += 1
    round.known.open(file.identity)
    if case .close(let oldest) = state.on(.opened(file.identity, at: round.now)) {
      close(oldest, &round, body)
    }
    return try read(file, &round, body)
  }

  /// Rotated siblings that had the name only between two looks, the oldest first: plain files that
  /// nobody has read, and younger than what is held. A packed sibling is a copy of what was read
  /// before it was packed.
  private func missedFiles(before file: FollowedFile, _ round: borrowing Round) -> [FollowedFile] {
    let held = (state.retired + [state.current].compactMap { $0 }).compactMap {
      try? files[$0.identity]?.modified()
    }
    guard let since = held.min() else { return [] }
    let own = path.lastPathPart
    var found: [(age: SiblingName.Age, modified: Int64, file: FollowedFile)] = []
    for name in (try? DirectoryListing(path: path.folderPath))?.names ?? [] {
      guard let age = SiblingName.readings(of: name).first(where: { $0.base == own })?.age else {
        continue
      }
      let sibling = path.withLastPathPart(name)
      guard let status = try? FileStatus(path: sibling), status.kind == .regular,
        status.modified >= since, status.identity != file.identity,
        round.known.recall(status, path: sibling) == .new,
        Compression.ofFile(at: sibling) == Compression.none
      else { continue }
      // The name may have gone to a file that is known; what counts is what was opened.
      guard let opened = try? open(sibling), opened.identity == status.identity else { continue }
      found.append((age, status.modified, opened))
    }
    return found.sorted { left, right in
      left.modified != right.modified ? left.modified < right.modified : left.age < right.age
    }.map(\.file)
  }

  /// Opens what `path` names at present.
  private func open(_ path: String) throws(ReadError) -> FollowedFile {
    let source = try openSource(path)
    let identity = try source.status().identity
    return FollowedFile(source, identity: identity, lineBytes: options.lineBytes)
  }

  private func openSource(_ path: String) throws(ReadError) -> ByteSource {
    do throws(Errno) {
      return ByteSource(try FileDescriptor(reading: path), kind: .regular, name: name)
    } catch {
      throw .unreadable(file: name, error)
    }
  }

  /// Opens a file again that was put away, under whatever name it has by now.
  func takeUp(_ file: FollowedFile, _ round: inout Round) throws(ReadError) {
    guard !file.isOpen else { return }
    guard let place = place(of: file) else { throw .vanished(file: name) }
    let source = try openSource(place.path)
    guard try source.status().identity == file.identity else { throw .vanished(file: name) }
    try file.takeUp(source)
    round.openFiles += 1
  }

  /// Makes sure that the file which is about to lose the name is open.
  func holdCurrent(_ round: inout Round) {
    guard let current = state.current, let file = files[current.identity] else { return }
    do throws(ReadError) {
      try takeUp(file, &round)
    } catch {
      tell(.unreadable(file: name, error), &round)
    }
  }

  /// Where a file is that was put away: under its name, or renamed in its folder.
  func place(of file: FollowedFile) -> (path: String, status: FileStatus)? {
    if let status = try? FileStatus(path: path), status.identity == file.identity {
      return (path, status)
    }
    for name in (try? DirectoryListing(path: path.folderPath))?.names ?? [] {
      let other = path.withLastPathPart(name)
      if let status = try? FileStatus(path: other), status.identity == file.identity {
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
