import Bytes
import Glibc
import Testing

@Suite("An open file")
struct FileDescriptorTests {
  /// A file of one test, gone with it.
  final class TemporaryFile {
    let path: String

    init(_ text: String) {
      var template = Array("/tmp/tidemark-test-XXXXXX".utf8CString)
      // SAFETY: the template is a NUL-terminated buffer that mkstemp writes its name into.
      let number = unsafe mkstemp(&template)
      precondition(number >= 0, "no temporary file")
      path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      // SAFETY: the string's bytes live for the call.
      _ = unsafe write(number, text, text.utf8.count)
      _ = close(number)
    }

    deinit { _ = unsafe unlink(path) }
  }

  @Test("is read from its position, and at any offset without moving it")
  func reading() throws {
    let file = TemporaryFile("abcdef")
    let descriptor = try FileDescriptor(reading: file.path)
    var buffer = [UInt8](repeating: 0x2D, count: 4)
    var span = buffer.mutableSpan
    #expect(try descriptor.read(into: &span, from: 1) == 3)
    #expect(try descriptor.read(into: &span, from: 3, at: 5) == 1)
    #expect(buffer == Array("-abf".utf8))
    var rest = [UInt8](repeating: 0, count: 10)
    var restSpan = rest.mutableSpan
    #expect(try descriptor.read(into: &restSpan) == 3)
    #expect(try descriptor.read(into: &restSpan) == 0)
    try descriptor.seek(to: 4)
    #expect(try descriptor.read(into: &restSpan) == 2)
    #expect(rest.prefix(3) == [0x65, 0x66, 0x66])
  }

  @Test("knows its size, kind and identity by descriptor and by name")
  func status() throws {
    let file = TemporaryFile("abc")
    let byName = try FileStatus(path: file.path)
    let byDescriptor = try FileDescriptor(reading: file.path).status()
    #expect(byName == byDescriptor)
    #expect(byName.size == 3)
    #expect(byName.kind == .regular)
    #expect(byName.modified > 1_600_000_000_000_000_000)
    #expect(try FileStatus(path: "/dev/null").kind == .characterDevice)
    #expect(try FileStatus(path: "/tmp").kind == .directory)
  }

  @Test("is closed when its owner goes")
  func closing() throws {
    var number: Int32 = -1
    do {
      let descriptor = try FileDescriptor(reading: "/dev/null")
      number = descriptor.number
      #expect(fcntl(number, F_GETFD) >= 0)
    }
    // Another test may have taken the number since; what matters is that it is not /dev/null's.
    var raw = stat()
    // SAFETY: `raw` lives for the call.
    let isOpen = unsafe fstat(number, &raw) == 0
    let null = try FileStatus(path: "/dev/null").identity
    #expect(!isOpen || UInt64(raw.st_ino) != null.inode)
  }

  @Test("that is not there says so in words")
  func missing() {
    #expect(throws: Errno.notFound) { _ = try FileDescriptor(reading: "/nonexistent/a") }
    #expect(Errno.notFound.description == "No such file or directory (errno 2)")
    #expect(!Errno.notFound.isTransient)
    #expect(Errno.tooManyOpenFiles.isTransient)
  }

  @Test("has no name with a NUL inside")
  func nulInName() {
    #expect(throws: Errno.invalidArgument) { _ = try FileDescriptor(reading: "/dev/null\0x") }
    #expect(throws: Errno.invalidArgument) { _ = try FileStatus(path: "/tmp\0x") }
    #expect(throws: Errno.invalidArgument) { _ = try DirectoryListing(path: "/tmp\0x") }
  }

  @Test("that is a pipe says when it can be read and when its writer has gone")
  func readiness() throws {
    var ends: [Int32] = [0, 0]
    // SAFETY: pipe writes two numbers into a buffer of two.
    #expect(unsafe pipe(&ends) == 0)
    let reader = FileDescriptor(owning: ends[0])
    #expect(try reader.readiness(timeout: 0) == Readiness(canRead: false, isHungUp: false))
    // SAFETY: one byte of a string that lives for the call.
    _ = unsafe write(ends[1], "x", 1)
    #expect(try reader.readiness(timeout: 0) == Readiness(canRead: true, isHungUp: false))
    _ = close(ends[1])
    #expect(try reader.readiness(timeout: 0) == Readiness(canRead: true, isHungUp: true))
    var buffer: [UInt8] = [0, 0]
    var span = buffer.mutableSpan
    #expect(try reader.read(into: &span) == 1)
    #expect(try reader.read(into: &span) == 0)
    #expect(buffer[0] == 0x78)
  }

  @Test("is listed in its folder, in byte order, without . and ..")
  func listing() throws {
    let names = try DirectoryListing(path: "/dev").names
    #expect(names.contains("null"))
    #expect(!names.contains("."))
    #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(throws: Errno.notDirectory) { try DirectoryListing(path: "/dev/null") }
  }
}

@Suite("A chunk")
struct ByteChunkTests {
  enum Refusal: Error { case always }

  @Test("is filled behind its data and cleared")
  func filling() {
    var chunk = ByteChunk(capacity: 4)
    chunk.append { buffer, start in
      buffer[start] = 1
      buffer[start + 1] = 2
      return 2
    }
    chunk.append { buffer, start in
      buffer[start] = 3
      return 1
    }
    #expect([chunk.count, chunk.bytes.lastIndex(of: 3)] == [3, 2])
    #expect([chunk.isFull, chunk.bytes.isEmpty] == [false, false])
    chunk.clear()
    #expect([chunk.count, chunk.capacity] == [0, 4])
  }

  @Test("keeps what it holds when a fill fails")
  func failing() {
    var chunk = ByteChunk(capacity: 4)
    chunk.append { _, _ in 2 }
    do throws(Refusal) {
      try chunk.append { (_, _) throws(Refusal) in throw .always }
      Issue.record("the fill's error was lost")
    } catch {}
    let count = chunk.count
    #expect(count == 2)
  }
}
