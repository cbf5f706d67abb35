/// What a reader that was not hindered must have read by the end of a poll. Without this a reader
/// could leave lines lying until they are destroyed, and be excused.
extension FollowModel {
  /// What stat(2) said of a file at the end of a poll: a file that looks the same need not be read.
  struct Look: Hashable {
    let size: Int
    let modified: Int64
  }

  /// After a poll for which it was time to look at all files. `isFirst` says that the reader has just
  /// been started, and so looked for the siblings of whatever it knew to follow.
  func checkPromptness(isFirst: Bool) {
    let named = named()
    let siblings = isFirst ? self.named { isKnown($0) } : []
    let isHindered = named.contains { serial in
      notes[serial].map {
        $0.inode.isLocked || $0.inode.failingReads > 0 || $0.inode.failedCall > pollStart
      } ?? false
    }
    if !isHindered, files.failingOpens == 0 {
      let live = Set(scene.bases.compactMap { files.file(at: $0.path)?.serial })
      for line in outstanding where lines[line]?.pollWritten != poll {
        for case let note? in (lines[line]?.holders ?? []).map({ notes[$0] }) {
          let serial = note.inode.serial
          let isDue =
            note.inode.readerHandles > 0 || live.contains(serial) || siblings.contains(serial)
          if isDue, note.look != look(note) {
            fail(.tardy, "\(text(line)) could be read in the last poll, and was not handed on")
          }
        }
      }
    }
    for note in notes.values where note.inode.readerHandles > 0 || named.contains(note.inode.serial)
    {
      note.look = look(note)
    }
  }

  /// Whether the arguments lead to the path although it may name nothing.
  private func isKnown(_ base: FollowScene.Base) -> Bool {
    scene.arguments.contains(base.path) || files.file(at: base.path) != nil
  }

  private func look(_ note: Note) -> Look {
    Look(size: note.inode.bytes.count, modified: note.inode.modified)
  }
}
