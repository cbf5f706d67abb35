/// Every bound of this target. What reaches one is counted and shown.
package enum Limits {
  /// Decompressed bytes read at a time.
  package static let chunkBytes = 256 * 1024
  /// How often a wait for a pipe looks whether it should go on.
  static let stopCheckMilliseconds: Int32 = 100
  /// Compressed bytes read at a time.
  package static let compressedChunkBytes = 64 * 1024
  /// The longest line handed on whole, unless the user says otherwise (`--max-line`).
  package static let lineBytes = 1024 * 1024
  /// The shortest line limit that can be asked for.
  package static let smallestLineBytes = 64
  /// A line buffer larger than this is given back once it is empty, so that ten thousand idle files
  /// do not keep one each.
  package static let keptLineBufferBytes = 64 * 1024
  /// Decompressed bytes from a file's start in which its first time is looked for.
  package static let headBytes = 64 * 1024
  /// Files found by all arguments together.
  package static let foundFiles = 100_000
  /// Folders that one `**` goes down.
  package static let globDepthFolders = 32
  /// Notices kept; further ones are only counted.
  package static let notices = 1_000
  /// Bytes that one call of `Follower.poll` reads, if the caller names no budget.
  package static let pollBytes = 16 * 1024 * 1024
  /// First bytes of a file that tell it from another with its inode number.
  package static let fingerprintBytes = 256
  /// Files held open while following, at most.
  package static let openFiles = 512
  /// Renamed files of one path that are kept open for late lines.
  package static let retiredFiles = 64
  /// Bytes of directory events taken from the kernel at a time.
  package static let watchEventBytes = 64 * 1024
}
