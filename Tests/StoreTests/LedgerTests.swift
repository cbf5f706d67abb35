import Store
import Testing

@Suite("The ledger of releases")
struct LedgerTests {
  private let scratch = Scratch()
  private var ledger: Ledger { Ledger(path: scratch.state) }

  @Test("without a file it is empty, and none is made")
  func missing() throws {
    #expect(try ledger.releases() == [])
    #expect(try ledger.openRelease() == nil)
    #expect(try ledger.mutes(endingAfter: 0) == [])
    #expect(try scratch.names() == [])
  }

  @Test("the open release that was started last is the one that is watched")
  func openRelease() throws {
    let state = try scratch.open()
    let first = ReleaseEntry(name: "v1", at: 10, owner: "ann", rollback: "deploy v0")
    let second = ReleaseEntry(name: "v2", at: 20, expectation: "faster")
    #expect(try state.start(second))
    #expect(try state.start(first))
    #expect(try ledger.openRelease() == second)
    #expect(try state.end(release: "v2", outcome: .rolledBack, now: 30))
    #expect(try ledger.openRelease() == first)
    let ended = try #require(try ledger.release(named: "v2"))
    #expect(ended.ended == 30 && ended.outcome == .rolledBack && ended.expectation == "faster")
    #expect(try ledger.releases().map(\.name) == ["v2", "v1"])
  }

  @Test("a name is given once, and a release ends once")
  func once() throws {
    let state = try scratch.open()
    #expect(try state.start(ReleaseEntry(name: "v1", at: 10)))
    #expect(try !state.start(ReleaseEntry(name: "v1", at: 20, owner: "bob")))
    #expect(try ledger.release(named: "v1") == ReleaseEntry(name: "v1", at: 10))
    #expect(try state.end(release: "v1", outcome: .kept, now: 30))
    #expect(try !state.end(release: "v1", outcome: .rolledBack, now: 40))
    #expect(try ledger.release(named: "v1")?.outcome == .kept)
    #expect(try !state.end(release: "none", outcome: .kept, now: 40))
  }

  @Test("what watches left is kept, the newest five of a release")
  func watches() throws {
    let state = try scratch.open()
    _ = try state.start(ReleaseEntry(name: "v1", at: 10))
    _ = try state.start(ReleaseEntry(name: "v2", at: 10))
    for number in 1...25 {
      #expect(
        try state.keep(WatchEntry(recorded: Int64(number), memo: "{\(number)}"), release: "v1"))
    }
    #expect(try state.keep(WatchEntry(recorded: 1, memo: "{}"), release: "v2"))
    #expect(try !state.keep(WatchEntry(recorded: 1, memo: "{}"), release: "none"))
    #expect(try ledger.watches(of: "v1").map(\.recorded) == Array(21...25))
    #expect(try ledger.watches(of: "v2") == [WatchEntry(recorded: 1, memo: "{}")])
  }

  @Test("a silence holds until its end, or until it is ended")
  func mutes() throws {
    let state = try scratch.open()
    let long = MuteEntry(signal: "http.4xx", since: 0, until: 100, reason: "a partner tests")
    let short = MuteEntry(signal: "errors", since: 0, until: 50, reason: "known")
    try state.add(long)
    try state.add(short)
    #expect(try ledger.mutes(endingAfter: 10) == [short, long])
    #expect(try ledger.mutes(endingAfter: 50) == [long])
    #expect(try state.endMutes(of: "http.4xx", now: 60) == 1)
    #expect(try state.endMutes(of: "http.4xx", now: 60) == 0)
    #expect(try ledger.mutes(endingAfter: 60) == [])
  }

  @Test(
    "a file of the first version gets the tables with its first change, and reads as empty before")
  func olderVersion() throws {
    try shell(
      """
      python3 - '\(scratch.state)' <<'END'
      import sqlite3, sys
      d = sqlite3.connect(sys.argv[1])
      d.executescript('''
        PRAGMA application_id = 1415859563;
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1 jobs and checkpoints');
        CREATE TABLE job (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
          created INTEGER NOT NULL, last_run INTEGER NOT NULL, generation INTEGER NOT NULL,
          cursor TEXT) STRICT;
        CREATE TABLE counter (job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
          name TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (job, name)) STRICT, WITHOUT ROWID;
        CREATE TABLE followed_path (id INTEGER PRIMARY KEY,
          job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE, path TEXT NOT NULL,
          past_modified INTEGER NOT NULL, UNIQUE (job, path)) STRICT;
        CREATE TABLE followed_file (path INTEGER NOT NULL REFERENCES followed_path ON DELETE CASCADE,
          position INTEGER NOT NULL, checkpoint TEXT NOT NULL, checksum INTEGER NOT NULL,
          PRIMARY KEY (path, position)) STRICT, WITHOUT ROWID;
        INSERT INTO job VALUES (1, 'nightly', 1, 2, 3, NULL);
        INSERT INTO counter VALUES (1, 'lines', 17);
        PRAGMA user_version = 1;
      ''')
      d.close()
      END
      """)
    #expect(try ledger.releases() == [])
    let state = try scratch.open()
    #expect(try state.start(ReleaseEntry(name: "v1", at: 10)))
    #expect(try ledger.releases().map(\.name) == ["v1"])
    #expect(try state.jobs().map(\.lines) == [17])
    #expect(state.notice == nil)
  }
}
