import Bytes

/// What is remembered of a text that was read up to some byte, so that the same text is known again
/// in another file: renamed, copied or packed.
///
/// It holds the first bytes, the last ones, and hashes of short windows between them. Offsets are
/// those of the unpacked text. Its size is bounded, however long the text: when there are too many
/// windows, every other one is dropped and their distance doubled.
package struct TextTrail: Hashable, Sendable {
  /// A hash of the `Limits.windowBytes` before an offset.
  package struct Mark: Hashable, Sendable {
    package var offset: Int64
    package var hash: UInt64

    package init(offset: Int64, hash: UInt64) {
      self.offset = offset
      self.hash = hash
    }
  }

  /// Bytes of the text so far.
  package internal(set) var offset: Int64 = 0
  /// The first bytes, at most `Limits.windowBytes`.
  package internal(set) var head: [UInt8] = []
  /// The last bytes, at most `Limits.windowBytes`.
  package internal(set) var window: [UInt8] = []
  /// Windows at multiples of `markBytes`, the first ones first.
  package internal(set) var marks: [Mark] = []
  /// Distance of the windows.
  package internal(set) var markBytes = Int64(Limits.windowBytes)

  package init() {}

  /// A text that is taken up in the middle: its first bytes, and those before `offset`.
  init(offset: Int64, head: [UInt8], window: [UInt8]) {
    self.offset = offset
    self.head = head
    self.window = window
  }

  /// Goes on with the text's next bytes.
  package mutating func append(_ bytes: Span<UInt8>) {
    guard bytes.count > 0 else { return }
    if offset < Limits.windowBytes, head.count == offset {
      let first = bytes.extracting(first: Limits.windowBytes - head.count)
      for index in 0..<first.count { head.append(first[index]) }
    }
    addMarks(bytes)
    keepWindow(bytes)
    offset += Int64(bytes.count)
  }

  /// Goes on with so many NUL bytes, which are not hashed: a hole of the file.
  mutating func append(zeros count: Int64) {
    let shown = [UInt8](repeating: 0, count: Int(min(count, Int64(Limits.windowBytes))))
    if offset < Limits.windowBytes, head.count == offset {
      head += shown.prefix(Limits.windowBytes - head.count)
    }
    keepWindow(shown.span)
    offset += count
  }

  /// A hash of the window before every multiple of the distance that lies in the bytes.
  private mutating func addMarks(_ bytes: Span<UInt8>) {
    let end = offset + Int64(bytes.count)
    var next = (offset / markBytes + 1) * markBytes
    while next <= end {
      let stop = Int(next - offset)
      let missing = Limits.windowBytes - stop
      var hash = TextHash.start
      if missing > 0 { hash = TextHash.hash(window.suffix(missing), from: hash) }
      hash = TextHash.hash(
        bytes.extracting(max(0, stop - Limits.windowBytes)..<stop), from: hash)
      marks.append(Mark(offset: next, hash: hash))
      if marks.count > Limits.trailMarks {
        markBytes *= 2
        marks.removeAll { $0.offset % markBytes != 0 }
      }
      next = (next / markBytes + 1) * markBytes
    }
  }

  private mutating func keepWindow(_ bytes: Span<UInt8>) {
    let kept = max(0, Limits.windowBytes - bytes.count)
    if window.count > kept { window.removeFirst(window.count - kept) }
    let added = bytes.extracting(last: Limits.windowBytes)
    for index in 0..<added.count { window.append(added[index]) }
  }
}

/// FNV-1a, 64 bits: small, without tables, and good enough to tell two logs apart.
///
/// Source: RFC 9923.
package enum TextHash {
  /// The hash of nothing.
  package static let start: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01B3

  /// The hash of what `start` is the hash of, with these bytes behind it.
  package static func hash(_ bytes: Span<UInt8>, from start: UInt64) -> UInt64 {
    var hash = start
    for index in 0..<bytes.count { hash = (hash ^ UInt64(bytes[index])) &* prime }
    return hash
  }

  static func hash(_ bytes: ArraySlice<UInt8>, from start: UInt64) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* prime }
  }
}
