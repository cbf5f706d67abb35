/// The end of a history: everything that can still be read is given the chance to be.
extension HistoryRun {
  func bringToRest() {
    files.failingOpens = 0
    races = []
    for path in scene.bases.indices {
      endCopy(path)
      endPacking(path)
      liftFaults(path)
      services[path].complete()
    }
    pass(300)
    poll()
    for path in scene.bases.indices { rotateOnce(path) }
    for _ in 0..<3 {
      pass(300)
      poll()
    }
    files.now += FollowScene.graceNanoseconds
    poll()
    files.now += FollowScene.retirementNanoseconds
    poll()
    poll()
    commit()
  }

  private func liftFaults(_ path: Int) {
    for name in siblings(path) + [base(path).path] {
      files.file(at: name)?.isLocked = false
      files.file(at: name)?.failingReads = 0
    }
    services[path].inode?.isLocked = false
    services[path].inode?.failingReads = 0
  }

  /// One more rotation, which destroys nothing; late lines are found by it.
  private func rotateOnce(_ path: Int) {
    if base(path).isLinked {
      relink(path)
    } else {
      for slot in (1..<20).reversed() { shift(path, slot) }
      moveAside(path)
      create(path, banner: false)
    }
    services[path].reopen()
    change(.write(path, lines: 1))
  }
}
