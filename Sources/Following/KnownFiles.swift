import Bytes

/// The first bytes of a file as a hash: enough to see that an inode number was used again.
struct Fingerprint: Hashable {
  private let count: Int
  private let hash: UInt64

  /// Of at most `limit` first bytes; nil if they cannot be read.
  init?(path: String, limit: Int = Limits.fingerprintBytes) {
    var chunk = ByteChunk(capacity: max(limit, 1))
    do throws(Errno) {
      let descriptor = try FileDescriptor(reading: path)
      try chunk.append { (buffer, start) throws(Errno) in
        try descriptor.read(into: &buffer, from: start, at: 0)
      }
    } catch {
      return nil
    }
    self.init(chunk.bytes.extracting(first: limit))
  }

  /// FNV-1a (RFC 9923), 64 bits.
  init(_ bytes: Span<UInt8>) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in 0..<bytes.count {
      hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3
    }
    self.hash = hash
    count = bytes.count
  }

  /// Whether the file at `path` begins with the same bytes.
  func matches(path: String) -> Bool { Fingerprint(path: path, limit: count) == self }
}

/// Which files are read or were read, whatever they are called by now: a rotated file that turns up
/// under a new name is no new file.
struct KnownFiles {
  /// What is known of a file.
  enum Recall: Hashable {
    case new
    /// Some path has it open.
    case open
    /// It was read up to this byte on disk and let go.
    case closed(consumed: Int64)
  }

  private enum Entry {
    case open
    case closed(consumed: Int64, Fingerprint)
  }

  private var entries: [FileIdentity: Entry] = [:]
  private var closedOrder: [FileIdentity] = []

  mutating func open(_ identity: FileIdentity) {
    entries[identity] = .open
  }

  /// Remembers a file that is let go. Without a fingerprint it is forgotten.
  mutating func close(_ identity: FileIdentity, consumed: Int64, _ fingerprint: Fingerprint?) {
    guard let fingerprint else {
      entries[identity] = nil
      return
    }
    entries[identity] = .closed(consumed: consumed, fingerprint)
    closedOrder.append(identity)
    if closedOrder.count > Limits.foundFiles {
      let oldest = closedOrder.removeFirst()
      if case .closed? = entries[oldest] { entries[oldest] = nil }
    }
  }

  /// What is known of the file at `path`. A shorter file or other first bytes mean that the inode
  /// number was used again.
  func recall(_ status: FileStatus, path: String) -> Recall {
    switch entries[status.identity] {
    case nil: .new
    case .open?: .open
    case .closed(let consumed, let fingerprint)?:
      status.size >= consumed && fingerprint.matches(path: path)
        ? .closed(consumed: consumed) : .new
    }
  }
}
