import Bytes
import Synchronization

extension StateFiles {
  /// What the file is, as far as its first bytes tell, which is enough to leave other programs'
  /// files alone: SQLite is not let near them.
  enum Condition: Hashable, Sendable {
    /// There is none yet, or an empty one.
    case new
    case ours
    /// Ours, or meant to be, but it cannot be read; says what is wrong.
    case damaged(String)
  }

  /// Source: sqlite.org/fileformat2.html, "The Database Header".
  private static let magic = Array("SQLite format 3\0".utf8)
  private static let headerBytes = 100
  private static let applicationBytes = 68..<72
  /// Names that nobody gives to a log. A file of another name which is no database, such as
  /// `--state app.log` given by mistake, must not be moved out of its place.
  private static let databaseEndings = [".db", ".sqlite", ".sqlite3", ".state"]

  /// Throws `StateError` when the file is not ours or cannot be looked at.
  func condition(action: String) throws(StateError) -> Condition {
    let logBytes = (try? FileStatus(path: log))?.size ?? 0
    let status: FileStatus
    do {
      status = try FileStatus(path: database)
    } catch {
      guard error == .notFound else { throw StateError(error, path: path, action: action) }
      return logBytes > 0 ? .damaged("it is gone, but its write-ahead log is there") : .new
    }
    guard status.kind == .regular else {
      throw StateError(
        .otherProgram, path: path, action: action, reason: "it is \(Self.words(status.kind))")
    }
    if status.size == 0 {
      return logBytes > 0 ? .damaged("it is empty, but its write-ahead log is not") : .new
    }
    let header: [UInt8]?
    do {
      header = try HeldDatabases.header(
        of: status.identity, path: database, count: Self.headerBytes)
    } catch {
      throw StateError(error, path: path, action: action)
    }
    guard let header else { return .ours }
    return try condition(of: header, action: action)
  }

  private static func words(_ kind: FileKind) -> String {
    switch kind {
    case .regular: "a file"
    case .directory: "a folder, not a file"
    case .fifo: "a FIFO, not a file"
    case .socket: "a socket, not a file"
    case .characterDevice, .other: "a device, not a file"
    }
  }

  private func condition(of header: [UInt8], action: String) throws(StateError) -> Condition {
    guard header.starts(with: Self.magic) else {
      if header.allSatisfy({ $0 == 0 }) { return .damaged("it is filled with zeros") }
      if Self.databaseEndings.contains(where: database.hasSuffix) {
        return .damaged("it is not a database")
      }
      throw StateError(
        .otherProgram, path: path, action: action, reason: "it is not a state file of Tidemark")
    }
    guard header.count == Self.headerBytes else { return .damaged("it ends within its header") }
    let application = header[Self.applicationBytes].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard application == Schema.applicationID else {
      throw StateError(
        .otherProgram, path: path, action: action, reason: "it is the database of another program")
    }
    return .ours
  }
}

/// The state files that this process has open.
///
/// The locks that SQLite takes belong to the process: closing any descriptor of such a file gives
/// them all back. So a file that is open is never opened beside SQLite.
///
/// Source: sqlite.org/howtocorrupt.html, section 2.2.
enum HeldDatabases {
  private static let counts = Mutex<[FileIdentity: Int]>([:])

  /// The first bytes of a file, at most `count`; nil when this process has it open, and so knows
  /// that it is a state file.
  static func header(
    of identity: FileIdentity, path: String, count: Int
  ) throws(Errno) -> [UInt8]? {
    try counts.withLock { (counts) throws(Errno) in
      guard counts[identity] == nil else { return nil }
      return try FileContents(path: path, limit: count).bytes
    }
  }

  static func add(_ identity: FileIdentity) {
    counts.withLock { $0[identity, default: 0] += 1 }
  }

  static func remove(_ identity: FileIdentity) {
    counts.withLock { counts in
      guard let count = counts[identity] else { return }
      counts[identity] = count > 1 ? count - 1 : nil
    }
  }
}
