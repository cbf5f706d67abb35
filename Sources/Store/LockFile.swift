import Bytes
import CLinux
import Following
import Glibc

/// The file `<state>.lock`, whose byte ranges are locks between processes. It stays empty.
///
/// The locks belong to the open file, so two opens within one process exclude each other too, and
/// the kernel gives them back when the process ends in any way. What is locked is a range whose
/// length tells the process: whoever finds it taken can name the holder with nothing written down.
///
/// Source: fcntl(2), "Open file description locks".
struct LockFile: ~Copyable, Sendable {
  /// What a range stands for.
  enum Slot: Hashable, Sendable {
    /// Being opened, which may create the state file, change its schema or set it aside.
    case opening
    /// Open. SQLite's files must not be renamed under a process that uses them: it would remove
    /// those of its successor by name when it ends.
    case use
    /// A run of this job. The name alone decides, so that a run excludes another one although the
    /// state file was set aside between them.
    case run(job: String)

    /// First byte of the range. Process numbers have 22 bits, so ranges never touch.
    var start: Int64 {
      let slotBytes: Int64 = 1 << 23
      switch self {
      case .opening: return 0
      case .use: return slotBytes
      case .run(let job):
        let hash = TextHash.hash(Array(job.utf8).span, from: TextHash.start) & ((1 << 38) - 1)
        return (2 + Int64(hash)) * slotBytes
      }
    }
  }

  private let descriptor: FileDescriptor

  /// Opens the lock file, made if there is none. Throws `StateError`.
  init(_ files: StateFiles, action: String) throws(StateError) {
    let path = files.lock
    do throws(Errno) {
      // SAFETY: the string's bytes end with a NUL and live for the call.
      let number = try retryingInterrupted {
        unsafe Int(open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o600))
      }
      descriptor = FileDescriptor(owning: Int32(number))
    } catch {
      throw StateError(error, path: path, action: action)
    }
  }

  /// Takes the range if nobody else has it; a shared one may be had by many. False when it is
  /// taken. Throws what fcntl(2) says, such as `ENOLCK` where a file system has no locks.
  borrowing func take(_ slot: Slot, shared: Bool = false) throws(Errno) -> Bool {
    do throws(Errno) {
      try apply(Int32(shared ? F_RDLCK : F_WRLCK), slot)
      return true
    } catch {
      guard error.code == EAGAIN || error.code == EACCES else { throw error }
      return false
    }
  }

  /// Gives the range back.
  borrowing func release(_ slot: Slot) throws(Errno) {
    try apply(Int32(F_UNLCK), slot)
  }

  private borrowing func apply(_ type: Int32, _ slot: Slot) throws(Errno) {
    let number = descriptor.number
    // Given back is all of it: the slot may have been taken by a process before it forked.
    var range = Self.range(type, slot, bytes: type == F_UNLCK ? 1 << 23 : Int64(getpid()))
    // SAFETY: fcntl reads the structure, which lives for the call, and keeps no reference to it.
    try retryingInterrupted { unsafe Int(fcntl(number, tidemark_set_open_file_lock, &range)) }
  }

  /// The process that keeps others from this range; nil when nobody does, or nobody can tell.
  borrowing func holder(of slot: Slot) -> Int32? {
    var range = Self.range(Int32(F_WRLCK), slot, bytes: 1)
    // SAFETY: fcntl fills the structure, which lives for the call, and keeps no reference to it.
    let status = unsafe fcntl(descriptor.number, tidemark_get_open_file_lock, &range)
    guard status == 0, Int32(range.l_type) != F_UNLCK else { return nil }
    if range.l_pid > 0 { return range.l_pid }
    return range.l_start == slot.start && range.l_len > 1 ? Int32(clamping: range.l_len) : nil
  }

  private static func range(_ type: Int32, _ slot: Slot, bytes: Int64) -> flock {
    var range = flock()
    range.l_type = Int16(type)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = off_t(slot.start)
    range.l_len = off_t(bytes)
    return range
  }
}
