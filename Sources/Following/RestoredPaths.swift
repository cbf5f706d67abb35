import Bytes

/// The paths to follow when an earlier run's checkpoints are there.
///
/// A run may begin between the renaming of a log and the making of the new one. A folder then shows
/// only the rotated file, which is the past of the name that was followed, and no log of its own.
struct RestoredPaths {
  /// What to follow, in the order of the inputs.
  private(set) var heads: [ReachedPath] = []
  private var lineages: [String: Lineage] = [:]
  /// What was read under names that lead to nothing now, by absolute path.
  private(set) var absent: [String: Lineage] = [:]

  init(
    _ checkpoints: [PathCheckpoint], _ found: [ReachedPath], _ fileSystem: any FileSystem
  ) {
    var index = SiblingIndex(paths: checkpoints.map(\.path), fileSystem: fileSystem)
    let byPath = Dictionary(checkpoints.map { ($0.path, $0) }) { $1 }
    for head in found {
      guard head.kind == .regular else {
        heads.append(head)
        continue
      }
      var path = head
      if !head.isNamed {
        let packed = SiblingName.withoutCodec(head.path)
        let base = index.base(of: head.path.absolutePath).map { checkpoints[$0.index].path }
        let isPacked = packed != head.path && byPath[packed.absolutePath] != nil
        if let name = base?.lastPathPart ?? (isPacked ? packed.lastPathPart : nil) {
          path = ReachedPath(
            path: head.path.withLastPathPart(name), kind: .regular, isNamed: false, status: nil)
        }
      }
      guard !heads.contains(where: { $0.path == path.path }) else { continue }
      if let checkpoint = byPath[path.path.absolutePath] {
        lineages[path.path] = Lineage(checkpoint)
      }
      heads.append(path)
    }
    let present = Dictionary(heads.map { ($0.path.absolutePath, $0.path) }) { first, _ in first }
    for checkpoint in checkpoints where present[checkpoint.path] == nil {
      let base = SiblingName.readings(of: checkpoint.path.lastPathPart).lazy
        .compactMap { present[checkpoint.path.withLastPathPart($0.base)] }.first
      if let base {
        // A rotated file that was followed as a log of its own while the log was not there.
        lineages[base, default: Lineage()].absorb(Lineage(checkpoint))
      } else {
        absent[checkpoint.path] = Lineage(checkpoint)
      }
    }
  }

  /// What was read under a path, if an earlier run followed it.
  subscript(path: String) -> Lineage? { lineages[path] }
}
