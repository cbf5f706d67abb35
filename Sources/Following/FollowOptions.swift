import Glibc

/// Where following begins in files that are there at the start. A file that appears later is read
/// whole.
package enum FollowStart: Hashable, Sendable {
  case beginning
  /// After the last whole line.
  case end
  /// So many lines before the end; a begun line counts. Of packed files nothing is read.
  case lastLines(Int)
}

/// How files are followed. Times are in nanoseconds unless the name says otherwise.
package struct FollowOptions: Hashable, Sendable {
  package var start = FollowStart.beginning
  /// Rotated files that are there at the start are read too, the oldest first; else they are past.
  package var readsPast = false
  /// Wake up by inotify(7) where it works; else, and for what it does not see, look again and again.
  package var usesInotify = true
  /// How often to look at what inotify does not see.
  package var pollMilliseconds: Int32 = 250
  /// How often to look at everything although inotify is on: network file systems tell it nothing.
  package var sweepMilliseconds: Int32 = 60_000
  /// How long a renamed or deleted file has to be quiet before it is closed.
  package var graceNanoseconds: Int64 = 60_000_000_000
  /// When it is closed although it is still written to.
  package var retirementNanoseconds: Int64 = 300_000_000_000
  /// Longest line handed on whole, in bytes.
  package var lineBytes = Limits.lineBytes
  /// Files held open at a time; the others are opened when they grow.
  package var openFiles = FollowOptions.defaultOpenFiles
  /// Unpacked bytes read at a time: what one call of `Follower.poll` with a budget of one byte hands
  /// on at most, beside a line that had begun.
  package var chunkBytes = Limits.chunkBytes

  package init() {}

  /// Half of what the system allows, at most `Limits.openFiles`.
  package static var defaultOpenFiles: Int {
    var limit = rlimit()
    // SAFETY: the system fills the structure, which lives for the call.
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return Limits.openFiles
    }
    return min(Int(clamping: limit.rlim_cur) / 2, Limits.openFiles)
  }
}
