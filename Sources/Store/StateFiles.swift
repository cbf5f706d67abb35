import Bytes
import Glibc

/// The state file and what lies beside it, by name.
struct StateFiles: Sendable {
  /// As the user named it; messages name this.
  let path: String
  /// Where it is, links followed, so that two names of one file have one lock.
  let database: String

  var log: String { database + "-wal" }
  var sharedMemory: String { database + "-shm" }
  var lock: String { database + ".lock" }

  init(path: String) {
    self.path = path
    database = Self.resolved(path)
  }

  private static func resolved(_ path: String) -> String {
    // SAFETY: realpath returns nil or a string that is ours; it is copied, then freed once.
    if let real = unsafe realpath(path, nil) {
      defer { unsafe free(real) }
      return unsafe String(cString: real)
    }
    // SQLite takes some names that are not absolute, such as `:memory:`, for something else.
    return path.hasPrefix("/") ? path : "./" + path
  }

  private static let folderMode: mode_t = 0o700
  private static let fileMode: mode_t = 0o600

  /// Makes the folders on the way to the file that are missing, readable by their owner alone.
  func createFolders(action: String) throws(StateError) {
    guard let slash = database.lastIndex(of: "/"), slash > database.startIndex else { return }
    let folder = String(database[..<slash])
    if let status = try? FileStatus(path: folder), status.kind == .directory { return }
    var made = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      made += made.isEmpty && !folder.hasPrefix("/") ? String(part) : "/" + part
      if part.isEmpty || part == "." || part == ".." { continue }
      while made.hasPrefix("//") { made.removeFirst() }
      // SAFETY: the string's bytes end with a NUL and live for the call.
      if unsafe mkdir(made, Self.folderMode) == 0 || errno == EEXIST { continue }
      let error = Errno.current
      if let status = try? FileStatus(path: made), status.kind == .directory { continue }
      throw StateError(error, path: path, action: action + " in folder \(made)")
    }
  }

  /// Makes an empty file that only its owner may read. SQLite gives its other files the same mode.
  /// One that is already there stays as it is.
  func createDatabase(action: String) throws(StateError) {
    do throws(Errno) {
      // SAFETY: the string's bytes end with a NUL and live for the call.
      let number = try retryingInterrupted {
        unsafe Int(open(database, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, Self.fileMode))
      }
      _ = FileDescriptor(owning: Int32(number))
    } catch {
      guard error.code != EEXIST else { return }
      throw StateError(error, path: path, action: action)
    }
  }

  /// Whether there is something of this name, a link that leads nowhere included.
  static func isTaken(_ name: String) -> Bool {
    var status = stat()
    // SAFETY: the string's bytes end with a NUL; both live for the call.
    return unsafe lstat(name, &status) == 0
  }
}

extension StateFiles {
  /// Whether the file may be written, asked of the system: SQLite would not say why it may not.
  func checkAccess(action: String) throws(StateError) {
    // SAFETY: the string's bytes end with a NUL and live for the call.
    guard unsafe access(database, R_OK | W_OK) == 0 else {
      throw StateError(.current, path: path, action: action)
    }
  }
}
