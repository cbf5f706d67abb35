private import Bytes
private import Glibc

extension LocalZone {
  /// Parses a TZif file (RFC 8536), version 1 to 4. Nil when it is malformed.
  package init?(tzif bytes: Span<UInt8>, name: String) {
    guard var header = TZifHeader(bytes, at: 0) else { return nil }
    var timeSize = 4
    if header.version >= 0x32 {
      guard let second = TZifHeader(bytes, at: header.dataStart + header.dataSize(timeSize: 4))
      else { return nil }
      header = second
      timeSize = 8
    }
    guard header.fits(in: bytes.count, timeSize: timeSize) else { return nil }
    let indexStart = header.dataStart + header.timeCount * timeSize
    let typeStart = indexStart + header.timeCount
    let nameStart = typeStart + header.typeCount * 6

    var typeOffsets: [Int32] = []
    var abbreviations: [(code: UInt64, offset: Int32)] = []
    for type in 0..<header.typeCount {
      let start = typeStart + type * 6
      let offset = Int32(truncatingIfNeeded: bytes.bigEndian(at: start, size: 4))
      guard abs(Int(offset)) < 86_400 * 2 else { return nil }
      typeOffsets.append(offset)
      let nameIndex = nameStart + Int(bytes[start + 5])
      var end = nameIndex
      while end < nameStart + header.nameBytes, bytes[end] != 0 { end += 1 }
      if nameIndex < end, let code = ZoneAbbreviation.code(bytes, nameIndex..<end) {
        abbreviations.removeAll { $0.code == code }
        abbreviations.append((code, offset))
      }
    }
    var transitions: [Int64] = []
    var offsets: [Int32] = []
    for index in 0..<header.timeCount {
      let moment = bytes.bigEndian(at: header.dataStart + index * timeSize, size: timeSize)
      let type = Int(bytes[indexStart + index])
      // A century of centuries either way: no sum with an offset overflows.
      guard type < typeOffsets.count, abs(moment) < 1 << 60, moment > transitions.last ?? .min
      else { return nil }
      transitions.append(moment)
      offsets.append(typeOffsets[type])
    }
    let end = header.dataStart + header.dataSize(timeSize: timeSize)
    self.init(
      name: name, transitions: transitions, offsets: offsets, firstOffset: typeOffsets[0],
      rule: timeSize == 8 ? Self.footer(bytes, from: end) : nil, abbreviations: abbreviations)
  }

  /// The rule between the two newlines that end the file.
  private static func footer(_ bytes: Span<UInt8>, from start: Int) -> ZoneRule? {
    var cursor = ByteCursor(start)
    guard cursor.take(0x0A, in: bytes), let range = cursor.take(upTo: 0x0A, in: bytes) else {
      return nil
    }
    return ZoneRule(posix: bytes.extracting(range))
  }

  /// Reads a zone file; nil when it cannot be read, is too large, or is not one.
  init?(path: String, name: String) {
    // SAFETY: `path` is passed as a C string for the length of the call; the descriptor is ours.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      // SAFETY: `read` writes at most `count` bytes to the buffer, which outlives the call.
      let count = unsafe buffer.withUnsafeMutableBytes { space in
        unsafe Glibc.read(descriptor, space.baseAddress, space.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= Limits.zoneFileBytes else { return nil }
    }
    self.init(tzif: bytes.span, name: name)
  }
}

/// The 44 bytes before a block of zone data.
private struct TZifHeader {
  var version: UInt8
  var dataStart: Int
  var utcCount: Int
  var standardCount: Int
  var leapCount: Int
  var timeCount: Int
  var typeCount: Int
  var nameBytes: Int

  init?(_ bytes: Span<UInt8>, at start: Int) {
    var cursor = ByteCursor(start)
    guard start <= bytes.count - 44, cursor.take("TZif", in: bytes) else { return nil }
    version = bytes[start + 4]
    dataStart = start + 44
    utcCount = Int(bytes.bigEndian(at: start + 20, size: 4))
    standardCount = Int(bytes.bigEndian(at: start + 24, size: 4))
    leapCount = Int(bytes.bigEndian(at: start + 28, size: 4))
    timeCount = Int(bytes.bigEndian(at: start + 32, size: 4))
    typeCount = Int(bytes.bigEndian(at: start + 36, size: 4))
    nameBytes = Int(bytes.bigEndian(at: start + 40, size: 4))
    let counts = [utcCount, standardCount, leapCount, timeCount, typeCount, nameBytes]
    guard counts.allSatisfy({ $0 >= 0 && $0 <= Limits.zoneFileBytes }) else { return nil }
  }

  func dataSize(timeSize: Int) -> Int {
    timeCount * (timeSize + 1) + typeCount * 6 + nameBytes + leapCount * (timeSize + 4)
      + standardCount + utcCount
  }

  func fits(in count: Int, timeSize: Int) -> Bool {
    typeCount >= 1 && timeCount <= Limits.zoneTransitions
      && dataStart + dataSize(timeSize: timeSize) <= count
  }
}

extension Span<UInt8> {
  /// A signed big-endian number of 4 or 8 bytes.
  fileprivate func bigEndian(at start: Int, size: Int) -> Int64 {
    var value: UInt64 = 0
    for index in start..<start + size { value = value << 8 | UInt64(self[index]) }
    return size == 4
      ? Int64(Int32(truncatingIfNeeded: value)) : Int64(truncatingIfNeeded: value)
  }
}
