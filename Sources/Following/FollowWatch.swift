import Bytes

/// Which followed paths the kernel tells of, and which have to be looked at.
///
/// A folder's watch tells of its names. A path that leads through a symbolic link can come to stand
/// for another file with nothing happening in the watched folder, so it is looked at.
struct FollowWatch: ~Copyable {
  /// What came since the last look.
  struct Events {
    /// Paths whose name changed or was written to.
    var paths: Set<ObjectIdentifier> = []
    /// Names came up that are followed by nobody.
    var hasStrangers = false
    var hasOverflow = false
  }

  private var watcher: DirectoryWatcher?
  private var trouble: String?
  private var listeners: [DirectoryWatcher.Event: [ObjectIdentifier]] = [:]
  private var unseen: Set<ObjectIdentifier> = []

  init(usesInotify: Bool) {
    guard usesInotify else { return }
    do throws(Errno) {
      watcher = try DirectoryWatcher()
    } catch {
      trouble = error.description
    }
  }

  /// Whether the kernel tells anything at all.
  var isOn: Bool { watcher != nil }
  var seesEverything: Bool { isOn && unseen.isEmpty }
  var descriptorNumber: Int32? { watcher?.descriptorNumber }

  func sees(_ path: FollowedPath) -> Bool { isOn && !unseen.contains(ObjectIdentifier(path)) }

  /// Why changes are not told, once.
  mutating func takeTrouble() -> String? {
    defer { trouble = nil }
    return trouble
  }

  mutating func add(_ path: FollowedPath) {
    guard isOn else { return }
    let id = ObjectIdentifier(path)
    let folder = path.path.folderPath
    guard !Self.leadsThroughLink(path.path), watch(folder) else {
      unseen.insert(id)
      return
    }
    let spelling = watcher?.spelling(of: folder) ?? folder
    let event = DirectoryWatcher.Event(folder: spelling, name: path.path.lastPathPart)
    listeners[event, default: []].append(id)
  }

  mutating func add(folder: String) {
    _ = watch(folder)
  }

  mutating func remove(_ path: FollowedPath) {
    let id = ObjectIdentifier(path)
    unseen.remove(id)
    for (event, ids) in listeners where ids.contains(id) {
      listeners[event] = ids.count == 1 ? nil : ids.filter { $0 != id }
    }
  }

  mutating func takeEvents() -> Events {
    guard let raw = watcher?.takeEvents() else { return Events() }
    var events = Events(hasOverflow: raw.hasOverflow)
    for event in raw.changed {
      if let ids = listeners[event] {
        events.paths.formUnion(ids)
      } else {
        events.hasStrangers = true
      }
    }
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

  private static func leadsThroughLink(_ path: String) -> Bool {
    var end = path.endIndex
    while true {
      if FileStatus.isLink(path: String(path[..<end])) { return true }
      guard let slash = path[..<end].utf8.lastIndex(of: 0x2F), slash > path.startIndex else {
        return false
      }
      end = slash
    }
  }
}
