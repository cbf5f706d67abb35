import Bytes

/// Which followed paths the kernel tells of, and which have to be looked at.
///
/// A folder's watch tells of its names. A path that leads through a symbolic link can come to stand
/// for another file with nothing happening in the watched folder, so it is looked at.
struct FollowWatch: ~Copyable {
  /// What came since the last look.
  struct Events {
    /// Paths whose name changed or was written to.
    var paths: [FollowedPath] = []
    /// Names came up that are followed by nobody.
    var hasNewNames = false
    var hasOverflow = false
  }

  private var watcher: DirectoryWatcher?
  private var trouble: String?
  private var listeners: [DirectoryWatcher.Event: [FollowedPath]] = [:]
  /// Paths that have to be looked at.
  private(set) var unseenPaths: [FollowedPath] = []
  private let fileSystem: any FileSystem

  init(usesInotify: Bool, fileSystem: any FileSystem) {
    self.fileSystem = fileSystem
    guard usesInotify else { return }
    do throws(Errno) {
      watcher = try DirectoryWatcher()
    } catch {
      trouble = error.description
    }
  }

  /// Whether the kernel tells anything at all.
  var isOn: Bool { watcher != nil }
  var seesEverything: Bool { isOn && unseenPaths.isEmpty }
  var descriptorNumber: Int32? { watcher?.descriptorNumber }

  /// Why changes are not told, once.
  mutating func takeTrouble() -> String? {
    defer { trouble = nil }
    return trouble
  }

  mutating func add(_ path: FollowedPath) {
    guard isOn else { return }
    let folder = path.path.folderPath
    guard !leadsThroughLink(path.path), !fileSystem.isRemote(folder: folder), watch(folder) else {
      unseenPaths.append(path)
      return
    }
    let spelling = watcher?.spelling(of: folder) ?? folder
    let event = DirectoryWatcher.Event(folder: spelling, name: path.path.lastPathPart)
    listeners[event, default: []].append(path)
  }

  mutating func add(folder: String) {
    _ = watch(folder)
  }

  mutating func remove(_ path: FollowedPath) {
    unseenPaths.removeAll { $0 === path }
    for (event, paths) in listeners where paths.contains(where: { $0 === path }) {
      listeners[event] = paths.count == 1 ? nil : paths.filter { $0 !== path }
    }
  }

  mutating func takeEvents() -> Events {
    guard let raw = watcher?.takeEvents() else { return Events() }
    var events = Events(hasOverflow: raw.hasOverflow)
    for event in raw.changed {
      if let paths = listeners[event] { events.paths += paths }
    }
    events.hasNewNames = raw.created.contains { listeners[$0] == nil }
    return events
  }

  private mutating func watch(_ folder: String) -> Bool {
    do throws(Errno) {
      try watcher?.watch(folder)
      return true
    } catch {
      // A folder that is not there yet is no trouble of the system's.
      if error != .notFound, error != .notDirectory { trouble = "\(folder): \(error)" }
      return false
    }
  }

  private func leadsThroughLink(_ path: String) -> Bool {
    var end = path.endIndex
    while true {
      if fileSystem.isLink(path: String(path[..<end])) { return true }
      guard let slash = path[..<end].utf8.lastIndex(of: 0x2F), slash > path.startIndex else {
        return false
      }
      end = slash
    }
  }
}
