/// A place where a pattern may match.
struct Candidate {
  /// A byte of the text that a match would contain.
  var place: Int
  var pattern: Int
}

/// What a scan needs beside its filter; used again and again.
struct ScanScratch: Sendable {
  /// Blocks in which some gram is in the table, then the places in them.
  fileprivate var blocks: [UInt32] = []
  fileprivate var places: [UInt32] = []

  /// Makes room for a part of a text.
  fileprivate mutating func reserve(bytes: Int) {
    let blockCount = bytes / GramFilter.blockBytes + 1
    guard blocks.count < blockCount else { return }
    blocks = [UInt32](repeating: 0, count: blockCount)
    places = [UInt32](repeating: 0, count: blockCount * GramFilter.blockBytes / 2)
  }
}

extension GramFilter {
  /// Bytes that are looked at in one step.
  fileprivate static let blockBytes = 16
  /// Bytes that are read from a block's start: its last gram reaches beyond it.
  private static let reachBytes = blockBytes + gramBytes

  /// Appends the candidates in a part of a text in the order of their places. The text counts as
  /// having an LF before its first and behind its last byte.
  ///
  /// In three passes, each with one small loop: which blocks have a gram that is in the table, at
  /// which places it is, which strings stand there. To queue blocks without a branch was 8 % faster
  /// on a prototype than to go into each at once.
  ///
  /// - Complexity: linear in the part; it allocates only while `found` and `scratch` grow.
  func scan(
    _ text: Span<UInt8>, in part: Range<Int>, scratch: inout ScanScratch,
    found: inout [Candidate]
  ) {
    precondition(part.lowerBound >= 0 && part.upperBound <= text.count, "a part of the text")
    scratch.reserve(bytes: part.count)
    var start = part.lowerBound + part.lowerBound % 2
    // SAFETY: a block is looked at only where `reachBytes` bytes follow; the scratch has room for
    // every block of the part and for each place in it; a hash is smaller than the table.
    let count = unsafe text.withUnsafeBytes { bytes in
      unsafe table.withUnsafeBufferPointer { table in
        unsafe scratch.blocks.withUnsafeMutableBufferPointer { blocks in
          unsafe scratch.places.withUnsafeMutableBufferPointer { places in
            guard let bytes = bytes.baseAddress, let table = table.baseAddress,
              let blocks = blocks.baseAddress, let places = places.baseAddress
            else { return 0 }
            let count = unsafe sift(
              bytes, table, into: blocks, from: &start,
              to: min(part.upperBound - Self.blockBytes, text.count - Self.reachBytes))
            return unsafe spread(bytes, table, blocks, count, into: places)
          }
        }
      }
    }
    look(text, scratch.places, count, &found)
    while start < part.upperBound {
      look(text, at: start, &found)
      start += 2
    }
  }

  /// Notes the blocks in which some gram is in the table; returns how many.
  @inline(__always)
  private func sift(
    _ bytes: UnsafeRawPointer, _ table: UnsafePointer<UInt8>,
    into blocks: UnsafeMutablePointer<UInt32>, from start: inout Int, to end: Int
  ) -> Int {
    var count = 0
    var at = start
    while at <= end {
      // SAFETY: see `scan`.
      unsafe blocks[count] = UInt32(truncatingIfNeeded: at)
      var hit: UInt8 = 0
      for step in 0..<8 {
        hit |= unsafe table[Self.hash(bytes, at &+ 2 &* step)]
      }
      count &+= Int(hit)
      at &+= Self.blockBytes
    }
    start = at
    return count
  }

  /// Notes the places in the blocks at which some gram is in the table; returns how many.
  @inline(__always)
  private func spread(
    _ bytes: UnsafeRawPointer, _ table: UnsafePointer<UInt8>,
    _ blocks: UnsafeMutablePointer<UInt32>, _ blockCount: Int,
    into places: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var count = 0
    for index in 0..<blockCount {
      // SAFETY: see `scan`.
      let block = unsafe Int(blocks[index])
      for step in 0..<8 {
        let at = block &+ 2 &* step
        unsafe places[count] = UInt32(truncatingIfNeeded: at)
        count &+= unsafe Int(table[Self.hash(bytes, at)])
      }
    }
    return count
  }

  /// The table's place for the gram at a place of the text.
  @inline(__always)
  private static func hash(_ bytes: UnsafeRawPointer, _ place: Int) -> Int {
    // SAFETY: the caller knows that four bytes follow.
    let gram = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
    return hash(gram.littleEndian | fold)
  }

  private func look(
    _ text: Span<UInt8>, _ places: [UInt32], _ count: Int, _ found: inout [Candidate]
  ) {
    for index in 0..<count { look(text, at: Int(places[index]), &found) }
  }

  /// Compares the strings that are filed under the gram at one place.
  @inline(__always)
  private func look(_ text: Span<UInt8>, at place: Int, _ found: inout [Candidate]) {
    let gram = Self.gram(text, at: place) | Self.fold
    let hash = Self.hash(gram)
    for index in Int(buckets[hash])..<Int(buckets[hash + 1])
    where entries[index].gram == gram && stands(entries[index], text, place) {
      // The first byte of a gram can be the LF before a line, the second cannot.
      let needle = Int(entries[index].needle)
      found.append(Candidate(place: place + 1, pattern: Int(needles[needle].pattern)))
    }
  }

  /// Whether the whole string stands where its gram was found.
  @inline(__always)
  private func stands(_ entry: NeedleEntry, _ text: Span<UInt8>, _ place: Int) -> Bool {
    let start = place - Int(entry.offset)
    let window = start + Int(entry.window)
    if window >= 0, window + 8 <= text.count {
      // SAFETY: eight bytes lie inside the text.
      let word = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: window, as: UInt64.self)
      guard (word.littleEndian | entry.fold) & entry.mask == entry.value else { return false }
      if entry.isWhole { return true }
    }
    return stands(needles[Int(entry.needle)], text, start)
  }

  private func stands(_ needle: Needle, _ text: Span<UInt8>, _ start: Int) -> Bool {
    guard start >= -1, start + Int(needle.count) <= text.count + 1 else { return false }
    var word = 4 * Int(needle.first)
    for at in start..<(start + Int(needle.count)) {
      let byte = at >= 0 && at < text.count ? text[at] : 0x0A
      guard classes[word + Int(byte >> 6)] &>> UInt64(byte & 63) & 1 == 1 else { return false }
      word += 4
    }
    return true
  }

  /// Four bytes, the first one lowest; LF behind the text.
  @inline(__always)
  private static func gram(_ text: Span<UInt8>, at place: Int) -> UInt32 {
    if place + gramBytes <= text.count {
      // SAFETY: four bytes lie inside the text.
      return unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self)
        .littleEndian
    }
    var gram: UInt32 = 0
    for index in 0..<gramBytes {
      let byte = place + index < text.count ? text[place + index] : 0x0A
      gram |= UInt32(byte) << UInt32(8 * index)
    }
    return gram
  }
}
