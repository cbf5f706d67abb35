import Bytes

/// Files that only repeat what another file holds, which is there too.
extension FollowedPath {
  /// Whether an unpacked file of the same name is still there and has the text, which will be read
  /// from it or was.
  func isBeingPacked(
    _ opened: any ReadableFile, _ sibling: Sibling, _ siblings: [Sibling], _ round: inout Round
  ) throws(ReadError) -> Bool {
    let plain = SiblingName.withoutCodec(sibling.name)
    guard plain != sibling.name, let other = siblings.first(where: { $0.name == plain }) else {
      return false
    }
    let file = FollowedFile(
      ByteSource(try open(other), kind: .regular, name: name), identity: other.status.identity,
      lineBytes: options.lineBytes)
    return try isBeginning(opened, sibling, of: file, &round)
  }

  /// Whether the sibling is a copy of another file that is there, or of its beginning: a truncation
  /// follows the copying by a moment, or never comes.
  func isCopy(
    _ opened: any ReadableFile, _ head: [UInt8], _ sibling: Sibling, _ siblings: [Sibling],
    _ live: FollowedFile?, _ round: inout Round
  ) throws(ReadError) -> Bool {
    for held in heldFiles + (live.map { [$0] } ?? []) where held.isOpen {
      if try isBeginning(opened, sibling, of: held, &round) { return true }
    }
    let alike = lineage.identities(alike: head)
    for other in siblings where other.status.identity != sibling.status.identity {
      let identity = other.status.identity
      guard files[identity] == nil, alike.contains(identity) || round.held.contains(identity)
      else { continue }
      let file = FollowedFile(
        ByteSource(try open(other), kind: .regular, name: name), identity: identity,
        lineBytes: options.lineBytes)
      if try isBeginning(opened, sibling, of: file, &round) { return true }
      if try isBeginning(opened, sibling, ofPacked: other, &round) { return true }
    }
    // What the name stands for by now.
    guard let status = try? fileSystem.status(path: path), status.kind == .regular,
      !round.held.contains(status.identity), status.identity != live?.identity,
      let (named, identity) = try? open(path)
    else { return false }
    let file = FollowedFile(
      ByteSource(named, kind: .regular, name: name), identity: identity,
      lineBytes: options.lineBytes)
    return try isBeginning(opened, sibling, of: file, &round)
  }

  /// Whether a packed file begins with the whole text of a plain sibling.
  func isBeginning(
    _ opened: any ReadableFile, _ sibling: Sibling, ofPacked other: Sibling, _ round: inout Round
  ) throws(ReadError) -> Bool {
    let file = try open(other)
    guard try packing(of: file, other, &round) == .gzip,
      try packing(of: opened, sibling, &round) == .none
    else { return false }
    let text = try TextTrail(plain: opened, name: sibling.path, size: sibling.status.size)
    return try TextRelation(
      of: file, name: other.path, to: text, chunk: &round.context.chunk
    ).isWhole
  }

  /// Whether a file begins with the whole text of a sibling. A plain one is looked at in two
  /// places; a packed one is unpacked as far as it agrees.
  func isBeginning(
    _ opened: any ReadableFile, _ sibling: Sibling, of other: FollowedFile, _ round: inout Round
  ) throws(ReadError) -> Bool {
    guard let size = try other.status()?.size else { return false }
    var copy = ByteSource(opened, kind: .regular, name: sibling.path)
    var isOver = try copy.read(into: &round.context.chunk) == .end
    if isOver { copy.finish(into: &round.context.chunk) }
    var offset: Int64 = 0
    if copy.compression == Compression.none {
      guard size >= sibling.status.size else { return false }
      for start in [0, max(0, sibling.status.size - Int64(Limits.windowBytes))] {
        try copy.peek(into: &round.context.chunk, at: start, limit: Limits.windowBytes)
        guard try other.holds(&round.context, at: start) else { return false }
      }
      return true
    }
    while true {
      let count = round.context.chunk.count
      guard offset + Int64(count) <= size, try other.holds(&round.context, at: offset) else {
        return false
      }
      offset += Int64(count)
      if isOver { return true }
      isOver = try copy.read(into: &round.context.chunk) != .bytes
      if isOver { copy.finish(into: &round.context.chunk) }
    }
  }

  /// The first bytes of the sibling's unpacked text: few files begin alike, so most need no
  /// closer look.
  func head(
    of opened: any ReadableFile, _ sibling: Sibling, _ round: inout Round
  ) throws(ReadError) -> [UInt8] {
    var source = ByteSource(opened, kind: .regular, name: sibling.path)
    var head: [UInt8] = []
    var isOver = false
    while head.count < Limits.windowBytes, !isOver {
      isOver = try source.read(into: &round.context.chunk) != .bytes
      if isOver { source.finish(into: &round.context.chunk) }
      let bytes = round.context.chunk.bytes.extracting(first: Limits.windowBytes - head.count)
      for index in 0..<bytes.count { head.append(bytes[index]) }
    }
    return head
  }

  func packing(
    of opened: any ReadableFile, _ sibling: Sibling, _ round: inout Round
  ) throws(ReadError) -> Compression {
    let source = ByteSource(opened, kind: .regular, name: sibling.path)
    try source.peek(into: &round.context.chunk, at: 0, limit: Compression.decisiveBytes)
    return Compression.recognise(round.context.chunk.bytes) ?? .none
  }
}
