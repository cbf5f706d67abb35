import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The open log file of a service: it goes on writing to what it opened, whatever becomes of the
/// name.
final class LogWriter {
  private let number: Int32

  /// Creates the file if it is not there. Services append; some keep a place of their own instead.
  init(_ path: String, appending: Bool = true, mode: mode_t = 0o644) {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (appending ? O_APPEND : 0)
    // SAFETY: the path's bytes live for the call.
    number = unsafe open(path, flags, mode)
    precondition(number >= 0, "open \(path): errno \(errno)")
  }

  deinit { _ = close(number) }

  func write(_ text: String) { write(Data(text.utf8)) }

  func write(_ bytes: Data) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // SAFETY: the buffer lives for the call, and its own length is given.
      let count = unsafe rest.withUnsafeBytes {
        #if canImport(Glibc)
          unsafe Glibc.write(number, $0.baseAddress, $0.count)
        #else
          unsafe Darwin.write(number, $0.baseAddress, $0.count)
        #endif
      }
      precondition(count > 0, "write: errno \(errno)")
      rest = rest.dropFirst(count)
    }
  }

  func seek(to offset: Int) { _ = lseek(number, off_t(offset), SEEK_SET) }

  func truncate() { _ = ftruncate(number, 0) }
}

/// Renames a file, over another if need be.
func move(_ from: String, _ to: String) {
  // SAFETY: the paths' bytes live for the call.
  let status = unsafe rename(from, to)
  precondition(status == 0, "rename \(from) to \(to): errno \(errno)")
}

/// Makes NAME.1 to NAME.2 and so on, packed or not, so that NAME.1 is free.
private func shift(_ path: String) {
  func generation(_ number: Int) -> String? {
    ["\(path).\(number)", "\(path).\(number).gz"].first {
      FileManager.default.fileExists(atPath: $0)
    }
  }
  var count = 1
  while generation(count) != nil { count += 1 }
  for number in stride(from: count, to: 1, by: -1) {
    guard let old = generation(number - 1) else { continue }
    move(old, "\(path).\(number)" + (old.hasSuffix(".gz") ? ".gz" : ""))
  }
}

/// Rotates by rename as logrotate does.
func rotate(_ path: String) {
  shift(path)
  move(path, path + ".1")
}

/// Rotates as logrotate does with `copytruncate`.
func copyTruncate(_ path: String) throws {
  shift(path)
  try FileManager.default.copyItem(atPath: path, toPath: path + ".1")
  LogWriter(path).truncate()
}

/// The file's inode number.
func inode(_ path: String) throws -> Int {
  let number = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber]
  return (number as? NSNumber)?.intValue ?? 0
}

/// One line a number.
func lines(_ numbers: ClosedRange<Int>) -> String { numbers.map { "\($0)\n" }.joined() }

extension Scratch {
  /// Appends to the file as a service does that opens it for each line; creates it if need be.
  func append(_ name: String, _ text: String) { LogWriter(path(name)).write(text) }
}
