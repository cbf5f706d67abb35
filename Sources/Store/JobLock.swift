import Bytes

/// One run of one job at a time. The lock is held until the value goes, or the process ends.
///
///     switch try JobLock.attempt(job: "nightly", state: path) {
///     case .acquired(let lock): …
///     case .held(let process): …  // wait a little, try again, give up after `--lock-wait`
///     }
package final class JobLock: Sendable {
  package enum Attempt: Sendable {
    /// Nobody else runs the job while the lock lives.
    case acquired(JobLock)
    /// Another run is going on, in this process if it can be told.
    case held(by: Int32?)
  }

  private let file: LockFile

  private init(file: consuming LockFile) {
    self.file = file
  }

  /// Takes the lock of `job` if nobody has it. Never waits. Folders that the state file at `state`
  /// needs are made. Throws `StateError` when there can be no lock.
  package static func attempt(job: String, state: String) throws(StateError) -> Attempt {
    let action = "lock job \(job)"
    let files = StateFiles(path: state)
    // Nothing is made beside a file that is somebody else's.
    _ = try files.condition(action: action)
    try files.createFolders(action: action)
    let file = try LockFile(files, action: action)
    do {
      guard try file.take(.run(job: job)) else { return .held(by: file.holder(of: .run(job: job))) }
    } catch {
      throw StateError(error, path: files.lock, action: action)
    }
    return .acquired(JobLock(file: file))
  }
}
