import Bytes

/// The rotated siblings in folders, listed once for all the followed names in a folder as long as
/// nothing changes in it: ten thousand logs in one folder would otherwise list it ten thousand
/// times.
struct FolderListings {
  /// A sibling's name and how old the name says it is.
  struct Entry {
    let name: String
    let age: SiblingName.Age
  }

  private struct Listing {
    let modified: Int64
    /// It was made long enough after the folder changed that any later change shows.
    let isCertain: Bool
    /// The round in which it was made.
    let round: Int64
    var byBase: [String: [Entry]] = [:]
  }

  private var listings: [String: Listing] = [:]

  /// The siblings of `name` in the folder, in no order. `now` is the clock that files are dated by.
  /// Where the caller can look again later, a listing of this round will do although the folder
  /// changed a moment ago and may have changed since; `isCertain` tells.
  mutating func siblings(
    of name: String, in folder: String, _ fileSystem: any FileSystem, now: Int64,
    canLookAgain: Bool
  ) -> (entries: [Entry], isCertain: Bool) {
    guard let modified = (try? fileSystem.status(path: folder))?.modified else { return ([], true) }
    if let listing = listings[folder], listing.modified == modified,
      listing.isCertain || (canLookAgain && listing.round == now)
    {
      return (listing.byBase[name] ?? [], listing.isCertain)
    }
    let names = (try? fileSystem.listing(folder: folder))?.names ?? []
    let isCertain = now - modified > Limits.coarseTimeNanoseconds
    guard isCertain || canLookAgain else {
      let stem = name.utf8.lastIndex(of: 0x2E).map { name[..<$0] } ?? name[...]
      let entries = names.compactMap { other -> Entry? in
        guard other != name, other.utf8.starts(with: stem.utf8),
          let age = SiblingName.readings(of: other).first(where: { $0.base == name })?.age
        else { return nil }
        return Entry(name: other, age: age)
      }
      // Just listed, so it is as certain as can be.
      return (entries, true)
    }
    var listing = Listing(modified: modified, isCertain: isCertain, round: now)
    for other in names {
      for reading in SiblingName.readings(of: other) where reading.base != other {
        listing.byBase[reading.base, default: []].append(Entry(name: other, age: reading.age))
      }
    }
    if listings.count >= Limits.watchedFolders { listings = [:] }
    listings[folder] = listing
    return (listing.byBase[name] ?? [], isCertain)
  }
}
