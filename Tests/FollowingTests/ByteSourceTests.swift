import Bytes
import Following
import Glibc
import Testing

@Suite("The bytes of an open file")
struct ByteSourceTests {
  let folder = TemporaryFolder()

  private func source(_ name: String) throws -> ByteSource {
    ByteSource(
      try SystemFiles.shared.open(path: folder(name)), kind: .regular, name: name)
  }

  /// Reads as far as it goes: the bytes, and how it ended.
  private func read(
    _ source: inout ByteSource, chunkBytes: Int = 4096
  ) throws -> (bytes: [UInt8], state: SourceState) {
    var chunk = ByteChunk(capacity: chunkBytes)
    var bytes: [UInt8] = []
    while true {
      let state = try source.read(into: &chunk)
      guard state == .bytes else { return (bytes, state) }
      bytes += chunk.copy()
    }
  }

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("that were appended come after those that were there", arguments: [300, 4096])
  func appended(chunkBytes: Int) throws {
    let first = TrailText.bytes(10_000)
    folder.write("a.log", first)
    var source = try source("a.log")
    #expect(try read(&source, chunkBytes: chunkBytes) == (first, .end))
    #expect(try read(&source, chunkBytes: chunkBytes) == ([], .end))
    folder.append("a.log", "more\n")
    #expect(try read(&source, chunkBytes: chunkBytes) == (Self.bytes("more\n"), .end))
    #expect(source.rawOffset == 10_005)
  }

  @Test(
    "are changed when the file was truncated and has grown past the place",
    arguments: [20, 256, 10_000])
  func regrown(before: Int) throws {
    folder.write("a.log", TrailText.bytes(before))
    var source = try source("a.log")
    _ = try read(&source)
    folder.write("a.log", TrailText.bytes(before + 5_000, seed: 2))
    #expect(try read(&source) == ([], .changed))
  }

  @Test("are changed when the file was written anew to the same size", arguments: [20, 10_000])
  func rewritten(size: Int) throws {
    folder.write("a.log", TrailText.bytes(size))
    var source = try source("a.log")
    _ = try read(&source)
    folder.write("a.log", TrailText.bytes(size, seed: 2))
    #expect(try read(&source) == ([], .changed))
  }

  @Test("are changed when the file became shorter", arguments: [0, 1, 9_999])
  func shorter(size: Int) throws {
    folder.write("a.log", TrailText.bytes(10_000))
    var source = try source("a.log")
    _ = try read(&source)
    folder.write("a.log", TrailText.bytes(size))
    #expect(try read(&source) == ([], .changed))
  }

  @Test("are changed when so few were read that they decided nothing, and others are there now")
  func undecided() throws {
    folder.write("a.log", "B")
    var source = try source("a.log")
    #expect(try read(&source) == ([], .end))
    #expect(source.compression == nil)
    folder.write("a.log", "CZh9 is no packed file")
    #expect(try read(&source) == ([], .changed))
  }

  @Test("go on from the start after a restart")
  func restart() throws {
    folder.write("a.log", TrailText.bytes(5_000))
    var source = try source("a.log")
    _ = try read(&source)
    folder.write("a.log", GzipFixture.member("packed now\n"))
    #expect(try read(&source).state == .changed)
    source.restart()
    #expect(try read(&source) == (Self.bytes("packed now\n"), .end))
    #expect(source.compression == .gzip)
  }

  @Test("of a packed file go on with a member that was added")
  func addedMember() throws {
    folder.write("a.gz", GzipFixture.member("1\n"))
    var source = try source("a.gz")
    #expect(try read(&source) == (Self.bytes("1\n"), .end))
    folder.append("a.gz", GzipFixture.member("2\n"))
    #expect(try read(&source) == (Self.bytes("2\n"), .end))
  }

  @Test("of a packed file are changed when it was written anew", arguments: [1, 200])
  func packedRewritten(lines: Int) throws {
    folder.write("a.gz", GzipFixture.member("first text\n"))
    var source = try source("a.gz")
    _ = try read(&source)
    folder.write(
      "a.gz", GzipFixture.member((0..<lines).map { "other text \($0)\n" }.joined()))
    #expect(try read(&source) == ([], .changed))
  }

  @Test("behind a hole of 1 GiB are reached in one step")
  func hole() throws {
    let gibibyte: off_t = 1 << 30
    folder.write("a.log", "")
    // SAFETY: the path's bytes live for the call.
    let status = unsafe truncate(folder("a.log"), gibibyte)
    try #require(status == 0)
    folder.append("a.log", "ok\n")
    var source = try source("a.log")
    var chunk = ByteChunk(capacity: 4096)
    #expect(try source.read(into: &chunk) == .bytes)
    let first = chunk.count
    #expect(chunk.copy().allSatisfy { $0 == 0 })
    #expect(source.skipHole() == Int64(gibibyte) - Int64(first))
    #expect(try read(&source) == (Self.bytes("ok\n"), .end))
    #expect(source.skipHole() == 0)
    folder.append("a.log", "more\n")
    #expect(try read(&source) == (Self.bytes("more\n"), .end))
  }

  @Test("behind a hole come within one round of following, and the hole is counted")
  func followedHole() throws {
    let writer = Writer(folder("a.log"), O_WRONLY | O_CREAT)
    writer.write("before\n")
    let run = FollowRun([folder("a.log")], inotify: false)
    #expect(run.poll() == ["before"])
    // SAFETY: the path's bytes live for the call.
    let status = unsafe truncate(folder("a.log"), 0) | truncate(folder("a.log"), 1 << 30)
    try #require(status == 0)
    folder.append("a.log", "ok\n")
    #expect(run.poll() == ["ok"])
    #expect(run.rounds < 20)
    #expect(run.follower.counts.nulBytes == 1 << 30)
  }
}
