package import Bytes
import CLinux
import Glibc

/// The operating system's own files.
package final class SystemFiles: FileSystem, Sendable {
  package static let shared = SystemFiles()

  package func status(path: String) throws(Errno) -> FileStatus { try FileStatus(path: path) }

  package func isLink(path: String) -> Bool { FileStatus.isLink(path: path) }

  package func listing(folder: String) throws(Errno) -> DirectoryListing {
    try DirectoryListing(path: folder)
  }

  package func open(path: String) throws(Errno) -> any ReadableFile {
    SystemFile(try FileDescriptor(reading: path))
  }

  /// `f_type` of network and user-space file systems. Source: statfs(2), linux/magic.h.
  private static let remoteTypes: Set<UInt32> = [
    0x6969,  // NFS
    0x517B, 0xFF53_4D42, 0xFE53_4D42,  // SMB, CIFS, SMB2
    0x6573_5546,  // FUSE: sshfs, s3fs and others
    0x0102_1997,  // 9p
    0x00C3_6400,  // Ceph
    0x5346_414F,  // AFS
    0x0BD0_0BD0,  // Lustre
    0x0116_1970,  // GFS2
    0x7461_636F,  // OCFS2
    0x786F_4256,  // VirtualBox shared folders
  ]

  package func isRemote(folder: String) -> Bool {
    // SAFETY: the string's bytes end with a NUL and live for the call.
    let type = unsafe tidemark_file_system_type(folder)
    return Self.remoteTypes.contains(type)
  }
}

/// One open file of the operating system.
package final class SystemFile: ReadableFile {
  private let descriptor: FileDescriptor

  package init(_ descriptor: consuming FileDescriptor) {
    self.descriptor = descriptor
  }

  package var number: Int32 { descriptor.number }

  package func status() throws(Errno) -> FileStatus { try descriptor.status() }

  package func read(
    into buffer: inout MutableSpan<UInt8>, from start: Int, at offset: Int64
  ) throws(Errno) -> Int {
    try descriptor.read(into: &buffer, from: start, at: offset)
  }

  package func readNext(
    into buffer: inout MutableSpan<UInt8>, from start: Int
  ) throws(Errno) -> Int {
    try descriptor.read(into: &buffer, from: start)
  }

  package func readiness(timeout: Int32) throws(Errno) -> Readiness {
    try descriptor.readiness(timeout: timeout)
  }

  package func nextData(from offset: Int64) -> Int64? {
    let found = lseek(descriptor.number, off_t(offset), tidemark_seek_data)
    return found < 0 ? nil : Int64(found)
  }
}
