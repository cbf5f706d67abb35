import Bytes

/// How a file's text stands to one that was read.
enum TextRelation: Hashable {
  /// Another text.
  case differs
  /// The same, but it ends before the place that was read up to.
  case precedes
  /// The same up to the place that was read up to, which is its end.
  case ends
  /// The same up to the place that was read up to, and more.
  case continues

  /// The more of the text that was read is there, the larger.
  var extent: Int {
    switch self {
    case .differs: 0
    case .precedes: 1
    case .ends: 2
    case .continues: 3
    }
  }

  /// Whether all that was read is there.
  var isWhole: Bool { self == .ends || self == .continues }

  /// Compares the text of an open file with the remembered one. Plain files are looked at in a few
  /// places; packed ones are unpacked as far as need be. An empty text is no text again.
  ///
  /// - Complexity: O(1) reads for plain files, O(read text) for packed ones that begin alike.
  init(
    of file: any ReadableFile, name: String, to trail: TextTrail, chunk: inout ByteChunk
  ) throws(ReadError) {
    guard trail.offset > 0 else {
      self = .differs
      return
    }
    var source = ByteSource(file, kind: .regular, name: name)
    let state = try source.read(into: &chunk)
    if state == .end { source.finish(into: &chunk) }
    let isSameHead = chunk.count > 0 && trail.begins(with: chunk.bytes)
    guard isSameHead else {
      self = .differs
      return
    }
    if source.compression == Compression.none {
      self = try Self.plain(source, trail, &chunk)
    } else {
      self = try Self.packed(&source, trail, &chunk, isAtEnd: state == .end)
    }
  }

  /// The newest windows decide: a text that agrees there agrees before.
  private static let windowsCompared = 4

  private static func plain(
    _ source: borrowing ByteSource, _ trail: TextTrail, _ chunk: inout ByteChunk
  ) throws(ReadError) -> TextRelation {
    let size = try source.status().size
    try source.peek(into: &chunk, at: 0, limit: trail.head.count)
    guard trail.begins(with: chunk.bytes) else { return .differs }
    let isWhole = size >= trail.offset
    if isWhole {
      try source.peek(
        into: &chunk, at: trail.offset - Int64(trail.window.count), limit: trail.window.count)
      guard chunk.count == trail.window.count, chunk.bytes.starts(with: trail.window) else {
        return .differs
      }
    }
    let passed = trail.marks.filter { $0.offset <= size }
    for mark in passed.suffix(windowsCompared) {
      try source.peek(
        into: &chunk, at: mark.offset - Int64(Limits.windowBytes), limit: Limits.windowBytes)
      guard TextHash.hash(chunk.bytes, from: TextHash.start) == mark.hash else { return .differs }
    }
    guard isWhole else { return trail.proves(passed.last, upTo: size) ? .precedes : .differs }
    return size == trail.offset ? .ends : .continues
  }

  private static func packed(
    _ source: inout ByteSource, _ trail: TextTrail, _ chunk: inout ByteChunk, isAtEnd: Bool
  ) throws(ReadError) -> TextRelation {
    var copy = TextTrail()
    var isOver = isAtEnd
    while true {
      let missing = Int(clamping: trail.offset - copy.offset)
      copy.append(chunk.bytes.extracting(first: missing))
      let isLonger = chunk.count > missing
      if isOver || isLonger {
        guard copy.agrees(with: trail) else { return .differs }
        guard copy.offset == trail.offset else {
          let passed = trail.marks.last { $0.offset <= copy.offset }
          return trail.proves(passed, upTo: copy.offset) ? .precedes : .differs
        }
        guard copy.window.suffix(trail.window.count) == trail.window[...] else { return .differs }
        return isLonger ? .continues : .ends
      }
      if try source.read(into: &chunk) != .bytes {
        isOver = true
        source.finish(into: &chunk)
      }
    }
  }
}

extension TextTrail {
  /// Whether the first bytes are those of this text, as far as both go.
  func begins(with bytes: Span<UInt8>) -> Bool {
    for index in 0..<min(head.count, bytes.count) where head[index] != bytes[index] {
      return false
    }
    return true
  }

  /// Whether a window that agrees, or the first bytes where there is none, lies near enough to the
  /// end of a shorter text: two logs may begin with the same long banner.
  fileprivate func proves(_ mark: Mark?, upTo end: Int64) -> Bool {
    let known = mark?.offset ?? Int64(head.count)
    return end - known <= max(Int64(Limits.windowBytes), end / 8)
  }

  /// Whether the first bytes and every window that both remember are the same. A text that was
  /// taken up in the middle remembers no window before that.
  fileprivate func agrees(with other: TextTrail) -> Bool {
    guard other.begins(with: head.span) else { return false }
    let own = Dictionary(uniqueKeysWithValues: marks.map { ($0.offset, $0.hash) })
    return other.marks.allSatisfy { own[$0.offset] == nil || own[$0.offset] == $0.hash }
  }
}
