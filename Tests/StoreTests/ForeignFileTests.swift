import Foundation
import GRDB
import Store
import Testing

@Suite("A file that is no state file of this version")
struct ForeignFileTests {
  struct Foreign: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var name = "st.db"
    var make: @Sendable (Scratch) throws -> Void
    var kind: StateError.Kind
    var reason: String
  }

  static let files = [
    Foreign(
      testDescription: "a newer version's, by its number",
      make: { scratch in
        _ = try scratch.open()
        try scratch.execute("PRAGMA user_version = 999")
      }, kind: .newerVersion, reason: "a newer version of Tidemark"),
    Foreign(
      testDescription: "a newer version's, by a change that this one does not know",
      make: { scratch in
        _ = try scratch.open()
        try scratch.execute("INSERT INTO grdb_migrations VALUES ('2 from the future')")
      }, kind: .newerVersion, reason: "a newer version of Tidemark"),
    Foreign(
      testDescription: "another program's database",
      make: { try $0.execute("CREATE TABLE bookmarks (url); INSERT INTO bookmarks VALUES ('x')") },
      kind: .otherProgram, reason: "the database of another program"),
    Foreign(
      testDescription: "another program's database, marked as such",
      make: { try $0.execute("PRAGMA application_id = 77; CREATE TABLE job (id)") },
      kind: .otherProgram, reason: "the database of another program"),
    Foreign(
      testDescription: "a log, named by mistake", name: "app.log",
      make: { try $0.write(Array("2026-11-22 ERROR x\n".utf8), to: "app.log") },
      kind: .otherProgram, reason: "not a state file of Tidemark"),
    Foreign(
      testDescription: "a folder",
      make: { scratch in
        try FileManager.default.createDirectory(
          atPath: scratch.state, withIntermediateDirectories: false)
      }, kind: .otherProgram, reason: "it is a folder"),
  ]

  @Test("is an error and stays as it is", arguments: files)
  func untouched(foreign: Foreign) throws {
    let scratch = Scratch()
    try foreign.make(scratch)
    let path = scratch.path(foreign.name)
    let before = try? scratch.bytes(foreign.name)
    let names = try scratch.names()
    let attempts: [() throws -> Void] = [
      { _ = try StateFile(path: path, now: 0) }, { _ = try StateReport(path: path) },
    ]
    for attempt in attempts {
      let error = #expect(throws: StateError.self) { try attempt() }
      #expect(error?.kind == foreign.kind)
      #expect(error?.canRetry == false)
      for word in [path, foreign.reason, "left as it is", "--state"] {
        #expect(error?.description.contains(word) == true, "\(word) in \(error?.description ?? "")")
      }
    }
    if foreign.kind == .otherProgram {
      #expect(throws: StateError.self) { try JobLock.attempt(job: "a", state: path) }
      #expect(try scratch.names() == names, "nothing is made beside it")
    }
    #expect((try? scratch.bytes(foreign.name)) == before)
  }
}

@Suite("A place where no state file can be")
struct UnusablePlaceTests {
  @Test("under a file, in /proc, or in a name too long, is an error that says so")
  func unusable() throws {
    let scratch = Scratch()
    try scratch.write([1], to: "file")
    let places = [
      (scratch.path("file/st.db"), "Not a directory"),
      (scratch.path("file/a/b/st.db"), "Not a directory"),
      ("/proc/tidemark/st.db", "No such file or directory"),
      ("/proc/st.db", "No such file or directory"),
      (scratch.path(String(repeating: "n", count: 300)), "File name too long"),
    ]
    for (path, reason) in places {
      for attempt in [
        { _ = try StateFile(path: path, now: 0) },
        { _ = try JobLock.attempt(job: "a", state: path) },
      ] as [() throws -> Void] {
        let error = #expect(throws: StateError.self) { try attempt() }
        #expect(error?.kind == .unusable)
        for word in [path, reason, "trying again does not help"] {
          #expect(error?.description.contains(word) == true, "\(word): \(error?.description ?? "")")
        }
      }
    }
  }

  @Test("is made with its folders, for the owner's eyes alone")
  func modes() throws {
    let scratch = Scratch()
    let path = scratch.path("new/er/st.db")
    let state = try StateFile(path: path, now: 0)
    try state.job("a").commit(JobCommit(lastRun: 1))
    for (name, mode) in [
      ("new", 0o700), ("new/er", 0o700), ("new/er/st.db", 0o600), ("new/er/st.db-wal", 0o600),
      ("new/er/st.db.lock", 0o600),
    ] {
      let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path(name))
      #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
    }
  }

  @Test("behind a link is the file that the link leads to")
  func link() throws {
    let scratch = Scratch()
    try scratch.open().job("a").commit(JobCommit(lastRun: 1))
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("link.db"), withDestinationPath: scratch.state)
    #expect(try StateFile(path: scratch.path("link.db"), now: 0).jobs().map(\.name) == ["a"])
    guard case .acquired(let lock) = try JobLock.attempt(job: "a", state: scratch.state),
      case .held = try JobLock.attempt(job: "a", state: scratch.path("link.db"))
    else {
      Issue.record("two names of one file have one lock")
      return
    }
    withExtendedLifetime(lock) {}
  }
}
