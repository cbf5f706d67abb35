import Bytes

/// When the folders changed in which new files may turn up: a name that comes or goes changes its
/// folder's time.
struct FolderTimes {
  private struct Seen {
    var modified: Int64?
    /// Since when it has been so on the caller's clock.
    var since: Int64
    var isSettled = false
  }

  private var folders: [String: Seen] = [:]
  private let fileSystem: any FileSystem

  init(_ fileSystem: any FileSystem) {
    self.fileSystem = fileSystem
  }

  var isEmpty: Bool { folders.isEmpty }

  mutating func add(_ folder: String) {
    guard folders[folder] == nil, folders.count < Limits.watchedFolders else { return }
    // Half of it: the time since then must not overflow, and a folder may be gone at the first look.
    folders[folder] = Seen(modified: nil, since: .min / 2)
  }

  /// Whether a folder has to be listed anew. Folder times are coarse, so a change is followed by one
  /// more listing a moment later. Where the kernel tells of changes only remote folders are asked.
  mutating func haveChanged(now: Int64, isTold: Bool) -> Bool {
    var isChanged = false
    // In a fixed order, so that a history of calls can be repeated.
    for (folder, seen) in folders.sorted(by: { $0.key < $1.key })
    where !isTold || fileSystem.isRemote(folder: folder) {
      let modified = (try? fileSystem.status(path: folder))?.modified
      if modified != seen.modified {
        folders[folder] = Seen(modified: modified, since: now)
        isChanged = true
      } else if !seen.isSettled, now - seen.since > Limits.coarseTimeNanoseconds {
        folders[folder]?.isSettled = true
        isChanged = true
      }
    }
    return isChanged
  }
}
