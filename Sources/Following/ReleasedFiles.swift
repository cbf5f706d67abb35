import Bytes

/// The files that were followed under any name and are closed, by identity: a file that was renamed
/// from one followed name to another goes on where it was left. The oldest are forgotten.
struct ReleasedFiles {
  private var files: [FileIdentity: FileCheckpoint] = [:]
  private var order: [FileIdentity] = []

  subscript(identity: FileIdentity) -> FileCheckpoint? { files[identity] }

  mutating func remember(_ file: FileCheckpoint) {
    guard let identity = file.identity else { return }
    if files.updateValue(file, forKey: identity) == nil { order.append(identity) }
    if order.count > Limits.foundFiles { files[order.removeFirst()] = nil }
  }
}
