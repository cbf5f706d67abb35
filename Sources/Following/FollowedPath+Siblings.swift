import Bytes

/// Rotated files that hold lines which nobody has read: they had the name only between two looks,
/// or while the program was not running.
extension FollowedPath {
  /// One sibling in the folder.
  struct Sibling {
    let path: String
    let name: String
    let age: SiblingName.Age
    let status: FileStatus
    /// It has the name itself with an ending: no sibling, unless it has the text that was read.
    let isPackedForm: Bool
  }

  /// The oldest sibling that holds lines which nobody has read. `live` is the file that the name
  /// stands for.
  func unread(besides live: FollowedFile?, _ round: inout Round) -> Unread? {
    for _ in 0..<Limits.listingAttempts {
      guard let siblings = siblings(&round) else { continue }
      var present = Set(siblings.map(\.status.identity))
      if let live { present.insert(live.identity) }
      var isStale = !recheck(siblings, &round)
      let isCautious = isCautious(round.now)
      for sibling in siblings where files[sibling.status.identity] == nil {
        guard !isStale, !round.held.contains(sibling.status.identity),
          sibling.status.identity != live?.identity
        else { continue }
        do throws(ReadError) {
          if lineage.index(of: sibling.status.identity) != nil {
            if let found = try known(
              sibling, isPredecessor: isPredecessor(sibling, siblings, round), &round)
            {
              return found
            }
          } else if !isCautious,
            let found = try stranger(sibling, siblings, present, live, &round)
          {
            return found
          }
        } catch .vanished {
          // It was renamed or packed since the folder was listed.
          isStale = true
        } catch .unreadable(_, let error) where error == .notFound {
          isStale = true
        } catch {
          refuse(sibling, error, &round)
        }
        if isStale { break }
      }
      if !isStale { return nil }
    }
    // Names move faster than they can be listed; there is another look.
    isUnsettled = true
    return nil
  }

  /// Whether a text that nobody has read cannot be told from a copy, because a file that was read
  /// cannot be looked at. After the grace period it is taken for gone.
  func isCautious(_ now: Int64) -> Bool {
    guard isUnsure else {
      unsureSince = nil
      return false
    }
    isUnsettled = true
    let since = unsureSince ?? now
    unsureSince = since
    return now - since < options.graceNanoseconds
  }

  /// The siblings of this name, the oldest first; nil if the folder changed while it was listed.
  func siblings(_ round: inout Round) -> [Sibling]? {
    var found: [Sibling] = []
    let listed = round.listings.siblings(
      of: path.lastPathPart, in: path.folderPath, fileSystem, now: round.now,
      canLookAgain: canLookAgain)
    isUnsettled = !listed.isCertain
    let packedForm = FolderListings.Entry(name: path.lastPathPart + ".gz", age: .number(0))
    for entry in listed.entries + [packedForm] {
      let path = path.withLastPathPart(entry.name)
      let isPackedForm = entry.name == packedForm.name
      do throws(Errno) {
        let status = try fileSystem.status(path: path)
        // An empty file has nothing to read, but it may be one that was truncated.
        guard status.kind == .regular,
          status.size > 0 || lineage.index(of: status.identity) != nil
        else { continue }
        found.append(
          Sibling(
            path: path, name: entry.name, age: entry.age, status: status,
            isPackedForm: isPackedForm))
      } catch {
        if error == .notFound, !isPackedForm { return nil }
      }
    }
    return found.sorted { left, right in
      left.age != right.age
        ? left.age < right.age : left.status.modified < right.status.modified
    }
  }

  /// Whether its writer may not have heard of the rotation yet, so that late lines may come to it.
  func isPredecessor(
    _ sibling: Sibling, _ siblings: [Sibling], _ round: borrowing Round
  ) -> Bool {
    let modified = sibling.status.modified
    return sibling.status.identity == siblings.last?.status.identity
      && modified <= round.now && round.now - modified < options.graceNanoseconds
      && round.openFiles < options.openFiles
  }

}
