import Glibc

/// An open file of the operating system: exactly one owner, closed when the owner goes.
package struct FileDescriptor: ~Copyable, Sendable {
  /// The number the kernel knows it by; valid while this value lives.
  package let number: Int32

  /// Takes over an open descriptor.
  package init(owning number: Int32) {
    precondition(number >= 0, "a descriptor number is never negative")
    self.number = number
  }

  /// Opens `path` for reading. It never waits: a FIFO opens at once, with or without a writer.
  package init(reading path: String) throws(Errno) {
    guard !path.utf8.contains(0) else { throw .invalidArgument }
    let flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
    // SAFETY: the string's bytes end with a NUL and live for the call.
    number = Int32(try retryingInterrupted { unsafe Int(open(path, flags)) })
  }

  /// A second descriptor of an open file, such as 0 for standard input, which stays open.
  package init(duplicating other: Int32) throws(Errno) {
    number = Int32(try retryingInterrupted { Int(fcntl(other, F_DUPFD_CLOEXEC, 3)) })
  }

  deinit {
    // Nothing was written, so there is no late error that close could report.
    _ = close(number)
  }
}
