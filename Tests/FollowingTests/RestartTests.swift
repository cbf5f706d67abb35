import Bytes
import Following
import Foundation
import Glibc
import Testing

/// Runs of a follower one after the other: each begins with what those before it left.
private final class SuccessiveRuns {
  private let arguments: [String]
  private var places: [String: PathCheckpoint] = [:]
  private var hasRun = false
  private(set) var changes: [FollowChange] = []
  private(set) var positions: [LinePosition] = []
  var configure: (inout FollowOptions) -> Void = { _ in }

  init(_ arguments: [String]) { self.arguments = arguments }

  /// A run that reads what is there; returns its lines.
  @discardableResult
  func next() throws -> [String] {
    let run = try begin()
    run.poll()
    try end(run)
    return run.lines
  }

  /// A run that goes on where the last one was. What it left is taken from a text, as from a file.
  func begin() throws -> FollowRun {
    let left = try JSONDecoder().decode(
      [PathCheckpoint].self, from: JSONEncoder().encode(Array(places.values)))
    return FollowRun(arguments, inotify: false, checkpoints: hasRun ? left : nil) {
      $0.readsPast = true
      configure(&$0)
    }
  }

  func end(_ run: FollowRun) throws {
    hasRun = true
    for place in run.follower.takeCheckpoints() { places[place.path] = place }
    changes = run.changes
    positions = run.positions
  }

  /// Changes what is remembered, as only a system call could.
  func forge(_ path: String, _ change: (inout FileCheckpoint) -> Void) {
    for index in places[path]?.files.indices ?? 0..<0 { change(&places[path]!.files[index]) }
  }
}

@Suite("Following that goes on after the program ended")
struct RestartTests {
  let folder = TemporaryFolder()
  private let runs: SuccessiveRuns

  init() { runs = SuccessiveRuns([folder("a.log")]) }

  @Test("reads nothing again, and what comes later")
  func nothingAgain() throws {
    folder.write("a.log", "1\n2\n")
    #expect(try runs.next() == ["1", "2"])
    #expect(try runs.next() == [])
    folder.append("a.log", "3\n")
    #expect(try runs.next() == ["3"])
    #expect(runs.positions == [LinePosition(number: 3, offset: 4, isTruncated: false)])
    #expect(try runs.next() == [])
    #expect(runs.changes == [])
  }

  @Test("reads the rotated files too when it never ran, the oldest first")
  func firstRun() throws {
    folder.write("a.log.2", "1\n")
    folder.write("a.log.1", "2\n")
    folder.write("a.log", "3\n")
    #expect(try runs.next() == ["1", "2", "3"])
    #expect(try runs.next() == [])
  }

  @Test("joins a line that had begun with its end")
  func begunLine() throws {
    folder.write("a.log", "1\nhal")
    #expect(try runs.next() == ["1"])
    #expect(try runs.next() == [])
    folder.append("a.log", "f\n3\n")
    #expect(try runs.next() == ["half", "3"])
    #expect(runs.positions.map(\.number) == [2, 3])
  }

  @Test("joins a line that had begun with its end in the renamed file")
  func begunLineRenamed() throws {
    folder.write("a.log", "1\nhal")
    #expect(try runs.next() == ["1"])
    folder.append("a.log", "f\n")
    folder.move("a.log", "a.log.1")
    folder.write("a.log", "3\n")
    #expect(try runs.next() == ["half", "3"])
  }

  @Test("goes on in UTF-16, wherever a line, a character or its bytes had begun", arguments: 2...13)
  func wide(cut: Int) throws {
    var text: [UInt8] = [0xFF, 0xFE]
    for unit in "a\nbc\u{1F600}\n".utf16 { text += [UInt8(unit & 255), UInt8(unit >> 8)] }
    folder.write("a.log", Array(text[..<cut]))
    var lines = try runs.next()
    folder.append("a.log", Array(text[cut...]))
    lines += try runs.next()
    #expect(lines == ["a", "bc\u{1F600}"])
    folder.append("a.log", [0x64, 0, 0x0A, 0])
    #expect(try runs.next() == ["d"])
  }

  @Test("goes on in UTF-16 with its high bytes first")
  func wideBigEndian() throws {
    folder.write("a.log", [0xFE, 0xFF, 0, 0x61, 0, 0x0A, 0, 0x62])
    #expect(try runs.next() == ["a"])
    folder.append("a.log", [0, 0x63, 0, 0x0A])
    #expect(try runs.next() == ["bc"])
  }

  @Test("skips the rest of a line that was too long")
  func tooLong() throws {
    runs.configure = { $0.lineBytes = 64 }
    folder.write("a.log", "1\n" + String(repeating: "x", count: 100))
    #expect(try runs.next() == ["1", String(repeating: "x", count: 64)])
    folder.append("a.log", "yyy")
    #expect(try runs.next() == [])
    folder.append("a.log", "zzz\n2\n")
    #expect(try runs.next() == ["2"])
    #expect(runs.positions.map(\.number) == [3])
  }

  @Test("reads every file of a chain of renames, in order")
  func renames() throws {
    folder.write("a.log", "1\n")
    #expect(try runs.next() == ["1"])
    folder.append("a.log", "2\n")
    folder.move("a.log", "a.log.1")
    folder.write("a.log", "3\n")
    folder.move("a.log.1", "a.log.2")
    folder.move("a.log", "a.log.1")
    folder.write("a.log", "4\n")
    #expect(try runs.next() == ["2", "3", "4"])
    folder.append("a.log.1", "late\n")
    #expect(try runs.next() == ["late"])
  }

  @Test("goes on in the packed form of what it read", arguments: ["a.log.1.gz", "a.log.2.gz"])
  func packed(name: String) throws {
    folder.write("a.log", "1\n2\nhal")
    #expect(try runs.next() == ["1", "2"])
    folder.delete("a.log")
    folder.write(name, GzipFixture.member("1\n2\nhalf\n3\n"))
    folder.write("a.log", "4\n")
    #expect(try runs.next() == ["half", "3", "4"])
    #expect(try runs.next() == [])
  }

  @Test("is not misled by a new file that has the number of the old one")
  func numberUsedAgain() throws {
    folder.write("a.log", "1\n")
    #expect(try runs.next() == ["1"])
    folder.append("a.log", "2\n")
    folder.move("a.log", "a.log.1")
    folder.write("a.log", "3\nthat is longer\n")
    // As if the log had been packed and deleted before the new one was made.
    folder.write("a.log.1.gz", GzipFixture.member("1\n2\n"))
    folder.delete("a.log.1")
    let identity = try FileStatus(path: folder("a.log")).identity
    runs.forge(folder("a.log")) { $0.identity = identity }
    #expect(try runs.next() == ["2", "3", "that is longer"])
    #expect(try runs.next() == [])
  }

  @Test("reads a copy and then what was written after the truncation", arguments: [true, false])
  func copyTruncate(isLongerThanBefore: Bool) throws {
    folder.write("a.log", "1\n")
    #expect(try runs.next() == ["1"])
    folder.write("a.log.1", "1\n2\n")
    let now = isLongerThanBefore ? ["3", "more than there was"] : ["3"]
    folder.write("a.log", now.map { $0 + "\n" }.joined())
    #expect(try runs.next() == ["2"] + now)
    #expect(try runs.next() == [])
  }

  @Test("goes on in files that were put away, renamed ones included")
  func putAway() throws {
    let names = (0..<9).map { "\($0).log" }
    let runs = SuccessiveRuns(names.map { folder($0) })
    runs.configure = { $0.openFiles = 2 }
    for name in names { folder.write(name, "first \(name)\nhal") }
    #expect(try runs.next().count == 9)
    #expect(try runs.next() == [])
    for name in names { folder.append(name, "f \(name)\n") }
    folder.move("3.log", "3.log.1")
    folder.write("3.log", "new\n")
    #expect(try runs.next().sorted() == (names.map { "half \($0)" } + ["new"]).sorted())
    #expect(try runs.next() == [])
  }

  @Test("tells of a file that is gone with lines that nobody has read")
  func gone() throws {
    folder.write("a.log", "1\n")
    try runs.next()
    folder.append("a.log", "never read\n")
    folder.delete("a.log")
    folder.write("a.log", "2\n")
    let identity = FileIdentity(device: 1, inode: 1)
    runs.forge(folder("a.log")) { $0.identity = identity }
    #expect(try runs.next() == ["2"])
    #expect(runs.changes == [.gone(file: folder("a.log"))])
    #expect(try runs.next() == [])
    #expect(runs.changes == [], "it is told once")
  }

  @Test("loses nothing and repeats nothing, wherever it ends", arguments: 1...40)
  func anywhere(polls: Int) throws {
    let all = (0..<600).map { "\($0) " + String(repeating: "x", count: $0 * 13 % 40) }
    let part = { (range: Range<Int>) in all[range].map { $0 + "\n" }.joined() }
    folder.write("a.log.2.gz", GzipFixture.member(part(0..<200)))
    folder.write("a.log.1", part(200..<400))
    folder.write("a.log", part(400..<600))
    runs.configure = { $0.chunkBytes = 500 }
    let run = try runs.begin()
    var lines: [String] = []
    for _ in 0..<polls {
      _ = run.follower.poll(now: run.now, budget: 1) { _, line, _ in
        lines.append(text(line))
      }
    }
    try runs.end(run)
    folder.move("a.log.2.gz", "a.log.3.gz")
    folder.move("a.log.1", "a.log.2")
    folder.move("a.log", "a.log.1")
    folder.write("a.log", "last\n")
    #expect(try lines + runs.next() == all + ["last"])
  }
}
