import Bytes
import Glibc

/// Tells in which folders which names changed, by inotify(7).
final class DirectoryWatcher {
  /// One name in one watched folder. An empty name is the folder itself.
  struct Event: Hashable {
    let folder: String
    let name: String
  }

  /// What came since the last look.
  struct Events {
    var changed: Set<Event> = []
    /// Those of them that came to be, by making or renaming.
    var created: Set<Event> = []
    /// The kernel's queue was full: anything may have changed.
    var hasOverflow = false
  }

  private static let mask = UInt32(
    IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF
      | IN_MOVE_SELF | IN_CLOSE_WRITE)

  private static let creationMask = UInt32(IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF)

  private let descriptor: FileDescriptor
  private var folders: [Int32: String] = [:]
  private var watches: [String: Int32] = [:]
  private var chunk = ByteChunk(capacity: Limits.watchEventBytes)

  init() throws(Errno) {
    let number = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard number >= 0 else { throw .current }
    descriptor = FileDescriptor(owning: number)
  }

  /// The number to wait on with poll(2).
  var descriptorNumber: Int32 { descriptor.number }

  /// Begins to watch a folder; does nothing if it is watched already.
  func watch(_ folder: String) throws(Errno) {
    guard watches[folder] == nil else { return }
    // SAFETY: the string's bytes live for the call.
    let watch = unsafe inotify_add_watch(descriptor.number, folder, Self.mask)
    guard watch >= 0 else { throw .current }
    // Two spellings of one folder share a watch: the events then bear the first.
    if folders[watch] == nil { folders[watch] = folder }
    watches[folder] = watch
  }

  /// The spelling under which the events of `folder` come; nil if it is not watched.
  func spelling(of folder: String) -> String? {
    watches[folder].flatMap { folders[$0] }
  }

  /// Takes what has come. Never waits.
  func takeEvents() -> Events {
    var events = Events()
    while true {
      chunk.clear()
      do throws(Errno) {
        let number = try chunk.append { (buffer, start) throws(Errno) in
          try descriptor.read(into: &buffer, from: start)
        }
        if number == 0 { return events }
      } catch {
        return events
      }
      parse(chunk, &events)
    }
  }

  /// Walks over the records: watch, mask, cookie, length (four bytes each), then the padded name.
  private func parse(_ chunk: borrowing ByteChunk, _ events: inout Events) {
    let bytes = chunk.bytes
    let headerBytes = 16
    var start = 0
    while start + headerBytes <= bytes.count {
      let watch = Int32(bitPattern: Self.word(bytes, at: start))
      let mask = Self.word(bytes, at: start + 4)
      let length = Int(Self.word(bytes, at: start + 12))
      let nameStart = start + headerBytes
      guard nameStart + length <= bytes.count else { return }
      if mask & UInt32(IN_Q_OVERFLOW) != 0 { events.hasOverflow = true }
      if mask & UInt32(IN_IGNORED) != 0 {
        forget(watch)
      } else if let folder = folders[watch] {
        let name = Self.name(bytes.extracting(nameStart..<(nameStart + length)))
        let event = Event(folder: folder, name: name)
        events.changed.insert(event)
        if mask & Self.creationMask != 0 { events.created.insert(event) }
      }
      start = nameStart + length
    }
  }

  private func forget(_ watch: Int32) {
    folders[watch] = nil
    watches = watches.filter { $0.value != watch }
  }

  private static func word(_ bytes: Span<UInt8>, at start: Int) -> UInt32 {
    // The kernel writes in the machine's order; every supported machine has the low byte first.
    UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
      | UInt32(bytes[start + 3]) << 24
  }

  private static func name(_ padded: Span<UInt8>) -> String {
    var name: [UInt8] = []
    for index in 0..<padded.count where padded[index] != 0 { name.append(padded[index]) }
    return String(decoding: name, as: UTF8.self)
  }
}
