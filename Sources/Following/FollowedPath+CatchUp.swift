import Bytes

/// Catching up with what was written while nobody looked.
extension FollowedPath {
  /// A file to be read before anything younger.
  struct Unread {
    let file: FollowedFile
    /// Nothing is known of its text.
    var isStranger = false
  }

  /// Starts over in files that were truncated, before copies of them are looked for. Returns whether
  /// there was one. A file that cannot be read at present may be one.
  func restartChanged(
    _ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void
  ) -> Bool {
    isUnsure = false
    for file in heldFiles where file.isOpen {
      do throws(ReadError) {
        guard try !file.isIntact() else { continue }
        _ = state.on(.changed(file.identity, at: round.now))
        return try restart(file, &round, body)
      } catch {
        isUnsure = true
      }
    }
    return false
  }

  /// Takes up the oldest rotated file with lines that nobody has read, if there is one. Returns
  /// true if it did, or if the folder has to be listed again.
  func catchUp(_ round: inout Round, _ body: (Span<UInt8>, LinePosition) -> Void) -> Bool {
    let current = state.current.flatMap { files[$0.identity] }
    if let current { try? takeUp(current, &round) }
    if restartChanged(&round, body) { return true }
    if let found = unread(besides: current, &round) {
      // A copy that was made meanwhile goes on with what was read; it is no file of its own.
      if found.isStranger, restartChanged(&round, body) { return true }
      adopt(found.file, isNamed: false, &round, body)
      return true
    }
    settle(&round, body)
    return false
  }

  /// Whether the packed form of this very name has the text of a file that was read here, or is
  /// about to have it; what is left of the text is then read from it.
  func takesUpPacked(_ path: String, _ round: inout Round) -> Bool {
    guard let status = try? fileSystem.status(path: path) else { return true }
    // While the plain file is there, it is being packed.
    guard (try? fileSystem.status(path: self.path)) == nil else { return true }
    if lineage.index(of: status.identity) == nil, let found = unread(besides: nil, &round) {
      adopt(found.file, isNamed: false, &round) { _, _ in }
    }
    return lineage.index(of: status.identity) != nil || files[status.identity] != nil
  }
}
