#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A log of the demo could not be written.
package struct DemoWriteError: Error, Equatable, CustomStringConvertible {
  /// What was tried: `make the folder`, `open`, `write` or `close`.
  package let operation: String
  /// The file or folder.
  package let path: String
  /// The system's number of the reason.
  package let errno: Int32

  /// One sentence for the person at the terminal.
  package var description: String {
    // SAFETY: strerror returns a terminated string, and it is copied at once.
    let reason = unsafe String(cString: strerror(errno))
    return "demo: cannot \(operation) \(path): \(reason); "
      + "name a folder that can be written to and has room, and try again"
  }
}
