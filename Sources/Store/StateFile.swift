import Bytes
import GRDB
import Glibc

/// The SQLite file that holds what one run leaves for the next.
///
/// Each commit is on the disk when its call returns. Several processes may have the file open.
package final class StateFile: Sendable {
  /// As the user named it.
  package var path: String { files.path }
  /// That a damaged file was set aside when this one was opened; the user must hear of it.
  package let notice: DamageNotice?

  let files: StateFiles
  let queue: DatabaseQueue
  let identity: FileIdentity
  /// Says to others that the file is in use, until it is closed.
  private let lock: LockFile

  /// Opens the state file at `path`, made with the folders on its way if there is none.
  ///
  /// A damaged file is set aside under another name and a new one begun (`notice` tells), unless
  /// `keepsDamaged`. `now`, in nanoseconds since 1970, becomes part of that name. Throws
  /// `StateError`: for a file of another program or of a newer version, which is left untouched,
  /// and where no file can be opened or written.
  package init(path: String, now: Int64, keepsDamaged: Bool = false) throws(StateError) {
    let action = "open the state file"
    let files = StateFiles(path: path)
    // Looked at before anything is made beside it: it may be somebody else's.
    _ = try files.condition(action: action)
    try files.createFolders(action: action)
    let lock = try LockFile(files, action: action)
    try Self.waitForOpening(lock, files, action: action)
    let opened = try Self.open(
      files, lock: lock, now: now, keepsDamaged: keepsDamaged, action: action)
    do throws(Errno) {
      guard try lock.take(.use, shared: true) else { throw .wouldBlock }
      try lock.release(.opening)
    } catch {
      HeldDatabases.remove(opened.identity)
      throw StateError(error, path: files.lock, action: action)
    }
    self.files = files
    self.lock = lock
    queue = opened.queue
    identity = opened.identity
    notice = opened.notice
  }

  deinit {
    // Nothing is lost when it fails: what was committed is in the log, which the next open reads.
    try? queue.close()
    HeldDatabases.remove(identity)
  }

  private struct Opened {
    let queue: DatabaseQueue
    let identity: FileIdentity
    let notice: DamageNotice?
  }

  /// Waits until no other process is opening the file.
  private static func waitForOpening(
    _ lock: borrowing LockFile, _ files: StateFiles, action: String
  ) throws(StateError) {
    for _ in 0..<Limits.openingMilliseconds / Limits.openingStepMilliseconds {
      do {
        if try lock.take(.opening) { return }
      } catch {
        throw StateError(error, path: files.lock, action: action)
      }
      // poll without descriptors only waits.
      _ = poll(nil, 0, Int32(Limits.openingStepMilliseconds))
    }
    let holder = lock.holder(of: .opening).map { "process \($0)" } ?? "another process"
    throw StateError(
      .busy, path: files.path, action: action,
      reason: "\(holder) has been opening it for \(Limits.openingMilliseconds / 1000) s")
  }

  /// The database, after setting a damaged one aside. The lock on opening is held.
  private static func open(
    _ files: StateFiles, lock: borrowing LockFile, now: Int64, keepsDamaged: Bool, action: String
  ) throws(StateError) -> Opened {
    let damage: String
    switch try files.condition(action: action) {
    case .new, .ours:
      do {
        return try connect(files, notice: nil, action: action)
      } catch {
        guard error.kind == .damaged else { throw error }
        damage = error.reason
      }
    case .damaged(let reason): damage = reason
    }
    guard !keepsDamaged else {
      throw StateError(.damaged, path: files.path, action: action, reason: damage)
    }
    let isUnused: Bool
    do {
      isUnused = try lock.take(.use)
    } catch {
      throw StateError(error, path: files.lock, action: action)
    }
    guard isUnused else {
      let holder = lock.holder(of: .use).map { "process \($0)" } ?? "another process"
      throw StateError(
        .busy, path: files.path, action: "set the damaged state file (\(damage)) aside",
        reason: "\(holder) still has it open")
    }
    let notice = try files.setAside(reason: damage, now: now)
    return try connect(files, notice: notice, action: action)
  }

  private static func connect(
    _ files: StateFiles, notice: DamageNotice?, action: String
  ) throws(StateError) -> Opened {
    try files.createDatabase(action: action)
    try files.checkAccess(action: action)
    let identity: FileIdentity
    do {
      identity = try FileStatus(path: files.database).identity
    } catch {
      throw StateError(error, path: files.path, action: action)
    }
    HeldDatabases.add(identity)
    do {
      let queue = try Connection.open(files)
      return Opened(queue: queue, identity: identity, notice: notice)
    } catch {
      HeldDatabases.remove(identity)
      throw StateError(error, path: files.path, action: action)
    }
  }
}
