import CLinux
import Glibc

/// Which file it is, whatever its name: the device, the inode number, and when it was made.
///
/// Two names with the same identity are the same file. An inode number is used again once its file
/// is gone, often at once; where the file system does not keep the time, identity is proof only
/// while a descriptor is open.
package struct FileIdentity: Hashable, Sendable, Codable {
  package let device: UInt64
  package let inode: UInt64
  /// In nanoseconds since 1970; nought where the file system does not say.
  package let made: Int64

  package init(device: UInt64, inode: UInt64, made: Int64 = 0) {
    self.device = device
    self.inode = inode
    self.made = made
  }
}

/// What kind of thing a path names.
package enum FileKind: Hashable, Sendable {
  case regular, directory, fifo, characterDevice, socket, other
}

/// What stat(2) says of a file.
package struct FileStatus: Hashable, Sendable {
  package let identity: FileIdentity
  package let kind: FileKind
  /// Size in bytes; nought for pipes and devices.
  package let size: Int64
  /// Last modification in nanoseconds since 1970.
  package let modified: Int64

  package init(identity: FileIdentity, kind: FileKind, size: Int64, modified: Int64) {
    self.identity = identity
    self.kind = kind
    self.size = size
    self.modified = modified
  }

  /// The status of what `path` names, symbolic links followed. Throws what stat(2) says.
  package init(path: String) throws(Errno) {
    guard !path.utf8.contains(0) else { throw .invalidArgument }
    try self.init(number: AT_FDCWD, path: path)
  }

  /// The status of an open file. Throws what fstat(2) says.
  init(number: Int32) throws(Errno) {
    try self.init(number: number, path: "")
  }

  private init(number: Int32, path: String) throws(Errno) {
    var raw = tidemark_status()
    // SAFETY: both pointers live for the call; the string's bytes end with a NUL.
    try retryingInterrupted { unsafe Int(tidemark_status_of(number, path, &raw)) }
    let made = Self.nanoseconds(raw.made_seconds, raw.made_nanoseconds)
    identity = FileIdentity(device: raw.device, inode: raw.inode, made: made)
    kind =
      switch raw.mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFIFO: .fifo
      case S_IFCHR: .characterDevice
      case S_IFSOCK: .socket
      default: .other
      }
    size = raw.size
    modified = Self.nanoseconds(raw.modified_seconds, raw.modified_nanoseconds)
  }

  /// A file system may hold any 64-bit time: wrapping keeps a hostile one from trapping.
  private static func nanoseconds(_ seconds: Int64, _ nanoseconds: Int64) -> Int64 {
    seconds &* 1_000_000_000 &+ nanoseconds
  }
}

extension FileStatus {
  /// Whether `path` itself is a symbolic link, whatever it points to.
  package static func isLink(path: String) -> Bool {
    var raw = stat()
    // SAFETY: both pointers live for the call; the string's bytes end with a NUL.
    guard unsafe lstat(path, &raw) == 0 else { return false }
    return raw.st_mode & S_IFMT == S_IFLNK
  }
}
