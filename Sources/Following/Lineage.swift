import Bytes

/// What was read of the files that have or had one name and are closed now.
///
/// A file is known again by its identity as long as its text is the same, and by its text alone
/// when the file is gone: then it was copied and truncated, or packed, and whichever file goes on
/// with its text takes its place. It makes no system call.
struct Lineage: Hashable, Sendable {
  /// Files last written to before this were there before following began, and are not read.
  var pastModified: Int64
  /// Closed files, in the order in which they were let go.
  private(set) var closed: [FileCheckpoint]

  init(pastModified: Int64 = .min, closed: [FileCheckpoint] = []) {
    self.pastModified = pastModified
    self.closed = closed
  }

  /// What an earlier run left.
  init(_ checkpoint: PathCheckpoint) {
    self.init(pastModified: checkpoint.pastModified, closed: checkpoint.files)
  }

  /// What is there before following begins and is not read.
  init(past: [InputFile], _ fileSystem: any FileSystem) {
    self.init(pastModified: past.map(\.modified).max() ?? .min)
    for file in past.suffix(Limits.rememberedFiles) {
      closed.append(FileCheckpoint(past: file, fileSystem))
    }
  }

  /// Takes over what was read under a name that turns out to be a rotated one of this.
  mutating func absorb(_ other: Lineage) {
    closed = other.closed + closed
    pastModified = max(pastModified, other.pastModified)
  }

  func index(of identity: FileIdentity) -> Int? {
    closed.lastIndex { $0.identity == identity }
  }

  /// The files whose text may begin with these bytes.
  func identities(alike head: [UInt8]) -> Set<FileIdentity> {
    var found: Set<FileIdentity> = []
    for file in closed where file.trail.begins(with: head.span) {
      if let identity = file.identity { found.insert(identity) }
    }
    return found
  }

  /// Remembers a file that is let go.
  mutating func remember(_ file: FileCheckpoint) {
    closed.append(file)
    // A rotated file that can never be read keeps the others from settling.
    if closed.count > Limits.foundFiles { forgetOldest() }
  }

  /// Another file has the identity: from now on the text alone counts.
  mutating func lose(_ index: Int, wasTruncated: Bool = false) {
    closed[index].identity = nil
    closed[index].wasTruncated = wasTruncated
    if wasTruncated { closed[index].isOpen = false }
  }

  /// The file is the same but has another size and time.
  mutating func refresh(_ index: Int, _ status: FileStatus) {
    closed[index].size = status.size
    closed[index].modified = status.modified
  }

  /// The file is opened again.
  mutating func take(_ index: Int) -> FileCheckpoint { closed.remove(at: index) }

  /// Late lines may still come to the file of this identity.
  mutating func reopen(_ identity: FileIdentity) {
    if let index = index(of: identity) { closed[index].isOpen = true }
  }

  /// The file of this identity is open again.
  mutating func forget(_ identity: FileIdentity) {
    closed.removeAll { $0.identity == identity }
  }

  /// A copy that was passed over to its end takes the place of the longer text that it begins.
  mutating func forgetLonger(than copy: FileCheckpoint) {
    guard copy.resumeOffset > copy.trail.offset else { return }
    closed.removeAll { text in
      text.identity == nil && text.trail.offset == copy.resumeOffset
        && text.trail.begins(with: copy.trail.head.span)
    }
  }

  /// Texts whose file is not among those present, the oldest first.
  func lost(present: Set<FileIdentity>) -> [Int] {
    closed.indices.filter { index in
      guard closed[index].trail.offset > 0 else { return false }
      return closed[index].identity.map { !present.contains($0) } ?? true
    }
  }

  /// Everything that is to be found has been found. Returns whether a file that was open when the
  /// program ended is not among it.
  mutating func settle() -> Bool {
    let isMissing = closed.contains { $0.isOpen }
    for index in closed.indices {
      closed[index].wasTruncated = false
      closed[index].isOpen = false
    }
    forgetOldest()
    return isMissing
  }

  /// Beyond the bound forgets the files that were written to the longest ago; what is as old then
  /// counts as past. That is only right when nothing so old is left to be read: files are not
  /// always let go in the order in which they were written.
  private mutating func forgetOldest() {
    let excess = closed.count - Limits.rememberedFiles
    guard excess > 0 else { return }
    let times = closed.map(\.modified).sorted()
    pastModified = max(pastModified, times[excess - 1] + 1)
    closed.removeAll { $0.modified < pastModified }
  }
}

extension FileCheckpoint {
  /// A rotated file that counts as read up to the end it has now. A packed one is known by its
  /// identity alone.
  fileprivate init(past file: InputFile, _ fileSystem: any FileSystem) {
    var trail = TextTrail()
    if let opened = try? fileSystem.open(path: file.path) {
      trail = (try? TextTrail(plain: opened, name: file.name, size: file.size)) ?? trail
    }
    self.init(
      identity: file.identity, trail: trail, resumeOffset: trail.offset, lineNumber: 0,
      encoding: .bytes, isSkipping: false, modified: file.modified, size: file.size,
      wasTruncated: false)
  }
}

extension TextTrail {
  /// The first `size` bytes of a plain file, looked at in two places; of a packed one nothing.
  init(
    plain file: any ReadableFile, name: String, size: Int64
  ) throws(ReadError) {
    let source = ByteSource(file, kind: .regular, name: name)
    var chunk = ByteChunk(capacity: Limits.windowBytes)
    let length = min(size, Int64(Limits.windowBytes))
    try source.peek(into: &chunk, at: 0, limit: Int(length))
    guard (Compression.recognise(chunk.bytes) ?? .none) == Compression.none else {
      self.init()
      return
    }
    let head = chunk.copy()
    try source.peek(into: &chunk, at: size - length, limit: Int(length))
    self.init(offset: size, head: head, window: chunk.copy())
  }
}
