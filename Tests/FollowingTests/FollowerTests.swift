import Bytes
import Following
import Glibc
import Testing

@Suite("Following")
struct FollowerTests {
  let folder = TemporaryFolder()

  @Test("reads what is there, then what comes", arguments: [true, false])
  func growing(inotify: Bool) {
    folder.write("a.log", "1\n2\n")
    let run = FollowRun([folder("a.log")], inotify: inotify)
    #expect(run.poll() == ["1", "2"])
    #expect(run.poll() == [])
    folder.append("a.log", "3\n")
    #expect(run.poll() == ["3"])
    #expect(run.positions.map(\.number) == [1, 2, 3])
    #expect(run.positions.map(\.offset) == [0, 2, 4])
    #expect(run.changes == [])
    #expect(!run.isEnded)
  }

  @Test("holds a begun line until its end comes", arguments: [true, false])
  func partialLine(inotify: Bool) {
    folder.write("a.log", "ERR")
    let run = FollowRun([folder("a.log")], inotify: inotify)
    #expect(run.poll() == [])
    #expect(run.follower.hasPartialLine)
    folder.append("a.log", "OR x\nnext")
    #expect(run.poll() == ["ERROR x"])
    #expect(run.flush() == ["next"])
    #expect(run.flush() == [])
  }

  @Test(
    "may begin at the end, but never inside a line",
    arguments: [
      ("1\n2\n3\n", FollowStart.end, ["x"]),
      ("1\n2\nERR", .end, ["ERRx"]),
      ("ERR", .end, ["ERRx"]),
      ("", .end, ["x"]),
      ("1\n2\n3\n", .lastLines(2), ["2", "3", "x"]),
      ("1\n2\nERR", .lastLines(2), ["2", "ERRx"]),
      ("1\n2\n3\n", .lastLines(0), ["x"]),
      ("1\n2\n", .lastLines(9), ["1", "2", "x"]),
      ("\n\n\n", .lastLines(1), ["", "x"]),
      ("1\n2\n", .beginning, ["1", "2", "x"]),
    ])
  func start(content: String, start: FollowStart, expected: [String]) {
    folder.write("a.log", content)
    let run = FollowRun([folder("a.log")], inotify: false) { $0.start = start }
    run.poll()
    folder.append("a.log", "x\n")
    run.poll()
    #expect(run.lines == expected)
  }

  @Test("begins at the end of packed and UTF-16 files by reading them in silence")
  func startAtPackedEnd() {
    folder.write("a.gz", GzipFixture.member("1\n2\n"))
    folder.write("b.log", [0xFF, 0xFE, 0x61, 0, 0x0A, 0])
    let run = FollowRun([folder("a.gz"), folder("b.log")], inotify: false) { $0.start = .end }
    #expect(run.poll() == [])
    folder.append("a.gz", GzipFixture.member("3\n"))
    folder.append("b.log", [0x62, 0, 0x0A, 0])
    #expect(run.poll() == ["3", "b"])
  }

  @Test("finds the last lines of a file many chunks long")
  func lastLinesOfLargeFile() {
    let filler = String(repeating: "x", count: 99)
    folder.write("a.log", (1...9000).map { "\($0) \(filler)\n" }.joined())
    let run = FollowRun([folder("a.log")], inotify: false) { $0.start = .lastLines(5000) }
    run.poll()
    #expect(run.lines.count == 5000)
    #expect(run.lines.first == "4001 \(filler)")
  }

  @Test("goes through a rotation by rename", arguments: [true, false])
  func rotation(inotify: Bool) {
    folder.write("a.log", "1\n")
    let run = FollowRun([folder("a.log")], inotify: inotify)
    run.poll()
    folder.append("a.log", "2\n")
    folder.move("a.log", "a.log.1")
    folder.write("a.log", "3\n")
    #expect(run.poll() == ["2", "3"])
    folder.append("a.log", "4\n")
    #expect(run.poll() == ["4"])
    #expect(run.changes == [.rotated(file: folder("a.log"))])
    #expect(Set(run.inputs) == [0])
  }

  @Test(
    "reads late lines of the renamed file, until it was quiet long enough",
    arguments: [true, false])
  func lateLines(inotify: Bool) {
    let old = Writer(folder("a.log"))
    old.write("1\n")
    let run = FollowRun([folder("a.log")], inotify: inotify)
    run.poll()
    folder.move("a.log", "a.log.1")
    folder.write("a.log", "2\n")
    #expect(run.poll() == ["2"])
    old.write("3\n")
    #expect(run.poll(after: 30) == ["3"])
    old.write("4\n")
    folder.append("a.log", "5\n")
    #expect(run.poll(after: 59) == ["4", "5"])
    #expect(run.follower.lateLines == 2)
    // One of them is the writer's own.
    #expect(descriptors(of: "a.log.1") == 2)
    run.poll(after: 61)
    #expect(descriptors(of: "a.log.1") == 1)
    #expect(run.lines == ["1", "2", "3", "4", "5"])
  }

  @Test("joins a begun line with its end in the renamed file", arguments: [true, false])
  func partialAcrossRotation(inotify: Bool) {
    let old = Writer(folder("a.log"))
    old.write("ERR")
    let run = FollowRun([folder("a.log")], inotify: inotify)
    run.poll()
    folder.move("a.log", "a.log.1")
    folder.write("a.log", "2\n")
    run.poll()
    old.write("OR\n")
    #expect(run.poll() == ["ERROR"])
    #expect(run.lines == ["2", "ERROR"])
  }

  @Test("loses no file that had the name only between two looks", arguments: [true, false])
  func missedGenerations(inotify: Bool) {
    folder.write("a.log", "1\n")
    folder.write("a.log.7", "old\n")
    let run = FollowRun([folder("a.log")], inotify: inotify)
    run.poll()
    for generation in 2...4 {
      for number in stride(from: generation - 2, through: 1, by: -1) {
        folder.move("a.log.\(number)", "a.log.\(number + 1)")
      }
      folder.move("a.log", "a.log.1")
      folder.write("a.log", "\(generation)\n")
    }
    #expect(run.poll() == ["2", "3", "4"])
    #expect(run.poll(after: 70) == [])
    #expect(run.lines == ["1", "2", "3", "4"])
  }

  @Test("starts over after a truncation", arguments: [true, false])
  func truncation(inotify: Bool) {
    folder.write("a.log", "1\n2\n3\n")
    let run = FollowRun([folder("a.log")], inotify: inotify)
    run.poll()
    folder.write("a.log", "4\n")
    #expect(run.poll() == ["4"])
    #expect(run.changes == [.truncated(file: folder("a.log"))])
    #expect(run.positions.last == LinePosition(number: 1, offset: 0, isTruncated: false))
  }

  @Test(
    "reads a copytruncate once, although the copy has a sibling's name", arguments: [true, false])
  func copyTruncate(inotify: Bool) {
    folder.write("a.log", "1\n2\n")
    let run = FollowRun([folder("*.log*")], inotify: inotify)
    run.poll()
    folder.write("a.log.1", "1\n2\n")
    folder.write("a.log", "3\n")
    run.poll()
    run.poll(after: 10)
    #expect(run.lines == ["1", "2", "3"])
  }

  @Test(
    "skips the NUL bytes that a truncation leaves before a writer's place",
    arguments: [true, false])
  func sparse(inotify: Bool) {
    let writer = Writer(folder("a.log"), O_WRONLY | O_CREAT)
    writer.write("first line\n")
    let run = FollowRun([folder("a.log")], inotify: inotify)
    run.poll()
    // SAFETY: the path's bytes live for the call.
    let status = unsafe truncate(folder("a.log"), 0)
    #expect(status == 0)
    run.poll()
    writer.write("ok\n")
    #expect(run.poll() == ["ok"])
    #expect(run.follower.counts.nulBytes == 11)
    #expect(run.follower.notices.map(\.kind) == [.nulBytes])
  }

  @Test("waits for a named file that is not there yet", arguments: [true, false])
  func missing(inotify: Bool) {
    let run = FollowRun([folder("a.log"), folder("no/b.log")], inotify: inotify)
    #expect(run.poll() == [])
    #expect(run.poll() == [])
    folder.write("a.log", "1\n")
    #expect(run.poll() == ["1"])
    folder.folder("no")
    folder.write("no/b.log", "2\n")
    #expect(run.poll() == ["2"])
    #expect(run.inputs == [0, 1])
    #expect(
      run.changes == [
        .missing(file: folder("a.log")), .missing(file: folder("no/b.log")),
        .appeared(file: folder("a.log")), .appeared(file: folder("no/b.log")),
      ])
  }

  @Test("lets a deleted file go and takes the new one", arguments: [true, false])
  func deleted(inotify: Bool) {
    folder.write("a.log", "1\n")
    let run = FollowRun([folder("a.log")], inotify: inotify)
    run.poll()
    folder.delete("a.log")
    run.poll()
    #expect(descriptors(of: "a.log (deleted)") == 1)
    run.poll(after: 61)
    #expect(descriptors(of: "a.log (deleted)") == 0)
    folder.write("a.log", "2\n")
    #expect(run.poll() == ["2"])
    #expect(run.changes == [.missing(file: folder("a.log")), .appeared(file: folder("a.log"))])
  }

  @Test("takes up new files of folders and globs, but no rotated ones", arguments: [true, false])
  func newFiles(inotify: Bool) {
    folder.folder("logs")
    folder.write("logs/a.log", "1\n")
    folder.write("logs/a.log.1", "past\n")
    for argument in ["logs", "logs/*.log*", "**/*.log*"] {
      let run = FollowRun([folder(argument)], inotify: inotify)
      #expect(run.poll() == ["1"])
      #expect(run.follower.past.map(\.path) == [folder("logs/a.log.1")])
      folder.write("logs/b.log", "2\n")
      folder.write("logs/a.log.2", "older\n")
      folder.write("logs/.hidden.log", "no\n")
      // A glob over folders is looked at in sweeps where the kernel tells nothing of the deeper one.
      #expect(run.poll(after: 6) == ["2"])
      #expect(run.inputs == [0, 1])
      #expect(run.follower.inputs == [folder("logs/a.log"), folder("logs/b.log")])
      #expect(run.changes == [.appeared(file: folder("logs/b.log"))])
      for name in ["b.log", "a.log.2", ".hidden.log"] { folder.delete("logs/" + name) }
    }
  }

  @Test(
    "forgets a deleted file that a folder led to, once nothing is left of it",
    arguments: [true, false])
  func forgets(inotify: Bool) {
    folder.write("a.log", "1\n")
    folder.write("b.log", "2\n")
    folder.write("b.log.1", "older\n")
    let run = FollowRun([folder.path], inotify: inotify)
    #expect(run.poll() == ["1", "2"])
    folder.delete("a.log")
    folder.delete("b.log")
    run.poll()
    for _ in 0..<4 { run.poll(after: 400) }
    #expect(run.follower.takeForgotten() == [folder("a.log")])
    folder.write("a.log", "3\n")
    folder.write("b.log", "4\n")
    #expect(Set(run.poll(after: 1)) == ["3", "4"])
    #expect(run.follower.takeForgotten() == [])
  }

  @Test("does not read a file again that matches under its new name", arguments: [true, false])
  func renamedWithinGlob(inotify: Bool) {
    folder.folder("logs")
    folder.write("logs/a.log", "1\n")
    let run = FollowRun([folder("logs")], inotify: inotify)
    run.poll()
    folder.move("logs/a.log", "logs/renamed.txt")
    run.poll(after: 6)
    folder.write("logs/a.log", "2\n")
    run.poll(after: 6)
    run.poll(after: 100)
    run.poll(after: 100)
    #expect(run.lines == ["1", "2"])
  }

  @Test("reads a file named twice, by itself and through a link, once", arguments: [true, false])
  func twice(inotify: Bool) {
    folder.write("a.log", "1\n")
    folder.link("b.log", to: "a.log")
    let run = FollowRun([folder("b.log"), folder("a.log"), folder("b.log")], inotify: inotify)
    run.poll()
    folder.append("a.log", "2\n")
    run.poll()
    #expect(run.lines == ["1", "2"])
  }

  @Test(
    "follows a link to another folder, and late lines in the old one", arguments: [true, false])
  func linkSwap(inotify: Bool) {
    for name in ["rel1", "rel2"] { folder.folder(name) }
    folder.write("rel1/app.log", "1\n")
    folder.link("current", to: "rel1")
    let run = FollowRun([folder("current/app.log")], inotify: inotify)
    run.poll()
    folder.write("rel2/app.log", "2\n")
    folder.link("next", to: "rel2")
    folder.move("next", "current")
    #expect(run.poll() == ["2"])
    folder.append("rel1/app.log", "3\n")
    folder.append("rel2/app.log", "4\n")
    #expect(Set(run.poll()) == ["3", "4"])
  }

  @Test(
    "reads a gzip file that is still being written, as far as it goes", arguments: [true, false])
  func growingGzip(inotify: Bool) {
    let all = (1...50).map { "line number \($0)" }
    let bytes = GzipFixture.member(all.map { $0 + "\n" }.joined()) + GzipFixture.member("end\n")
    folder.write("a.gz", Array(bytes[..<1]))
    let run = FollowRun([folder("a.gz")], inotify: inotify)
    for start in stride(from: 1, to: bytes.count, by: 37) {
      run.poll()
      folder.append("a.gz", Array(bytes[start..<min(start + 37, bytes.count)]))
    }
    run.poll()
    #expect(run.lines == all + ["end"])
    #expect(run.follower.notices.isEmpty)
  }

  @Test("gives everything of a packed file, however small the budget")
  func smallBudget() {
    folder.write(
      "a.gz",
      GzipFixture.member(
        (1...5000).map { "\($0) \(String(repeating: "x", count: 300))\n" }.joined()))
    folder.write("b.log", (1...5000).map { "\($0)\n" }.joined())
    let run = FollowRun([folder("a.gz"), folder("b.log")], inotify: true)
    run.poll(budget: 1000)
    #expect(run.lines.count == 10_000)
    #expect(run.inputs.count { $0 == 0 } == 5000)
  }

  @Test("stays within its budget and gives every file its turn", arguments: [true, false])
  func fairness(inotify: Bool) {
    folder.write("a.log", String(repeating: "x\n", count: 1_000_000))
    folder.write("b.log", "b\n")
    let run = FollowRun([folder("a.log"), folder("b.log")], inotify: inotify)
    var seen: [Int] = []
    for _ in 0..<2 {
      let result = run.follower.poll(now: run.now, budget: 300_000) { input, _, _ in
        seen.append(input)
      }
      #expect(result.isPending)
      #expect(result.bytes < 900_000)
    }
    #expect(seen.contains(1))
  }

  @Test(
    "holds few descriptors, and loses nothing of the files it put away", arguments: [true, false])
  func manyFiles(inotify: Bool) {
    for number in 0..<40 { folder.write("\(number).log", "first \(number)\n") }
    let run = FollowRun([folder.path], inotify: inotify) { $0.openFiles = 5 }
    #expect(run.poll().count == 40)
    #expect(descriptors(of: ".log") <= 6)
    folder.append("17.log", "again 17\nhal")
    folder.append("33.log", "again 33\n")
    #expect(run.poll().sorted() == ["again 17", "again 33"])
    folder.append("17.log", "f\n")
    folder.append("20.log", "before\n")
    folder.move("20.log", "20.log.1")
    folder.write("20.log", "after\n")
    #expect(run.poll(after: 6).sorted() == ["after", "before", "half"])
  }

  @Test("reads every line once, whatever happens to the file", arguments: [true, false], 1...25)
  func randomHistory(inotify: Bool, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var writers = [Writer(folder("a.log"))]
    var serial = 0
    var generation = 0
    let run = FollowRun([folder("a.log")], inotify: inotify)
    for _ in 0..<60 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0...2:
        serial += 1
        writers[writers.count - 1].write("\(serial)\n")
      case 3 where writers.count > 1:
        // The grace period is longer than the history, so every old file is still read.
        serial += 1
        writers[Int.random(in: 0..<writers.count, using: &random)].write("\(serial)\n")
      case 4:
        generation += 1
        folder.move("a.log", "a.log.\(1000 - generation)")
        writers.append(Writer(folder("a.log")))
      case 5:
        run.poll()
        // SAFETY: the path's bytes live for the call.
        _ = unsafe truncate(folder("a.log"), 0)
        run.poll()
      default:
        run.poll(after: 0.1, budget: Int.random(in: 1...100, using: &random))
      }
    }
    run.poll(after: 1)
    #expect(run.lines.compactMap { Int($0) }.sorted() == Array(1..<(serial + 1)))
  }

  @Test("keeps up with a writer that rotates all the time", arguments: [true, false])
  func busyWriter(inotify: Bool) async {
    let path = folder("a.log")
    folder.write("a.log", "")
    let run = FollowRun([path], inotify: inotify)
    let writing = Task.detached {
      for generation in 0..<100 {
        let writer = Writer(path)
        for line in 0..<100 { writer.write("\(generation * 100 + line)\n") }
        // SAFETY: the path's bytes live for the call.
        _ = unsafe rename(path, "\(path).\(1000 - generation)")
        _ = Writer(path)
      }
    }
    for _ in 0..<200_000 where run.lines.count < 10_000 {
      run.poll(after: 0.01)
      await Task.yield()
    }
    await writing.value
    #expect(run.lines.compactMap { Int($0) }.sorted() == Array(0..<10_000))
  }

  @Test("reads a FIFO until its writers have gone, also its last line", arguments: [true, false])
  func fifo(inotify: Bool) {
    folder.fifo("pipe")
    let run = FollowRun([folder("pipe")], inotify: inotify)
    #expect(run.poll() == [])
    #expect(!run.isEnded)
    do {
      let writer = Writer(folder("pipe"), O_WRONLY)
      writer.write("1\n2")
      #expect(run.poll() == ["1"])
      #expect(!run.isEnded)
    }
    #expect(run.poll() == ["2"])
    #expect(run.isEnded)
    #expect(run.changes == [.ended(file: folder("pipe"))])
  }

  @Test("of /dev/null ends at once")
  func deviceNull() {
    let run = FollowRun(["/dev/null"], inotify: true)
    #expect(run.poll() == [])
    #expect(run.isEnded)
  }

  @Test("waits no longer than asked and wakes when something was written")
  func waiting() {
    folder.write("a.log", "")
    let run = FollowRun([folder("a.log")], inotify: true)
    run.poll()
    #expect(run.follower.wait(timeout: 0) == .timeout)
    folder.append("a.log", "1\n")
    #expect(run.follower.wait(timeout: 10_000) == .ready)
    #expect(run.poll() == ["1"])
    folder.fifo("pipe")
    let pipe = FollowRun([folder("pipe")], inotify: false)
    pipe.poll()
    #expect(pipe.follower.wait(timeout: 0) == .timeout)
    let writer = Writer(folder("pipe"), O_WRONLY)
    writer.write("x\n")
    #expect(pipe.follower.wait(timeout: -1) == .ready)
    #expect(pipe.poll() == ["x"])
  }

  @Test(
    "reads a file that may be read only later, with one word about it",
    .disabled(if: geteuid() == 0, "root may read every file"))
  func permission() {
    folder.write("a.log", "1\n")
    // SAFETY: the path's bytes live for the call.
    _ = unsafe chmod(folder("a.log"), 0)
    let run = FollowRun([folder("a.log")], inotify: true)
    #expect(run.poll() == [])
    #expect(run.poll() == [])
    // SAFETY: the path's bytes live for the call.
    _ = unsafe chmod(folder("a.log"), 0o644)
    #expect(run.poll() == ["1"])
    #expect(run.changes.count == 1)
  }

  /// How many descriptors of this process lead to a path of this test's folder that ends so.
  private func descriptors(of suffix: String) -> Int {
    let names = (try? DirectoryListing(path: "/proc/self/fd"))?.names ?? []
    return names.count { name in
      var target = [CChar](repeating: 0, count: 4096)
      // SAFETY: the buffer is longer than the length that is given.
      guard unsafe readlink("/proc/self/fd/" + name, &target, 4095) > 0 else { return false }
      let path = String(
        decoding: target.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return path.hasPrefix(folder.path) && path.hasSuffix(suffix)
    }
  }
}
