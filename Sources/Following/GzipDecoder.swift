import Bytes

/// Unpacks a gzip file as it comes: members one after another, padding, damage and a cut end.
///
/// It holds at most one compressed chunk and zlib's window, whatever the file unpacks to.
struct GzipDecoder: ~Copyable {
  private enum Place: Equatable {
    /// Inside a member, its header included.
    case member
    /// Inside the length that ends a member, so many bytes before its end.
    case length(Int)
    /// A member has ended; padding or the next member follows.
    case between
    /// Behind the last byte that can be read.
    case done
  }

  private var inflater = Inflater()
  private var input: [UInt8]
  private var inputStart = 0
  private var inputEnd: Int
  private var place = Place.member
  /// Packed bytes consumed so far.
  private(set) var packedOffset: Int64 = 0
  /// What was wrong and has not been asked for yet.
  private var anomalies: [SourceAnomaly] = []
  private var hasSeenTrailing = false
  private var hasSeenCorruption = false

  /// Starts with the first bytes of the file, already read to recognise it.
  init(head: Span<UInt8>) {
    input = [UInt8](repeating: 0, count: max(Limits.compressedChunkBytes, head.count))
    for index in 0..<head.count { input[index] = head[index] }
    inputEnd = head.count
  }

  /// Whether nothing more can be unpacked without more input. A lone first byte of what may be the
  /// next member counts, for it cannot be judged without the second.
  var wantsInput: Bool {
    inputStart == inputEnd || (place == .between && inputEnd - inputStart == 1)
  }
  /// Whether the rest of the file is of no use.
  var isDone: Bool { place == .done }

  /// Lets `read` fill the empty input buffer; returns how many bytes came.
  mutating func refill(
    _ read: (inout MutableSpan<UInt8>, Int) throws(Errno) -> Int
  ) throws(Errno) -> Int {
    // A lone first byte of the next member may wait here for its second.
    let kept = inputEnd - inputStart
    for index in 0..<kept { input[index] = input[inputStart + index] }
    inputStart = 0
    inputEnd = kept
    var span = input.mutableSpan
    let count = try read(&span, kept)
    inputEnd += count
    return count
  }

  /// Unpacks what is in the input buffer into the chunk, as far as either reaches.
  mutating func decode(into chunk: inout ByteChunk) {
    while inputStart < inputEnd, !chunk.isFull {
      switch place {
      case .done:
        inputStart = inputEnd
      case .member:
        decodeMember(into: &chunk)
      case .length(let missing):
        let count = min(missing, inputEnd - inputStart)
        advance(count)
        place = count == missing ? .between : .length(missing - count)
      case .between:
        guard enterNextMember() else { return }
      }
    }
  }

  /// Says that no more input will come.
  mutating func finish() {
    switch place {
    case .member, .length: anomalies.append(.truncatedGzip(packedBytes: packedOffset))
    case .between where inputStart < inputEnd: noteTrailing()
    default: break
    }
    place = .done
  }

  /// What was wrong since the last call; empties the list.
  mutating func takeAnomalies() -> [SourceAnomaly] {
    defer { anomalies = [] }
    return anomalies
  }

  private mutating func decodeMember(into chunk: inout ByteChunk) {
    let (step, consumed) = Self.inflate(
      &inflater, input, inputStart..<inputEnd, into: &chunk)
    advance(consumed)
    switch step {
    case .running:
      break
    case .memberEnd:
      place = .between
    case .corrupt(let complaint):
      noteCorruption(complaint)
    }
  }

  /// A checksum that disagrees is told after all bytes were unpacked, and what follows it is where
  /// it should be: only the four bytes of the length are left of this member.
  private mutating func noteCorruption(_ complaint: String) {
    let isChecksum = complaint == "incorrect data check" || complaint == "incorrect length check"
    if !hasSeenCorruption {
      hasSeenCorruption = true
      anomalies.append(
        isChecksum
          ? .wrongChecksum(packedOffset: packedOffset)
          : .corruptGzip(complaint: complaint, packedOffset: packedOffset))
    }
    switch complaint {
    case "incorrect data check": place = .length(4)
    case "incorrect length check": place = .between
    default: place = .done
    }
  }

  private static func inflate(
    _ inflater: inout Inflater, _ input: [UInt8], _ range: Range<Int>, into chunk: inout ByteChunk
  ) -> (InflateStep, consumed: Int) {
    var step = InflateStep.running
    var consumed = 0
    chunk.append { buffer, start in
      let result = inflater.inflate(input.span.extracting(range), into: &buffer, from: start)
      step = result.step
      consumed = result.consumed
      return result.produced
    }
    return (step, consumed)
  }

  /// Skips padding and begins the next member; false if nothing more can be decided now.
  private mutating func enterNextMember() -> Bool {
    while inputStart < inputEnd, input[inputStart] == 0 {
      noteTrailing()
      advance(1)
    }
    guard inputStart < inputEnd else { return true }
    if input[inputStart] == 0x1F {
      guard inputStart + 1 < inputEnd else { return false }
      if input[inputStart + 1] == 0x8B {
        inflater.reset()
        place = .member
        return true
      }
    }
    noteTrailing()
    place = .done
    return true
  }

  private mutating func noteTrailing() {
    guard !hasSeenTrailing else { return }
    hasSeenTrailing = true
    anomalies.append(.trailingBytes(packedOffset: packedOffset))
  }

  private mutating func advance(_ count: Int) {
    inputStart += count
    packedOffset += Int64(count)
  }
}
