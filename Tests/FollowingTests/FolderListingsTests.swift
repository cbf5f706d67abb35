import Testing

@testable import Following

@Suite("The listings of folders")
struct FolderListingsTests {
  private let files = SimulatedFiles()
  private static let second: Int64 = 1_000_000_000

  init() {
    files.makeFolder("/logs")
    for name in ["a.log", "a.log.1", "a.log.2.gz", "b.log", "b.log-20261122", "other"] {
      files.makeFile("/logs/" + name)
    }
    files.now += Self.second
  }

  private func siblings(
    _ listings: inout FolderListings, of name: String, canLookAgain: Bool = false
  ) -> (names: [String], isCertain: Bool, calls: Int) {
    let before = files.calls
    let found = listings.siblings(
      of: name, in: "/logs", files, now: files.now, canLookAgain: canLookAgain)
    return (found.entries.map(\.name).sorted(), found.isCertain, files.calls - before)
  }

  @Test("are made once for all names, as long as nothing comes or goes")
  func once() {
    var listings = FolderListings()
    let first = siblings(&listings, of: "a.log")
    #expect(first == (["a.log.1", "a.log.2.gz"], true, 2))
    #expect(siblings(&listings, of: "b.log") == (["b.log-20261122"], true, 1))
    #expect(siblings(&listings, of: "a.log") == (first.names, true, 1))
    #expect(siblings(&listings, of: "other") == ([], true, 1))
  }

  @Test("are made anew when a name came")
  func changed() {
    var listings = FolderListings()
    _ = siblings(&listings, of: "a.log")
    files.makeFile("/logs/a.log.3")
    files.now += Self.second
    #expect(siblings(&listings, of: "a.log") == (["a.log.1", "a.log.2.gz", "a.log.3"], true, 2))
  }

  @Test("of a folder that changed this moment are made each time, or taken for uncertain")
  func coarse() {
    files.tickNanoseconds = 4_000_000
    var listings = FolderListings()
    files.makeFile("/logs/a.log.3")
    #expect(siblings(&listings, of: "a.log").names.count == 3)
    let uncertain = siblings(&listings, of: "a.log", canLookAgain: true)
    #expect(uncertain.names.count == 3 && !uncertain.isCertain)
    // The folder's time stays the same; only who can look again may miss it.
    files.makeFile("/logs/a.log.4")
    let stale = siblings(&listings, of: "a.log", canLookAgain: true)
    #expect(stale.names.count == 3 && !stale.isCertain && stale.calls == 1)
    let fresh = siblings(&listings, of: "a.log")
    #expect(fresh.names.count == 4 && fresh.isCertain)
    files.now += Self.second
    #expect(siblings(&listings, of: "a.log", canLookAgain: true).names.count == 4)
    #expect(siblings(&listings, of: "a.log", canLookAgain: true).isCertain)
  }

  @Test("say how old each sibling is")
  func ages() {
    var listings = FolderListings()
    let found = listings.siblings(
      of: "a.log", in: "/logs", files, now: files.now, canLookAgain: false)
    let ages = Dictionary(uniqueKeysWithValues: found.entries.map { ($0.name, $0.age) })
    #expect(ages == ["a.log.1": .number(1), "a.log.2.gz": .number(2)])
  }

  @Test("of a folder that is not there are empty, and made when it comes")
  func missing() {
    var listings = FolderListings()
    let found = listings.siblings(
      of: "a.log", in: "/none", files, now: files.now, canLookAgain: false)
    #expect(found.entries.isEmpty && found.isCertain)
    files.makeFolder("/none")
    files.makeFile("/none/a.log.1")
    files.now += Self.second
    let later = listings.siblings(
      of: "a.log", in: "/none", files, now: files.now, canLookAgain: false)
    #expect(later.entries.map(\.name) == ["a.log.1"])
  }
}
