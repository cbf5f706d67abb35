import Glibc

/// What poll(2) says of one descriptor.
package struct Readiness: Hashable, Sendable {
  /// A read returns bytes, or the end, without waiting.
  package let canRead: Bool
  /// Every writer has gone. Bytes may still be there to read.
  package let isHungUp: Bool

  package init(canRead: Bool, isHungUp: Bool) {
    self.canRead = canRead
    self.isHungUp = isHungUp
  }
}

extension FileDescriptor {
  /// Reads from the current position into the buffer, from its index `start` on. Nought means that
  /// there is nothing more at present: the end of a file, or a pipe without writers. Throws
  /// `.wouldBlock` where a read would wait.
  package borrowing func read(
    into buffer: inout MutableSpan<UInt8>, from start: Int = 0
  ) throws(Errno) -> Int {
    precondition(start >= 0 && start <= buffer.count, "a read starts inside the buffer")
    let number = number
    // SAFETY: the bytes from `start` to the end of the buffer are valid for the whole call.
    return try unsafe buffer.withUnsafeMutableBufferPointer { (target) throws(Errno) in
      guard let base = target.baseAddress else { return 0 }
      let room = target.count - start
      return try retryingInterrupted { unsafe Glibc.read(number, base + start, room) }
    }
  }

  /// Reads at `offset` bytes from the file's start and leaves the position alone.
  package borrowing func read(
    into buffer: inout MutableSpan<UInt8>, from start: Int = 0, at offset: Int64
  ) throws(Errno) -> Int {
    precondition(start >= 0 && start <= buffer.count, "a read starts inside the buffer")
    let number = number
    // SAFETY: the bytes from `start` to the end of the buffer are valid for the whole call.
    return try unsafe buffer.withUnsafeMutableBufferPointer { (target) throws(Errno) in
      guard let base = target.baseAddress else { return 0 }
      let room = target.count - start
      return try retryingInterrupted {
        unsafe Glibc.pread(number, base + start, room, off_t(offset))
      }
    }
  }

  /// Moves the position to `offset` bytes from the start. Throws `ESPIPE` for pipes.
  package borrowing func seek(to offset: Int64) throws(Errno) {
    let number = number
    try retryingInterrupted { Int(lseek(number, off_t(offset), SEEK_SET)) }
  }

  /// What fstat(2) says of the open file, which may have lost its name.
  package borrowing func status() throws(Errno) -> FileStatus {
    try FileStatus(number: number)
  }

  /// Waits until there is something to read, at most `timeout` milliseconds; a negative one is for
  /// ever, nought only looks. Throws `.interrupted` when a signal comes: whoever waits wants to
  /// know, so this call alone is not made again.
  package borrowing func readiness(timeout: Int32) throws(Errno) -> Readiness {
    var request = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    // SAFETY: one request, which lives for the call.
    guard unsafe poll(&request, 1, timeout) >= 0 else { throw .current }
    let seen = Int32(request.revents)
    return Readiness(
      canRead: seen & (POLLIN | POLLHUP | POLLERR) != 0, isHungUp: seen & POLLHUP != 0)
  }
}
