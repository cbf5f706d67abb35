/// Which lines can be found.
extension FollowModel {
  /// The files that a reader can find: under a followed path and the names of its siblings.
  func named(where isWanted: (FollowScene.Base) -> Bool = { _ in true }) -> Set<Int> {
    var found: Set<Int> = []
    for base in scene.bases where isWanted(base) {
      guard let folder = files.folder(at: base.folder) else { continue }
      for (name, entry) in folder.entries where name.hasPrefix(base.name) {
        switch entry {
        case .file(let inode): found.insert(inode.serial)
        case .link(let target): if let inode = files.file(at: target) { found.insert(inode.serial) }
        case .folder: break
        }
      }
    }
    return found
  }

  func isReachable(_ inode: SimulatedInode) -> Bool {
    inode.readerHandles > 0 || named().contains(inode.serial)
  }

  /// Excuses the outstanding lines that nothing holds any more that the reader could read.
  func sweep(_ excuse: Excuse) {
    guard !outstanding.isEmpty else { return }
    let named = named()
    for line in outstanding where !isHeld(line, named) { self.excuse(line, excuse) }
  }

  /// After a poll: the reader may have let files go, but none that held an outstanding line.
  func sweepAfterPoll() {
    guard !outstanding.isEmpty else { return }
    let named = named()
    for line in outstanding where !isHeld(line, named) {
      let holders = (lines[line]?.holders ?? []).compactMap { notes[$0] }
      if lines[line]?.pollWritten == poll || holders.contains(where: { $0.pollUnlinked == poll }) {
        excuse(line, .raced)
      } else if holders.contains(where: { $0.inode.failedCall > pollStart }) {
        excuse(line, .unreadable)
      } else {
        fail(.lost, "the reader let go of the only file with \(text(line)), which it had not read")
      }
    }
  }

  /// After a poll: a file that lost the path has to stay open for the grace period.
  func checkHeld() {
    for note in notes.values {
      let isLive = live.contains(note.inode.serial)
      if note.inode.readerHandles > 0 {
        if isLive { note.wasHeld = true }
      } else if note.wasHeld, !isLive, note.inode.writerHandles > 0, scene.openFiles > 1 {
        if let lost = note.lostNameAt, files.now - lost < FollowScene.graceNanoseconds {
          fail(.letGo, "the reader let go of a rotated file before the grace period was over")
        }
        note.wasHeld = false
      }
    }
  }

  private func isHeld(_ line: Int, _ named: Set<Int>) -> Bool {
    (lines[line]?.holders ?? []).contains {
      named.contains($0) || (notes[$0]?.inode.readerHandles ?? 0) > 0
    }
  }

  func excuse(_ line: Int, _ excuse: Excuse) {
    if lines[line]?.excuse == nil { lines[line]?.excuse = excuse }
    outstanding.remove(line)
  }

  func text(_ line: Int) -> String {
    "line \(line) (\(String(decoding: (lines[line]?.text ?? []).prefix(60), as: UTF8.self)))"
  }
}
