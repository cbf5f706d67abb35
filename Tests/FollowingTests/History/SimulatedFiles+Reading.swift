import Bytes
import Following

/// The reader's side: what `Follower` may call.
extension SimulatedFiles: FileSystem {
  func status(path: String) throws(Errno) -> FileStatus {
    begin()
    switch entry(at: path) {
    case .file(let inode): return status(of: inode)
    case .folder(let folder):
      return FileStatus(
        identity: FileIdentity(device: Self.device, inode: folder.number), kind: .directory,
        size: 4096, modified: folder.modified)
    case .link, nil: throw .notFound
    }
  }

  func isLink(path: String) -> Bool {
    begin()
    if case .link? = entryItself(at: path) { return true }
    return false
  }

  func listing(folder: String) throws(Errno) -> DirectoryListing {
    begin()
    switch entry(at: folder) {
    case .folder(let found): return DirectoryListing(names: Array(found.entries.keys))
    case .file: throw .notDirectory
    case .link, nil: throw .notFound
    }
  }

  func open(path: String) throws(Errno) -> any ReadableFile {
    begin()
    switch entry(at: path) {
    case .file(let inode):
      if inode.isLocked {
        faults += 1
        throw .notPermitted
      }
      if failingOpens > 0 {
        failingOpens -= 1
        faults += 1
        throw .tooManyOpenFiles
      }
      return SimulatedFile(inode, in: self)
    case .folder: throw .isDirectory
    case .link, nil: throw .notFound
    }
  }

  func isRemote(folder: String) -> Bool { false }

  func status(of inode: SimulatedInode) -> FileStatus {
    FileStatus(
      identity: FileIdentity(device: Self.device, inode: inode.number, made: inode.made),
      kind: .regular,
      size: Int64(inode.bytes.count), modified: inode.modified)
  }

  fileprivate func begin() {
    calls += 1
    beforeCall?()
  }
}

/// A file that the reader has open.
final class SimulatedFile: ReadableFile {
  private static let holeUnit = 16
  let inode: SimulatedInode
  private let files: SimulatedFiles

  init(_ inode: SimulatedInode, in files: SimulatedFiles) {
    self.inode = inode
    self.files = files
    inode.readerHandles += 1
    files.readerHandles += 1
  }

  deinit {
    files.readerHandles -= 1
    inode.readerHandles -= 1
    files.forgetIfGone(inode)
  }

  let number: Int32 = -1

  func status() throws(Errno) -> FileStatus {
    files.begin()
    return files.status(of: inode)
  }

  func read(
    into buffer: inout MutableSpan<UInt8>, from start: Int, at offset: Int64
  ) throws(Errno) -> Int {
    files.begin()
    if inode.failingReads > 0 {
      inode.failingReads -= 1
      files.faults += 1
      inode.failedCall = files.calls
      throw Errno(code: 5)
    }
    guard offset >= 0 else { throw .invalidArgument }
    let first = Int(clamping: offset)
    var count = min(buffer.count - start, inode.bytes.count - first)
    guard count > 0 else { return 0 }
    if files.readsShort, Bool.random(using: &files.random) {
      count = Int.random(in: 1...count, using: &files.random)
    }
    for index in 0..<count { buffer[start + index] = inode.bytes[first + index] }
    return count
  }

  func readNext(into buffer: inout MutableSpan<UInt8>, from start: Int) throws(Errno) -> Int {
    preconditionFailure("a regular file is read at an offset")
  }

  func readiness(timeout: Int32) throws(Errno) -> Readiness {
    preconditionFailure("a regular file is never waited for")
  }

  /// A hole ends at a whole unit, as on a disk.
  func nextData(from offset: Int64) -> Int64? {
    let holeEnd = Int64(inode.holeBytes - inode.holeBytes % Self.holeUnit)
    if offset < holeEnd { return holeEnd }
    return offset < Int64(inode.bytes.count) ? offset : nil
  }
}
