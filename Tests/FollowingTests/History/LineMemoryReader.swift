import Bytes
import Following

/// A reader that remembers every line it has handed on, and looks through all files each time: slow
/// and without a bound, but easily seen to be right.
///
/// It shows that what `FollowModel` asks for can be done; and, with a flaw, that it is asked for.
final class LineMemoryReader: ReaderUnderTest {
  enum Flaw: CaseIterable, Sendable {
    /// A renamed file is let go at once.
    case dropsLateLines
    /// Reading goes on at the old place in a file that was truncated.
    case missesTruncation
    /// A file that has the inode number of another is taken for it.
    case trustsInodeNumbers
    /// A rotated file is read again after a restart.
    case forgetsAtRestart
    /// What was read counts as read for good at once, not at the commit.
    case remembersTooEarly
    /// A begun line is handed on as it stands.
    case handsOnHalves
    /// Packed siblings are not looked into.
    case ignoresPacked
    /// A copy is taken for a new file.
    case rereadsCopies
    /// Files that were let go are kept open.
    case keepsFilesOpen
  }

  private struct Held {
    let file: SimulatedFile
    var lostAt: Int64?
  }

  private let flaw: Flaw?
  private var files = SimulatedFiles()
  private var bases: [FollowScene.Base] = []
  private var seen: Set<Key> = []
  private var durable: Set<Key> = []
  private var held: [Held] = []
  private var offsets: [UInt64: Int] = [:]
  private var done: Set<UInt64> = []

  /// A line, and the file it is in where that makes a difference.
  private struct Key: Hashable {
    let line: ArraySlice<UInt8>
    let inode: Int
  }

  init(flaw: Flaw? = nil) { self.flaw = flaw }

  func start(_ files: SimulatedFiles, _ scene: FollowScene) {
    self.files = files
    bases = scene.bases
    seen = flaw == .forgetsAtRestart ? [] : durable
  }

  func commit() { durable = seen }

  func crash() {
    if flaw == .remembersTooEarly { durable = seen }
    held = []
    offsets = [:]
    done = []
  }

  func poll(now: Int64, budget: Int, _ body: (Span<UInt8>) -> Void) -> Bool {
    for base in bases { hold(base, now) }
    for index in held.indices { _ = read(held[index].file, body) }
    for base in bases {
      for name in (try? files.listing(folder: base.folder))?.names ?? []
      where name.hasPrefix(base.name) {
        guard let file = (try? files.open(path: "\(base.folder)/\(name)")) as? SimulatedFile
        else { continue }
        if flaw == .trustsInodeNumbers, name != base.name {
          guard done.insert(file.inode.number).inserted else { continue }
        }
        _ = read(file, body)
      }
    }
    let names = bases.compactMap { files.file(at: $0.path)?.serial }
    for index in held.indices {
      if names.contains(held[index].file.inode.serial) {
        held[index].lostAt = nil
      } else if held[index].lostAt == nil {
        held[index].lostAt = now
      }
    }
    let grace = flaw == .dropsLateLines ? 0 : FollowScene.graceNanoseconds
    // What came since the file was read above would be lost: it is read again before it goes.
    if flaw != .keepsFilesOpen {
      held.removeAll { held in
        guard let lost = held.lostAt, now - lost >= grace else { return false }
        return flaw == .dropsLateLines || read(held.file, body)
      }
    }
    return false
  }

  private func hold(_ base: FollowScene.Base, _ now: Int64) {
    guard let file = (try? files.open(path: base.path)) as? SimulatedFile,
      !held.contains(where: { $0.file.inode === file.inode })
    else { return }
    held.append(Held(file: file, lostAt: nil))
  }

  /// Hands on the lines of a file that were not handed on yet; false if it cannot be read.
  private func read(_ file: SimulatedFile, _ body: (Span<UInt8>) -> Void) -> Bool {
    guard var bytes = content(of: file) else { return false }
    if flaw == .missesTruncation {
      let offset = offsets[file.inode.number, default: 0]
      offsets[file.inode.number] = max(offset, bytes.count)
      bytes = Array(bytes.dropFirst(offset))
    }
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let tail = lines.popLast() ?? []
    if flaw == .handsOnHalves, !tail.isEmpty { lines.append(tail) }
    for line in lines {
      let line = line.drop { $0 == 0 }
      guard line.first != FollowModel.bannerMark else { continue }
      let isApart = flaw == .rereadsCopies
      guard seen.insert(Key(line: line, inode: isApart ? file.inode.serial : 0)).inserted else {
        continue
      }
      body(Array(line).span)
    }
    return true
  }

  private func content(of file: SimulatedFile) -> [UInt8]? {
    if file.inode.bytes.starts(with: [0x1F, 0x8B]) {
      return flaw == .ignoresPacked ? [] : file.inode.unpacked ?? []
    }
    var bytes = [UInt8](repeating: 0, count: file.inode.bytes.count)
    var count = 0
    while count < bytes.count {
      var span = bytes.mutableSpan
      guard let more = try? file.read(into: &span, from: count, at: Int64(count)) else {
        return nil
      }
      if more == 0 { break }
      count += more
    }
    return Array(bytes[..<count])
  }
}
