package import Bytes

/// What following asks of a file system, so that tests can hand in one of their own.
///
/// The calls are made once a look or once a chunk, never once a line.
package protocol FileSystem: AnyObject {
  /// What stat(2) says of a path, links followed.
  func status(path: String) throws(Errno) -> FileStatus
  /// Whether the path itself is a symbolic link.
  func isLink(path: String) -> Bool
  /// The names in a folder.
  func listing(folder: String) throws(Errno) -> DirectoryListing
  /// Opens a path for reading. Never waits.
  func open(path: String) throws(Errno) -> any ReadableFile
  /// Whether changes of the folder are made by other machines, of which the kernel tells nothing.
  func isRemote(folder: String) -> Bool
}

/// An open file: it stays readable when it loses its name.
package protocol ReadableFile: AnyObject {
  /// The number to wait on with poll(2); negative where there is none.
  var number: Int32 { get }
  /// What fstat(2) says.
  func status() throws(Errno) -> FileStatus
  /// Reads at `offset` bytes from the file's start into the buffer, from its index `start` on, as
  /// pread(2). Nought means the end at present.
  func read(
    into buffer: inout MutableSpan<UInt8>, from start: Int, at offset: Int64
  ) throws(Errno) -> Int
  /// Reads what comes next from a pipe or a device.
  func readNext(into buffer: inout MutableSpan<UInt8>, from start: Int) throws(Errno) -> Int
  /// Whether a pipe or a device has something, as poll(2); `timeout` in milliseconds.
  func readiness(timeout: Int32) throws(Errno) -> Readiness
  /// Where data begins at or after `offset`, as lseek(2) with SEEK_DATA; nil where none does, or
  /// where the file system does not say.
  func nextData(from offset: Int64) -> Int64?
}
