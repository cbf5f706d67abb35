import Bytes

/// Texts that were read and have another file now, because theirs was copied and truncated, or packed.
extension FollowedPath {
  enum Replaced {
    case nothing
    /// Nothing is left to be read, or it is read from the file itself, which is still open.
    case wholly
    case inPart(Unread)
  }

  /// Which file that was read, and is gone, the sibling takes the place of. What was packed may lack
  /// late lines; a copy may lack what was read between the copying and the truncation.
  func replaced(
    by opened: any ReadableFile, _ head: [UInt8], _ sibling: Sibling, _ siblings: [Sibling],
    isPacked: Bool, _ present: Set<FileIdentity>, _ round: inout Round
  ) throws(ReadError) -> Replaced {
    for held in heldFiles where !present.contains(held.identity) {
      let relation = try TextRelation(
        of: opened, name: sibling.path, to: held.trail, chunk: &round.context.chunk)
      guard relation == .ends || (relation == .precedes && isPacked) else { continue }
      remember(held.checkpoint(), as: sibling, &round)
      return .wholly
    }
    // The longest first: a short text may be the beginning of many.
    let lost = lineage.lost(present: present)
      .filter { lineage.closed[$0].trail.begins(with: head.span) }
      .sorted { lineage.closed[$0].trail.offset > lineage.closed[$1].trail.offset }
    for index in lost {
      let closed = lineage.closed[index]
      let relation = try TextRelation(
        of: opened, name: sibling.path, to: closed.trail, chunk: &round.context.chunk)
      guard relation != .differs else { continue }
      // A copy that was only passed over says nothing of where lines begin behind it.
      if relation == .continues, closed.resumeOffset > closed.trail.offset { continue }
      // Of a text that is known as a whole, a shorter one is but the beginning.
      if try isWholeOfLonger(opened, sibling, than: closed.trail, &round) { return .nothing }
      if relation != .continues, closed.wasTruncated || relation == .precedes,
        try hasLonger(siblings, sibling, relation, closed.trail, &round)
      {
        continue
      }
      switch relation {
      case .differs: continue
      case .ends where closed.resumeOffset == closed.trail.offset:
        remember(lineage.take(index), as: sibling, &round)
        return .wholly
      case .ends, .continues:
        return .inPart(try resume(index, opened, sibling, &round))
      case .precedes:
        guard closed.wasTruncated || isPacked else { continue }
        // More was read than the copy holds: it is read in silence, only to be known again. The
        // longer text is kept until it is: the program may end half way, and the copy be packed.
        var silent = closed
        silent.resumeOffset = silent.trail.offset
        silent.trail = TextTrail()
        return .inPart(
          Unread(
            file: FollowedFile(
              ByteSource(opened, kind: .regular, name: name), identity: sibling.status.identity,
              lineBytes: options.lineBytes, checkpoint: silent)))
      }
    }
    return .nothing
  }

  /// Whether a longer text is known, all of which the sibling has.
  func isWholeOfLonger(
    _ opened: any ReadableFile, _ sibling: Sibling, than trail: TextTrail, _ round: inout Round
  ) throws(ReadError) -> Bool {
    let known = lineage.closed.map(\.trail) + heldFiles.map(\.trail)
    for longer in known where longer.offset > trail.offset {
      let relation = try TextRelation(
        of: opened, name: sibling.path, to: longer, chunk: &round.context.chunk)
      if relation.isWhole { return true }
    }
    return false
  }

  /// Whether another file that nobody has read has more of a truncated file's text: then that one is
  /// the copy that was made last.
  func hasLonger(
    _ siblings: [Sibling], _ sibling: Sibling, _ relation: TextRelation, _ trail: TextTrail,
    _ round: inout Round
  ) throws(ReadError) -> Bool {
    for other in siblings where other.status.identity != sibling.status.identity {
      guard files[other.status.identity] == nil,
        lineage.index(of: other.status.identity) == nil, !other.isPackedForm
      else { continue }
      let its = try TextRelation(
        of: try open(other), name: other.path, to: trail, chunk: &round.context.chunk)
      let isLonger =
        its == relation ? other.status.size > sibling.status.size : its.extent > relation.extent
      if isLonger { return true }
    }
    return false
  }

  /// Remembers a text under the file that has it now.
  func remember(
    _ text: FileCheckpoint, as sibling: Sibling, _ round: inout Round
  ) {
    var closed = text
    closed.identity = sibling.status.identity
    closed.isOpen = false
    closed.size = sibling.status.size
    closed.modified = sibling.status.modified
    lineage.remember(closed)
    noteChange(round.now)
  }

  /// Whether the text is one that was read here, or its beginning: then nothing is to be read; or
  /// whether it goes on with one: then only what is behind it is. The longest such text counts.
  func extending(
    _ opened: any ReadableFile, _ head: [UInt8], _ sibling: Sibling, _ round: inout Round
  ) throws(ReadError) -> Replaced {
    let alike = lineage.closed.filter { $0.trail.begins(with: head.span) }
    let known = (alike + heldFiles.map { $0.checkpoint() }).sorted {
      $0.trail.offset > $1.trail.offset
    }
    for text in known {
      let relation = try TextRelation(
        of: opened, name: sibling.path, to: text.trail, chunk: &round.context.chunk)
      guard relation != .differs else { continue }
      // Two logs may begin with the same banner: only of a truncated file is a shorter copy expected.
      // A text that fits into the window is compared byte by byte.
      if relation == .precedes, !text.wasTruncated, head.count == Limits.windowBytes { continue }
      guard relation == .continues else { return .wholly }
      // A copy that was only passed over says nothing of where its lines begin.
      guard text.resumeOffset <= text.trail.offset else { continue }
      let file = FollowedFile(
        ByteSource(opened, kind: .regular, name: name), identity: sibling.status.identity,
        lineBytes: options.lineBytes, checkpoint: text)
      try file.resume(text, &round.context)
      return .inPart(Unread(file: file, isStranger: true))
    }
    return .nothing
  }
}
