import Bytes
import Following

/// A file system in memory, with a clock and faults of the test's own.
///
/// Paths are absolute. A symbolic link may stand for a folder that files are reached through or for
/// a file; links inside a link's target are followed too.
final class SimulatedFiles {
  enum Entry {
    case file(SimulatedInode)
    case folder(SimulatedFolder)
    case link(to: String)
  }

  final class SimulatedFolder {
    let number: UInt64
    private(set) var entries: [String: Entry] = [:]
    /// When a name came or went last.
    private(set) var modified: Int64

    init(number: UInt64, modified: Int64) {
      self.number = number
      self.modified = modified
    }

    /// Gives the name to `entry`, or to nothing; returns what had it.
    @discardableResult
    func set(_ name: String, _ entry: Entry?, at stamp: Int64) -> Entry? {
      let old = entries[name]
      entries[name] = entry
      modified = stamp
      return old
    }
  }

  static let device: UInt64 = 7

  /// Nanoseconds since 1970.
  var now: Int64 = 1_796_000_000_000_000_000
  /// Modification times are multiples of this, as a kernel's tick makes them.
  var tickNanoseconds: Int64 = 1
  /// Whether a read may give only a part of what is there, as the generator decides.
  var readsShort = false
  var random = SeededGenerator(seed: 1)
  /// Opens that are still to fail, with EMFILE.
  var failingOpens = 0
  /// Called at the start of every call of the reader: what happens there happens between two calls.
  var beforeCall: (() -> Void)?
  /// Calls of the reader so far.
  var calls = 0
  /// Calls that a fault made fail so far.
  var faults = 0
  /// Files that the reader holds open.
  var readerHandles = 0

  private var numbers = SimulatedInodeNumbers()
  private var nextSerial = 0
  private let root: SimulatedFolder
  private var splits: [String: [String]] = [:]

  init() { root = SimulatedFolder(number: 2, modified: 0) }

  /// The time that a file written now gets.
  /// Whether it is known when a file was made.
  var keepsMade = true
  var stamp: Int64 { now - now % tickNanoseconds }

  func forgetIfGone(_ inode: SimulatedInode) {
    if inode.isGone { numbers.giveBack(inode.number) }
  }

  private func parts(of path: String) -> [String] {
    if let known = splits[path] { return known }
    let parts = path.split(separator: "/").map(String.init)
    splits[path] = parts
    return parts
  }

  /// The folder that holds the path's last part, and that part.
  private func place(of path: String, depth: Int = 0) -> (folder: SimulatedFolder, name: String)? {
    let parts = parts(of: path)
    guard let name = parts.last else { return nil }
    var folder = root
    for part in parts.dropLast() {
      switch folder.entries[part] {
      case .folder(let next): folder = next
      case .link(let target):
        guard case .folder(let next)? = entry(at: target, depth: depth + 1) else { return nil }
        folder = next
      case .file, nil: return nil
      }
    }
    return (folder, name)
  }

  /// What the path names, links followed.
  func entry(at path: String, depth: Int = 0) -> Entry? {
    guard depth < 8 else { return nil }
    guard let place = place(of: path, depth: depth) else {
      return parts(of: path).isEmpty ? .folder(root) : nil
    }
    guard let entry = place.folder.entries[place.name] else { return nil }
    if case .link(let target) = entry { return self.entry(at: target, depth: depth + 1) }
    return entry
  }

  /// What the path itself is.
  func entryItself(at path: String) -> Entry? {
    place(of: path).flatMap { $0.folder.entries[$0.name] }
  }

  func file(at path: String) -> SimulatedInode? {
    if case .file(let inode)? = entry(at: path) { inode } else { nil }
  }

  func folder(at path: String) -> SimulatedFolder? {
    if case .folder(let folder)? = entry(at: path) { folder } else { nil }
  }
}

extension SimulatedFiles {
  func makeFolder(_ path: String) {
    guard let place = place(of: path) else { preconditionFailure("\(path) has no folder") }
    let folder = SimulatedFolder(number: numbers.take(), modified: stamp)
    place.folder.set(place.name, .folder(folder), at: stamp)
  }

  /// An empty file under a name that is free.
  @discardableResult
  func makeFile(_ path: String, _ bytes: [UInt8] = []) -> SimulatedInode {
    guard let place = place(of: path), place.folder.entries[place.name] == nil else {
      preconditionFailure("\(path) is taken or has no folder")
    }
    nextSerial += 1
    let inode = SimulatedInode(
      number: numbers.take(), serial: nextSerial, modified: stamp, made: keepsMade ? stamp : 0)
    inode.bytes = bytes
    inode.links = 1
    place.folder.set(place.name, .file(inode), at: stamp)
    return inode
  }

  /// A symbolic link, in the place of whatever has the name: `ln -sfn`.
  func makeLink(_ path: String, to target: String) {
    guard let place = place(of: path) else { preconditionFailure("\(path) has no folder") }
    let old = place.folder.set(place.name, .link(to: target), at: stamp)
    drop(old)
  }

  /// Another name of a file; false if there is no file or the name is taken.
  @discardableResult
  func hardLink(_ path: String, as other: String) -> Bool {
    guard let inode = file(at: path), let place = place(of: other),
      place.folder.entries[place.name] == nil
    else { return false }
    inode.links += 1
    place.folder.set(place.name, .file(inode), at: stamp)
    return true
  }

  /// rename(2): whatever had the new name loses it.
  @discardableResult
  func rename(_ path: String, to other: String) -> Bool {
    guard let from = place(of: path), let to = place(of: other),
      let entry = from.folder.entries[from.name]
    else { return false }
    if case .file(let inode) = entry, case .file(let old)? = to.folder.entries[to.name],
      inode === old
    {
      return false  // Two names of one file: rename(2) does nothing.
    }
    from.folder.set(from.name, nil, at: stamp)
    let old = to.folder.set(to.name, entry, at: stamp)
    drop(old)
    return true
  }

  @discardableResult
  func unlink(_ path: String) -> Bool {
    guard let place = place(of: path), place.folder.entries[place.name] != nil else { return false }
    let old = place.folder.set(place.name, nil, at: stamp)
    drop(old)
    return old != nil
  }

  func truncate(_ inode: SimulatedInode) {
    inode.bytes = []
    inode.holeBytes = 0
    inode.modified = stamp
  }

  private func drop(_ entry: Entry?) {
    guard case .file(let inode)? = entry else { return }
    inode.links -= 1
    forgetIfGone(inode)
  }
}
