/// Every bound of this target. What reaches one is counted and shown.
package enum Limits {
  /// Decompressed bytes read at a time.
  package static let chunkBytes = 256 * 1024
  /// Chunks that are inflated before they are needed.
  static let chunksAhead = 4
  /// Bytes of a large plain file that one worker reads in one go.
  package static let pieceBytes: Int64 = 32 << 20
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
  /// Bytes at a text's start, and before a place in it, by which it is known again.
  package static let windowBytes = 256
  /// Windows remembered of one text, beside the first and the last.
  package static let trailMarks = 32
  /// How coarse the times of files may be: what changed so recently may change again unseen.
  static let coarseTimeNanoseconds: Int64 = 20_000_000
  /// How often a folder is listed again because names moved while it was read.
  static let listingAttempts = 16
  /// Idle files looked at a second when nothing tells of changes.
  static let idleLooksPerSecond = 1_000
  /// Folders in which new files are looked for.
  static let watchedFolders = 10_000
  /// Files remembered of one path after they were read and closed.
  package static let rememberedFiles = 4_096
  /// Files held open while following, at most.
  package static let openFiles = 512
  /// Renamed files of one path that are kept open for late lines.
  package static let retiredFiles = 64
  /// Bytes of directory events taken from the kernel at a time.
  package static let watchEventBytes = 64 * 1024
}
