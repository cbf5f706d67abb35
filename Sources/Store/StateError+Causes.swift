import Bytes
import GRDB
import Glibc

extension StateError {
  /// What a system call said.
  init(_ error: Errno, path: String, action: String) {
    let kind: Kind =
      switch error.code {
      case ENOSPC, EDQUOT: .full
      case EACCES, EPERM, EROFS, ENOENT, ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG, EINVAL: .unusable
      case EAGAIN, EBUSY: .busy
      default: .failed
      }
    self.init(kind, path: path, action: action, reason: error.description)
  }

  /// What SQLite said, or whatever else a call into the database threw.
  init(_ error: any Error, path: String, action: String) {
    switch error {
    case let error as StateError: self = error
    case let error as DatabaseError:
      self.init(
        Self.kind(error), path: path, action: action,
        reason: "\(error.message ?? "unknown error") (SQLite \(error.extendedResultCode.rawValue))")
    default: self.init(.failed, path: path, action: action, reason: String(describing: error))
    }
  }

  /// Source: sqlite.org/rescode.html.
  private static func kind(_ error: DatabaseError) -> Kind {
    if error.extendedResultCode == .SQLITE_READONLY_DBMOVED { return .moved }
    return switch error.resultCode {
    case .SQLITE_FULL: .full
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH: .unusable
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: .busy
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: .damaged
    default: .failed
    }
  }
}
