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

    var isNumbered: Bool {
      if case .number = age { !isPackedForm } else { false }
    }
  }

  /// The siblings as they were found at one time, and how far they have been looked at.
  struct SiblingScan {
    /// The oldest first.
    let siblings: [Sibling]
    /// These and the file that the name stands for.
    let present: Set<FileIdentity>
    let live: FileIdentity?
    /// The folder's time, if any later change of it would show; nil for a scan that cannot be
    /// gone on with.
    let folderModified: Int64?
    var next = 0
  }

  /// The oldest sibling that holds lines which nobody has read. `live` is the file that the name
  /// stands for.
  ///
  /// While the folder stays as it is, the next call goes on behind the one that was found, so that
  /// a thousand siblings are not listed a thousand times; nil is only said after a scan from the
  /// first to the last.
  func unread(besides live: FollowedFile?, _ round: inout Round) -> Unread? {
    var isResumed = canResume(live)
    for _ in 0..<Limits.listingAttempts {
      if !isResumed { scan = newScan(live, &round) }
      guard var current = scan else { continue }
      scan = nil
      let isCautious = isCautious(round.now)
      var isStale = false
      while current.next < current.siblings.count, !isStale {
        let sibling = current.siblings[current.next]
        current.next += 1
        do throws(ReadError) {
          if let found = try unread(sibling, current, live, isCautious: isCautious, &round) {
            if current.folderModified != nil { scan = current }
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
      }
      if !isStale, !isResumed { return nil }
      isResumed = false
    }
    // Names move faster than they can be listed; there is another look.
    isUnsettled = true
    return nil
  }

  /// The sibling, opened, if it holds lines which nobody has read.
  private func unread(
    _ sibling: Sibling, _ scan: SiblingScan, _ live: FollowedFile?, isCautious: Bool,
    _ round: inout Round
  ) throws(ReadError) -> Unread? {
    let identity = sibling.status.identity
    guard files[identity] == nil, !round.held.contains(identity), identity != live?.identity else {
      return nil
    }
    guard lineage.index(of: identity) == nil else {
      return try known(
        sibling, isPredecessor: isPredecessor(sibling, scan.siblings, round), &round)
    }
    return isCautious ? nil : try stranger(sibling, scan.siblings, scan.present, live, &round)
  }

  /// Whether the last scan holds still for the rest of the siblings.
  private func canResume(_ live: FollowedFile?) -> Bool {
    guard let scan, scan.live == live?.identity,
      let status = try? fileSystem.status(path: path.folderPath)
    else { return false }
    return status.modified == scan.folderModified
  }

  /// Finds the siblings; nil if the folder changed meanwhile.
  private func newScan(_ live: FollowedFile?, _ round: inout Round) -> SiblingScan? {
    let modified = (try? fileSystem.status(path: path.folderPath))?.modified
    guard let siblings = siblings(&round), recheck(siblings, &round) else { return nil }
    var present = Set(siblings.map(\.status.identity))
    if let live { present.insert(live.identity) }
    return SiblingScan(
      siblings: siblings, present: present, live: live?.identity,
      folderModified: modified.flatMap { modified in
        round.now - modified > Limits.coarseTimeNanoseconds && !isUnsure ? modified : nil
      })
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
    return Self.ordered(found)
  }

  /// The oldest first. Most programs give the oldest file the highest number, log4j and logback the
  /// lowest: so the times tell, when all of them agree.
  private static func ordered(_ siblings: [Sibling]) -> [Sibling] {
    let byAge = siblings.sorted { left, right in
      left.age != right.age
        ? left.age < right.age : left.status.modified < right.status.modified
    }
    let numbered = byAge.filter(\.isNumbered)
    guard let first = numbered.first, let last = numbered.last,
      first.status.modified > last.status.modified,
      zip(numbered, numbered.dropFirst()).allSatisfy({ $0.status.modified >= $1.status.modified })
    else { return byAge }
    // Dated files come before numbered ones, the packed form of the name itself comes last.
    return byAge.filter { !$0.isNumbered && !$0.isPackedForm } + numbered.reversed()
      + byAge.filter(\.isPackedForm)
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
