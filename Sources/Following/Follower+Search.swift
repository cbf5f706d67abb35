import Bytes

extension Follower {
  /// Looks whether folders and globs lead to files that nobody follows yet.
  func findNewFiles() {
    let expansion = InputExpansion(arguments: arguments, fileSystem: fileSystem)
    for folder in expansion.folders {
      watch.add(folder: folder)
      folders.add(folder)
    }
    let followed = Set(paths.map(\.path))
    let strangers = expansion.reached.filter { $0.kind == .regular && !followed.contains($0.path) }
    guard !strangers.isEmpty else { return }
    var index = SiblingIndex(
      paths: paths.map(\.path) + strangers.map(\.path), fileSystem: fileSystem)
    for stranger in strangers {
      guard let status = stranger.status, index.base(of: stranger.path) == nil,
        !round.held.contains(status.identity), !isAsReleased(status),
        !isPast(stranger), !isPacking(stranger)
      else { continue }
      follow(stranger.path, isNamed: stranger.isNamed)
    }
  }

  private func follow(_ path: String, isNamed: Bool) {
    var lineage = absent.removeValue(forKey: path.absolutePath) ?? Lineage()
    for past in takePast(of: path) { lineage.absorb(past) }
    let followed = FollowedPath(
      path: path, name: path, input: inputs.count, isNamed: isNamed, start: .beginning,
      lineage: lineage, options: options, fileSystem: fileSystem)
    followed.canLookAgain = true
    // What was read under other names is kept under this one from now on.
    followed.isMoved = !lineage.closed.isEmpty
    add(followed)
    inputs.append(path)
    round.changes.append(.appeared(file: path))
  }

  /// A rotated file is followed as a log of its own while the log itself is not there. Now it is.
  private func takePast(of path: String) -> [Lineage] {
    let own = path.lastPathPart
    let past = paths.filter { other in
      !other.isNamed && other.path.folderPath == path.folderPath
        && SiblingName.readings(of: other.path.lastPathPart).contains { $0.base == own }
    }
    return past.map { other in
      paths.removeAll { $0 === other }
      due.removeAll { $0 === other }
      watch.remove(other)
      forgotten.append(other.path.absolutePath)
      return other.leave(&round)
    }
  }

  /// Forgets names that a folder or a glob led to and that are gone with all their rotated files:
  /// logs that are made and deleted all day would otherwise fill the memory.
  func forgetGonePaths() {
    let gone = paths.filter { $0.isGone(round.now) && !hasRotatedFiles($0.path) }
    guard !gone.isEmpty else { return }
    let ids = Set(gone.map { ObjectIdentifier($0) })
    for path in gone {
      watch.remove(path)
      forgotten.append(path.path.absolutePath)
    }
    paths.removeAll { ids.contains(ObjectIdentifier($0)) }
    due.removeAll { ids.contains(ObjectIdentifier($0)) }
  }

  /// Whether rotated files are there of a name, or of the log of which it is itself a rotated one: it
  /// may have been rotated on.
  private func hasRotatedFiles(_ path: String) -> Bool {
    let own = path.lastPathPart
    for name in [own] + SiblingName.readings(of: own).map(\.base) {
      let siblings = round.listings.siblings(
        of: name, in: path.folderPath, fileSystem, now: round.now, canLookAgain: false)
      if !siblings.entries.isEmpty { return true }
    }
    return false
  }

  /// Whether it is a file that was read and closed under another name, and nothing came since.
  private func isAsReleased(_ status: FileStatus) -> Bool {
    guard let known = round.released[status.identity] else { return false }
    return known.size == status.size && known.modified == status.modified
  }

  /// Whether it is the past of a name that an earlier run followed: that name is followed again.
  private func isPast(_ stranger: ReachedPath) -> Bool {
    let own = stranger.path.lastPathPart
    for reading in SiblingName.readings(of: own) {
      let path = stranger.path.withLastPathPart(reading.base)
      if paths.contains(where: { $0.path == path }) { return true }
      if absent[path.absolutePath] != nil {
        follow(path, isNamed: false)
        return true
      }
      // The log is followed under another name of the same file, and its past with that.
      if let status = try? fileSystem.status(path: path), round.held.contains(status.identity) {
        return true
      }
    }
    return false
  }

  /// Whether it is the packed form of a file that is followed under its name without the ending:
  /// then it only goes on with that one's text.
  private func isPacking(_ stranger: ReachedPath) -> Bool {
    let plain = SiblingName.withoutCodec(stranger.path)
    guard plain != stranger.path else { return false }
    if let path = paths.first(where: { $0.path == plain }) {
      return path.takesUpPacked(stranger.path, &round)
    }
    guard absent[plain.absolutePath] != nil else { return false }
    follow(plain, isNamed: false)
    return true
  }
}
