import Bytes
import Following
import Testing

@Suite("Simulated files")
struct SimulatedFilesTests {
  let files = SimulatedFiles()

  init() { files.makeFolder("/logs") }

  private func read(_ file: any ReadableFile, at offset: Int64 = 0) throws -> String {
    var bytes = [UInt8](repeating: 0, count: 64)
    var span = bytes.mutableSpan
    let count = try file.read(into: &span, from: 0, at: offset)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  @Test("an open file stays readable without a name, and its number is used again only then")
  func nameless() throws {
    let inode = files.makeFile("/logs/a", Array("old".utf8))
    var file: (any ReadableFile)? = try files.open(path: "/logs/a")
    files.unlink("/logs/a")
    #expect(try read(#require(file)) == "old")
    #expect(files.makeFile("/logs/b").number != inode.number)
    file = nil
    #expect(files.makeFile("/logs/c").number == inode.number)
    #expect(files.readerHandles == 0)
  }

  @Test("renaming takes the name from whatever had it")
  func renaming() throws {
    files.makeFile("/logs/a", Array("a".utf8))
    files.makeFile("/logs/b", Array("b".utf8))
    #expect(files.rename("/logs/a", to: "/logs/b"))
    #expect(try files.listing(folder: "/logs").names == ["b"])
    #expect(try read(files.open(path: "/logs/b")) == "a")
    #expect(throws: Errno.notFound) { try files.status(path: "/logs/a") }
  }

  @Test("two names of one file are one file, and renaming one to the other does nothing")
  func hardLinks() throws {
    files.makeFile("/logs/a", Array("a".utf8))
    #expect(files.hardLink("/logs/a", as: "/logs/b"))
    #expect(try files.status(path: "/logs/a") == files.status(path: "/logs/b"))
    #expect(!files.rename("/logs/a", to: "/logs/b"))
    #expect(try files.listing(folder: "/logs").names == ["a", "b"])
  }

  @Test("links to files and to folders are followed")
  func links() throws {
    files.makeFolder("/srv")
    files.makeFolder("/srv/one")
    files.makeFile("/srv/one/a", Array("1".utf8))
    files.makeLink("/srv/now", to: "/srv/one")
    files.makeLink("/logs/a", to: "/srv/now/a")
    #expect(try read(files.open(path: "/logs/a")) == "1")
    #expect(files.isLink(path: "/logs/a") && files.isLink(path: "/srv/now"))
    #expect(!files.isLink(path: "/srv/now/a"))
    #expect(try files.status(path: "/srv/now").kind == .directory)
    files.makeLink("/srv/now", to: "/srv/two")
    #expect(throws: Errno.notFound) { try files.open(path: "/logs/a") }
  }

  @Test("a writer without O_APPEND leaves a hole after a truncation; one with it does not")
  func holes() throws {
    let inode = files.makeFile("/logs/a")
    let writer = SimulatedWriter(inode, in: files, appends: false)
    writer.write([UInt8](repeating: 0x61, count: 40))
    files.truncate(inode)
    writer.write([0x62])
    let file = try files.open(path: "/logs/a")
    #expect(inode.bytes == [UInt8](repeating: 0, count: 40) + [0x62])
    #expect(file.nextData(from: 0) == 32)
    #expect(file.nextData(from: 40) == 40)
    #expect(file.nextData(from: 41) == nil)
    files.truncate(inode)
    SimulatedWriter(inode, in: files, appends: true).write([0x63])
    #expect(inode.bytes == [0x63])
  }

  @Test("faults come as often as asked for, and go")
  func faults() throws {
    let inode = files.makeFile("/logs/a", Array("a".utf8))
    files.failingOpens = 1
    #expect(throws: Errno.tooManyOpenFiles) { try files.open(path: "/logs/a") }
    let file = try files.open(path: "/logs/a")
    inode.failingReads = 1
    #expect(throws: Errno(code: 5)) { try read(file) }
    #expect(try read(file) == "a")
    inode.isLocked = true
    #expect(throws: Errno.notPermitted) { try files.open(path: "/logs/a") }
    #expect(try read(file) == "a")
  }

  @Test("times are those of the clock's last tick")
  func ticks() throws {
    files.tickNanoseconds = 4_000_000
    files.now = 10_000_001
    files.makeFile("/logs/a")
    #expect(try files.status(path: "/logs/a").modified == 8_000_000)
  }

  @Test("a short read gives a part, and reading on gives the rest")
  func shortReads() throws {
    files.readsShort = true
    files.makeFile("/logs/a", Array("0123456789".utf8))
    let file = try files.open(path: "/logs/a")
    var reads = 0
    for _ in 0..<20 {
      var text = ""
      while text.utf8.count < 10 {
        text += try read(file, at: Int64(text.utf8.count))
        reads += 1
      }
      #expect(text == "0123456789")
    }
    #expect(reads > 20)
  }

  @Test("something may happen before any call of the reader")
  func interruption() throws {
    files.makeFile("/logs/a")
    files.beforeCall = { [files] in files.unlink("/logs/a") }
    #expect(throws: Errno.notFound) { try files.open(path: "/logs/a") }
  }
}
