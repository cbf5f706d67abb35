import Bytes
import Following
import Glibc
import Testing

@Suite("What the arguments name")
struct DiscoveryTests {
  let folder = TemporaryFolder()

  /// The test's clock: a line `@7` has the time 7.
  private func find(_ arguments: [String], siblings: Bool = true) -> Discovery {
    Discovery(arguments: arguments, includesSiblings: siblings) { head in
      guard let at = head.firstIndex(of: 0x40) else { return nil }
      let end = head.firstIndex(of: 0x0A, from: at) ?? head.count
      return Int64(text(head.extracting((at + 1)..<end)))
    }
  }

  private func names(_ discovery: Discovery) -> [String] {
    discovery.files.map { String($0.path.dropFirst(folder.path.utf8.count + 1)) }
  }

  @Test("is read in the order named, each logical input by itself")
  func order() {
    for name in ["b.log", "a.log"] { folder.write(name, "x\n") }
    let found = find([folder("b.log"), folder("a.log")])
    #expect(names(found) == ["b.log", "a.log"])
    #expect(found.files.map(\.input) == [0, 1])
    #expect(found.inputs == [folder("b.log"), folder("a.log")])
    #expect(found.files.map(\.size) == [2, 2])
    #expect(found.problems.isEmpty)
  }

  @Test("is read once, whether reached by folder, name, link, glob or another spelling")
  func once() {
    folder.folder("logs")
    folder.write("logs/a.log", "x\n")
    folder.write("logs/b.log", "x\n")
    folder.link("logs/current.log", to: "a.log")
    folder.link("a-link", to: folder("logs/a.log"))
    let found = find([
      folder("a-link"), folder("logs/a.log"), folder("logs"), folder("logs/*.log"),
      folder("logs/../logs/b.log"), folder("a-link"),
    ])
    #expect(names(found) == ["a-link", "logs/b.log"])
  }

  @Test("of a folder is its regular files, not hidden ones, folders or pipes")
  func folderContents() {
    folder.folder("logs")
    folder.folder("logs/deeper")
    folder.write("logs/a.log", "")
    folder.write("logs/.hidden", "")
    folder.write("logs/deeper/b.log", "")
    folder.fifo("logs/pipe")
    #expect(names(find([folder("logs")])) == ["logs/a.log"])
    #expect(names(find([folder("logs/")])) == ["logs/a.log"])
  }

  @Test("brings a file's rotated siblings, the oldest first, as one input")
  func siblings() {
    for (name, text) in [
      ("app.log", "@50\n"), ("app.log.1", "@40\n"), ("app.log.2", "@30\n"), ("app.log.10", "@10\n"),
      ("app-20261101.log", "@5\n"), ("app.log.bak", "@1\n"), ("app.log.gz", "@2\n"),
      ("other.log.1", "@3\n"),
    ] {
      folder.write(name, text)
    }
    folder.write("app.log.3.gz", GzipFixture.member("@20\n"))
    let found = find([folder("app.log")])
    #expect(
      names(found) == [
        "app-20261101.log", "app.log.10", "app.log.3.gz", "app.log.2", "app.log.1", "app.log",
      ])
    #expect(found.inputs == [folder("app.log")])
    #expect(found.files.map(\.isSibling) == [true, true, true, true, true, false])
    #expect(found.files.map(\.firstTime) == [5, 10, 20, 30, 40, 50])
    #expect(names(find([folder("app.log")], siblings: false)) == ["app.log"])
  }

  struct Order: CustomTestStringConvertible, Sendable {
    let title: String
    /// Names with the time inside, as they are expected to be ordered.
    let files: [(String, Int?)]
    var testDescription: String { title }
  }

  @Test(
    "orders rotated files",
    arguments: [
      Order(
        title: "by the times inside, whatever the numbers say",
        files: [("a.log.1", 1), ("a.log.2", 2), ("a.log", 3)]),
      Order(
        title: "by number where there are no times",
        files: [("a.log.11", nil), ("a.log.2", nil), ("a.log.1", nil), ("a.log", nil)]),
      Order(
        title: "by date where there are no times",
        files: [("a.log-20261120", nil), ("a.log-20261121", nil), ("a.log", nil)]),
      Order(
        title: "a file without a time beside its elder",
        files: [("a.log.3", 10), ("a.log.2", nil), ("a.log.1", 20), ("a.log", nil)]),
      Order(
        title: "equal times by number",
        files: [("a.log.2", 7), ("a.log.1", 7), ("a.log", 7)]),
    ])
  func siblingOrder(order: Order) {
    for (name, time) in order.files { folder.write(name, time.map { "@\($0)\n" } ?? "no time\n") }
    #expect(names(find([folder("a.log")])) == order.files.map(\.0))
  }

  @Test("gives a rotated file that was itself named to the file whose past it is")
  func namedSibling() {
    for name in ["app.log", "app.log.1", "app.log.2"] { folder.write(name, "x\n") }
    let found = find([folder("app.log.1"), folder("app.log")])
    #expect(names(found) == ["app.log.2", "app.log.1", "app.log"])
    #expect(found.inputs == [folder("app.log")])
    let alone = find([folder("app.log.1")])
    #expect(names(alone) == ["app.log.1"])
    #expect(alone.files.map(\.isSibling) == [false])
  }

  @Test("groups a folder's files by what they are the past of")
  func groupedFolder() {
    folder.folder("logs")
    for name in ["a.log", "a.log.1", "b.log", "b-20261121.log", "c-20261121.log", "c-20261122.log"]
    {
      folder.write("logs/" + name, "x\n")
    }
    let found = find([folder("logs")])
    #expect(
      found.inputs.map(\.lastPart) == ["a.log", "b.log", "c-20261121.log", "c-20261122.log"])
    #expect(
      names(found) == [
        "logs/a.log.1", "logs/a.log", "logs/b-20261121.log", "logs/b.log", "logs/c-20261121.log",
        "logs/c-20261122.log",
      ])
  }

  @Test("that is missing is a problem, an input, and brings its siblings all the same")
  func missing() {
    folder.write("app.log.1", "x\n")
    let found = find([folder("app.log"), folder("none*.log"), folder("app.log.1/x")])
    #expect(names(found) == ["app.log.1"])
    #expect(found.inputs == [folder("app.log"), folder("app.log.1/x")])
    #expect(found.problems.map(\.kind) == [.missing, .noMatch, .missing])
    #expect(found.problems.map(\.isMissing) == [true, true, true])
    #expect(found.counts.unreadableFiles == 3)
    #expect(found.problems[0].description.hasPrefix(folder("app.log") + ": no such file"))
  }

  @Test("that is packed otherwise is named and counted, not read")
  func unsupported() {
    folder.write("app.log", "x\n")
    folder.write("app.log.1.zst", [0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0, 0, 0, 0])
    let found = find([folder("app.log")])
    #expect(names(found) == ["app.log"])
    #expect(found.problems.map(\.kind) == [.unsupportedCompression(.zstd)])
    #expect(found.counts.unsupportedCompression == 1)
    #expect(found.problems[0].description.contains("unsupported compression: zstd"))
  }

  @Test(
    "that may not be read is a problem",
    .disabled(if: geteuid() == 0, "root may read every file"))
  func forbidden() {
    folder.write("app.log", "x\n")
    // SAFETY: the path's bytes live for the call.
    let status = unsafe chmod(folder("app.log"), 0)
    #expect(status == 0)
    let found = find([folder("app.log")])
    #expect(found.files.isEmpty)
    #expect(found.problems.map(\.kind) == [.unreadable(.notPermitted)])
  }

  @Test(
    "that is a folder which may not be opened is a problem",
    .disabled(if: geteuid() == 0, "root may open every folder"))
  func forbiddenFolder() {
    folder.folder("logs")
    // SAFETY: the path's bytes live for the call.
    let status = unsafe chmod(folder("logs"), 0)
    #expect(status == 0)
    #expect(find([folder("logs")]).problems.map(\.kind) == [.unreadable(.notPermitted)])
  }

  @Test("that is a pipe or a device is a stream where it is named")
  func streams() {
    folder.fifo("pipe")
    let found = find([folder("pipe"), "/dev/null"])
    #expect(found.files.map(\.kind) == [.stream, .stream])
  }

  @Test("with the letters of a glob in its name is itself if it exists")
  func literalGlob() {
    folder.write("a[1].log", "x\n")
    folder.write("a1.log", "x\n")
    #expect(names(find([folder("a[1].log")])) == ["a[1].log"])
  }

  @Test("in a loop of links is a problem, not a hang")
  func linkLoop() {
    folder.link("a", to: "b")
    folder.link("b", to: "a")
    #expect(find([folder("a")]).problems.map(\.kind) == [.unreadable(Errno(code: ELOOP))])
  }
}

extension String {
  fileprivate var lastPart: String { split(separator: "/").last.map(String.init) ?? "" }
}
