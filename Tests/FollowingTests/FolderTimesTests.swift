import Bytes
import Testing

@testable import Following

/// Files that other machines change too.
private final class RemoteFiles: FileSystem {
  private let files: SimulatedFiles

  init(_ files: SimulatedFiles) { self.files = files }

  func status(path: String) throws(Errno) -> FileStatus { try files.status(path: path) }
  func isLink(path: String) -> Bool { files.isLink(path: path) }
  func listing(folder: String) throws(Errno) -> DirectoryListing {
    try files.listing(folder: folder)
  }
  func open(path: String) throws(Errno) -> any ReadableFile { try files.open(path: path) }
  func isRemote(folder: String) -> Bool { folder == "/remote" }
}

@Suite("The times of folders")
struct FolderTimesTests {
  private let files = SimulatedFiles()
  private static let second: Int64 = 1_000_000_000

  init() {
    files.makeFolder("/logs")
    files.makeFolder("/remote")
    files.now += Self.second
  }

  /// Whether each of three looks, a second apart, finds a change.
  private func looks(_ times: inout FolderTimes, isTold: Bool = false) -> [Bool] {
    (0..<3).map { _ in
      files.now += Self.second
      return times.haveChanged(now: files.now, isTold: isTold)
    }
  }

  @Test("change when a name comes, and once more because they are coarse")
  func change() {
    var times = FolderTimes(files)
    #expect(times.isEmpty)
    times.add("/logs")
    #expect(!times.isEmpty)
    #expect(looks(&times) == [true, true, false])
    files.makeFile("/logs/a.log")
    #expect(looks(&times) == [true, true, false])
    files.unlink("/logs/a.log")
    #expect(looks(&times) == [true, true, false])
  }

  @Test("stay as they are when a file is only written to")
  func writing() throws {
    var times = FolderTimes(files)
    let file = files.makeFile("/logs/a.log")
    times.add("/logs")
    _ = looks(&times)
    files.truncate(file)
    #expect(looks(&times) == [false, false, false])
  }

  @Test("are asked of remote folders alone where the kernel tells of the others")
  func told() {
    var times = FolderTimes(RemoteFiles(files))
    times.add("/logs")
    times.add("/remote")
    #expect(looks(&times, isTold: true) == [true, true, false])
    files.makeFile("/logs/a.log")
    #expect(looks(&times, isTold: true) == [false, false, false])
    files.makeFile("/remote/a.log")
    #expect(looks(&times, isTold: true) == [true, true, false])
  }

  @Test("of a folder that is not there change when it comes and when it goes")
  func missing() {
    var times = FolderTimes(files)
    times.add("/later")
    _ = looks(&times)
    files.makeFolder("/later")
    #expect(looks(&times) == [true, true, false])
    files.unlink("/later")
    #expect(looks(&times) == [true, true, false])
  }

  @Test("that went backwards, or a clock that did, is a change like any other")
  func clock() {
    var times = FolderTimes(files)
    times.add("/logs")
    _ = looks(&times)
    files.now -= 3600 * Self.second
    files.makeFile("/logs/a.log")
    #expect(looks(&times) == [true, true, false])
  }
}
