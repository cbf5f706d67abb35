/// The steps of services and rotations: each does what the program does that it stands for.
extension HistoryRun {
  func change(_ step: FollowStep) {
    if step.isRotation { finishCopies() }
    carryOut(step)
  }

  /// One rotation of a log is over before the next one begins, as with logrotate and its lock: a copy
  /// is followed by the truncation. Services write meanwhile, and the reader polls, ends and begins.
  private func finishCopies() {
    for path in scene.bases.indices where copies[path] != nil || untruncated.contains(path) {
      endCopy(path)
      truncate(path)
    }
  }

  private func carryOut(_ step: FollowStep) {
    switch step {
    case .write(let path, let lines): write(path, lines)
    case .writeLong(let path, let bytes): service(path).write([bytes], numbers: &numbers)
    case .begin(let path):
      service(path).begin(filling: Int.random(in: 0..<12, using: &random), numbers: &numbers)
    case .complete(let path): service(path).complete()
    case .reopen(let path): service(path).reopen()
    case .create(let path, let banner): create(path, banner: banner)
    case .drop(let path, let slot): drop(path, slot)
    case .shift(let path, let slot): shift(path, slot)
    case .moveAside(let path): moveAside(path)
    case .moveToDate(let path): moveToDate(path)
    case .linkAside(let path): linkAside(path)
    case .replace(let path): replace(path)
    case .relink(let path): relink(path)
    case .swapFolder: swapFolder()
    case .beginCopy(let path): beginCopy(path)
    case .endCopy(let path): endCopy(path)
    case .truncate(let path): truncate(path)
    case .truncateAndWrite(let path, let lines):
      truncate(path)
      write(path, lines)
    case .beginPacking(let path, let sibling): beginPacking(path, sibling)
    case .endPacking(let path): endPacking(path)
    case .killPacking(let path): packings[path % scene.bases.count] = nil
    case .dropSibling(let path, let sibling): dropSibling(path, sibling)
    case .dropLive(let path):
      // A log that is copied, truncated and deleted between two looks leaves a copy that cannot be
      // told from a younger log with the same beginning; it is read again.
      if truncatedInPoll[path % scene.bases.count, default: -2] < model.poll - 1 {
        unlink(base(path).path)
      }
    case .link(let path, let other): link(path, other)
    case .failReads(let path, let times): files.file(at: base(path).path)?.failingReads = times
    case .failOpens(let times): files.failingOpens = times
    case .lock(let path): files.file(at: base(path).path)?.isLocked = true
    case .unlock(let path): unlock(path)
    case .poll, .glimpse, .pause, .sleep, .commit, .crash, .restart, .race: break
    }
  }

  func base(_ path: Int) -> FollowScene.Base { scene.bases[path % scene.bases.count] }

  private func service(_ path: Int) -> SimulatedService { services[path % services.count] }

  private func write(_ path: Int, _ lines: Int) {
    let filling = (0..<lines).map { _ in Int.random(in: 0..<14, using: &random) }
    service(path).write(filling, numbers: &numbers)
  }

  func create(_ path: Int, banner: Bool) {
    let base = base(path)
    guard !base.isLinked, files.folder(at: base.folder) != nil,
      files.entryItself(at: base.path) == nil
    else { return }
    files.makeFile(base.path)
    model.namesChanged()
    if banner {
      service(path).reopen()
      service(path).writeBanner()
    }
  }

  // MARK: Names

  func sibling(_ path: Int, _ slot: Int) -> String { "\(base(path).path).\(slot)" }

  private func drop(_ path: Int, _ slot: Int) {
    unlink(sibling(path, slot))
    unlink(sibling(path, slot) + ".gz")
  }

  private func unlink(_ name: String) {
    noteUnlinked(name)
    if files.unlink(name) { model.namesChanged() }
  }

  /// In the middle of a poll a file may lose the name by which the reader was about to find it.
  private func noteUnlinked(_ name: String) {
    if case .file(let inode)? = files.entryItself(at: name) { noteUnlinked(inode) }
  }

  private func noteUnlinked(_ inode: SimulatedInode) {
    if model.isPolling { model.note(of: inode).pollUnlinked = model.poll }
  }

  func rename(_ name: String, _ other: String) {
    noteUnlinked(other)
    if files.rename(name, to: other) { model.namesChanged() }
  }

  func shift(_ path: Int, _ slot: Int) {
    for ending in ["", ".gz"] {
      rename(sibling(path, slot) + ending, sibling(path, slot + 1) + ending)
    }
  }

  func moveAside(_ path: Int) {
    if !base(path).isLinked { rename(base(path).path, sibling(path, 1)) }
  }

  private func moveToDate(_ path: Int) {
    guard !base(path).isLinked, files.file(at: base(path).path) != nil else { return }
    rename(base(path).path, datedName(path))
  }

  /// A free name with the time of day in it.
  private func datedName(_ path: Int) -> String {
    var second = files.now / 1_000_000_000 % 100_000_000
    while true {
      let digits = String(100_000_000 + second).dropFirst()
      let name = "\(base(path).path)-202611\(digits)"
      if files.entryItself(at: name) == nil { return name }
      second += 1
    }
  }

  private func linkAside(_ path: Int) {
    guard !base(path).isLinked else { return }
    if files.hardLink(base(path).path, as: sibling(path, 1)) { model.namesChanged() }
  }

  private func replace(_ path: Int) {
    let base = base(path)
    guard !base.isLinked, files.file(at: base.path) != nil else { return }
    let new = base.folder + "/.new"
    files.makeFile(new)
    rename(new, base.path)
  }

  func relink(_ path: Int) {
    let base = base(path)
    guard base.isLinked else { return }
    let name = datedName(path)
    files.makeFile(name)
    files.makeLink(base.path, to: name)
    model.namesChanged()
  }

  private func swapFolder() {
    guard let swap = scene.swap, case .link(let now)? = files.entryItself(at: swap.link) else {
      return
    }
    for case .file(let inode) in files.folder(at: now)?.entries.values ?? [:].values {
      noteUnlinked(inode)
    }
    files.makeLink(swap.link, to: swap.folders.first { $0 != now } ?? now)
    model.namesChanged()
  }

  private func link(_ path: Int, _ other: Int) {
    let (from, to) = (base(path), base(other))
    guard from.appends, to.appends, !from.isLinked, !to.isLinked else { return }
    if files.hardLink(from.path, as: to.path) { model.namesChanged() }
  }

  /// The names of a path's siblings, in order.
  func siblings(_ path: Int) -> [String] {
    let base = base(path)
    let names = files.folder(at: base.folder)?.entries.keys ?? [:].keys
    return names.filter { $0.hasPrefix(base.name) && $0 != base.name }.sorted()
      .map { "\(base.folder)/\($0)" }
  }

  private func dropSibling(_ path: Int, _ index: Int) {
    let names = siblings(path)
    if !names.isEmpty { unlink(names[index % names.count]) }
  }

  private func unlock(_ path: Int) {
    for name in siblings(path) + [base(path).path] { files.file(at: name)?.isLocked = false }
  }

  // MARK: Contents

  func truncate(_ path: Int) {
    untruncated.remove(path % scene.bases.count)
    truncatedInPoll[path % scene.bases.count] = model.poll
    guard let inode = files.file(at: base(path).path) else { return }
    files.truncate(inode)
    model.truncated(inode)
  }

  private func beginCopy(_ path: Int) {
    guard let source = files.file(at: base(path).path),
      files.entryItself(at: sibling(path, 1)) == nil
    else { return }
    let copy = files.makeFile(sibling(path, 1))
    copies[path % scene.bases.count] = Copy(
      source: source, copy: copy, lineage: model.note(of: source).lineage)
    copyOn(source, to: copy, upTo: source.bytes.count / 2)
    model.namesChanged()
  }

  func endCopy(_ path: Int) {
    guard let copy = copies.removeValue(forKey: path % scene.bases.count),
      model.note(of: copy.source).lineage == copy.lineage
    else { return }
    copyOn(copy.source, to: copy.copy, upTo: copy.source.bytes.count)
    untruncated.insert(path % scene.bases.count)
  }

  private func copyOn(_ source: SimulatedInode, to copy: SimulatedInode, upTo count: Int) {
    copy.bytes += source.bytes[copy.bytes.count..<count]
    copy.modified = files.stamp
    model.copied(source, first: count, to: copy)
  }

  private func beginPacking(_ path: Int, _ index: Int) {
    let key = path % scene.bases.count
    let plain = siblings(path).filter { !$0.hasSuffix(".gz") }
    guard packings[key] == nil, !plain.isEmpty else { return }
    let name = plain[index % plain.count]
    // What is packed is a file that was rotated: not the log itself, nor a copy of it that was made
    // for no truncation.
    guard let inode = files.file(at: name), !inode.isLocked, inode.links == 1,
      let live = files.file(at: base(path).path), live !== inode,
      !live.bytes.starts(with: inode.bytes)
    else { return }
    if let old = files.file(at: name + ".gz") {
      if old.unpacked != nil { return }
      unlink(name + ".gz")
    }
    let packed = files.makeFile(name + ".gz")
    packings[key] = Packing(
      plain: inode, packed: packed, plainPath: name, text: inode.bytes,
      lineage: model.note(of: inode).lineage)
    let bytes = GzipFixture.member(inode.bytes)
    packed.bytes = Array(bytes[..<(bytes.count / 2)])
    packed.modified = files.stamp
  }

  func endPacking(_ path: Int) {
    guard let packing = packings.removeValue(forKey: path % scene.bases.count),
      model.note(of: packing.plain).lineage == packing.lineage
    else { return }
    packing.packed.bytes = GzipFixture.member(packing.text)
    packing.packed.unpacked = packing.text
    packing.packed.modified = packing.plain.modified
    model.copied(packing.plain, first: packing.text.count, to: packing.packed)
    model.abandonTail(of: packing.plain)
    if files.file(at: packing.plainPath) === packing.plain { unlink(packing.plainPath) }
  }
}
