import Glibc

/// Which file it is, whatever its name: the device and the inode number.
///
/// Two names with the same identity are the same file. An inode number is used again once its file
/// is gone, so identity is proof only while a descriptor is open.
package struct FileIdentity: Hashable, Sendable {
  package let device: UInt64
  package let inode: UInt64

  package init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
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
    var raw = stat()
    // SAFETY: both pointers live for the call; the string's bytes end with a NUL.
    try retryingInterrupted { unsafe Int(stat(path, &raw)) }
    self.init(raw)
  }

  init(_ raw: stat) {
    identity = FileIdentity(device: UInt64(raw.st_dev), inode: UInt64(raw.st_ino))
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFIFO: .fifo
      case S_IFCHR: .characterDevice
      case S_IFSOCK: .socket
      default: .other
      }
    size = Int64(raw.st_size)
    let nanosecondsPerSecond: Int64 = 1_000_000_000
    // A file system may hold any 64-bit time: wrapping keeps a hostile one from trapping.
    modified = Int64(raw.st_mtim.tv_sec) &* nanosecondsPerSecond &+ Int64(raw.st_mtim.tv_nsec)
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
