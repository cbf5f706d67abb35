import Bytes

/// What each sibling is: read to its end, read in part, or new.
extension FollowedPath {
  /// Looks which siblings only have the number of a file that was read. Returns false if one is gone
  /// meanwhile.
  func recheck(_ siblings: [Sibling], _ round: inout Round) -> Bool {
    for sibling in siblings {
      guard let index = lineage.index(of: sibling.status.identity),
        !round.held.contains(sibling.status.identity), !isAsClosed(sibling, index)
      else { continue }
      guard lineage.closed[index].trail.offset > 0 else {
        let closed = lineage.closed[index]
        if closed.size != sibling.status.size, closed.resumeOffset == 0 {
          lineage.forget(sibling.status.identity)
        }
        continue
      }
      do throws(ReadError) {
        let relation = try TextRelation(
          of: try open(sibling), name: sibling.path, to: lineage.closed[index].trail,
          chunk: &round.context.chunk)
        if !relation.isWhole { lineage.lose(index, wasTruncated: true) }
        if relation == .ends { lineage.refresh(index, sibling.status) }
      } catch .vanished {
        return false
      } catch .unreadable(_, let error) where error == .notFound {
        return false
      } catch {
        refuse(sibling, error, &round)
        isUnsure = true
      }
    }
    return true
  }

  /// Whether nothing happened to the file since it was closed.
  func isAsClosed(_ sibling: Sibling, _ index: Int) -> Bool {
    lineage.closed[index].size == sibling.status.size
      && lineage.closed[index].modified == sibling.status.modified
  }

  /// A sibling that was read and closed, if there may be more in it now.
  func known(
    _ sibling: Sibling, isPredecessor: Bool, _ round: inout Round
  ) throws(ReadError) -> Unread? {
    guard let index = lineage.index(of: sibling.status.identity) else { return nil }
    let closed = lineage.closed[index]
    if isAsClosed(sibling, index), !closed.isOpen, !isPredecessor { return nil }
    let file = try open(sibling)
    if closed.trail.offset == 0, closed.resumeOffset > 0 {
      return try resume(index, file, sibling, &round)
    }
    // What is packed and was there before following began has no place that is known.
    guard closed.trail.offset > 0 else {
      lineage.refresh(index, sibling.status)
      return nil
    }
    // It was not compared if it could not be opened a moment ago.
    let relation = try TextRelation(
      of: file, name: sibling.path, to: closed.trail, chunk: &round.context.chunk)
    return relation.isWhole ? try resume(index, file, sibling, &round) : nil
  }

  /// A sibling of which nothing was read under this identity.
  func stranger(
    _ sibling: Sibling, _ siblings: [Sibling], _ present: Set<FileIdentity>,
    _ live: FollowedFile?, _ round: inout Round
  ) throws(ReadError) -> Unread? {
    guard sibling.status.modified >= lineage.pastModified, sibling.status.size > 0 else {
      return nil
    }
    let file = try open(sibling)
    if try isBeingPacked(file, sibling, siblings, &round) { return nil }
    let packing = try packing(of: file, sibling, &round)
    if !packing.isSupported { throw .unsupportedCompression(file: sibling.path, packing) }
    let head = try head(of: file, sibling, &round)
    if !sibling.isPackedForm, try isCopy(file, head, sibling, siblings, live, &round) {
      return nil
    }
    switch try replaced(
      by: file, head, sibling, siblings, isPacked: packing == .gzip, present, &round)
    {
    case .nothing: break
    case .wholly: return nil
    case .inPart(let unread): return unread
    }
    if sibling.isPackedForm { return nil }
    switch try extending(file, head, sibling, &round) {
    case .nothing: break
    case .wholly: return nil
    case .inPart(let unread): return unread
    }
    return Unread(
      file: FollowedFile(
        ByteSource(file, kind: .regular, name: name), identity: sibling.status.identity,
        lineBytes: options.lineBytes), isStranger: true)
  }

  /// Opens a sibling; it may have another name by now.
  func open(_ sibling: Sibling) throws(ReadError) -> any ReadableFile {
    let (file, identity) = try open(sibling.path)
    guard identity == sibling.status.identity else { throw .vanished(file: sibling.path) }
    return file
  }

  /// Goes on in a file whose text, or the beginning of it, was read.
  func resume(
    _ index: Int, _ opened: any ReadableFile, _ sibling: Sibling, _ round: inout Round
  ) throws(ReadError) -> Unread {
    let checkpoint = lineage.closed[index]
    let file = FollowedFile(
      ByteSource(opened, kind: .regular, name: name), identity: sibling.status.identity,
      lineBytes: options.lineBytes, checkpoint: checkpoint)
    try file.resume(checkpoint, &round.context)
    _ = lineage.take(index)
    begunLines.removeAll { $0.trail == checkpoint.trail }
    return Unread(file: file)
  }

  /// A sibling that cannot be read: told and counted once. It is tried again at every look unless
  /// that cannot help.
  func refuse(_ sibling: Sibling, _ error: ReadError, _ round: inout Round) {
    if round.refused.insert(sibling.path).inserted {
      round.context.notices.add(ReadNotice(sibling.path, error))
      InputProblem(path: sibling.path, error).count(in: &round.context.counts)
    }
    guard case .unsupportedCompression = error else {
      isUnsettled = true
      return
    }
    lineage.remember(
      FileCheckpoint(
        identity: sibling.status.identity, trail: TextTrail(), resumeOffset: 0, lineNumber: 0,
        encoding: .bytes, isSkipping: false, modified: sibling.status.modified,
        size: sibling.status.size, wasTruncated: false))
  }
}
