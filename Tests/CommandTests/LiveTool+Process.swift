import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether the system shows its processes as files.
let hasProcessFiles = FileManager.default.fileExists(atPath: "/proc/self/status")

/// What the kernel says of the running program.
extension LiveTool {
  /// What its descriptors lead to; a file without a name ends in ` (deleted)`.
  var openPaths: [String] {
    let folder = "/proc/\(processIdentifier)/fd/"
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return numbers.compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: folder + $0)
    }
  }

  /// The most memory it has ever held at a time; nil where the system does not tell.
  var peakMemoryKiB: Int? { status("VmHWM:").flatMap { Int($0) } }

  /// Whether SIGSTOP has reached it.
  var isStopped: Bool { status("State:") == "T" }

  /// The first word behind the key in its status.
  private func status(_ key: String) -> Substring? {
    let text = try? String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix(key) }
    return line?.dropFirst(key.count).split(whereSeparator: \.isWhitespace).first
  }

  /// Runs the body while the program stands still, so that it finds all of it at once.
  func whileStopped<Result>(_ body: () throws -> Result) rethrows -> Result {
    signal(SIGSTOP)
    _ = waitUntil { isStopped }
    defer { signal(SIGCONT) }
    return try body()
  }
}

/// Looks every few milliseconds until something holds that nothing tells of; false when the
/// deadline passes first.
func waitUntil(
  within seconds: Double = LiveTool.deadlineSeconds, _ holds: () throws -> Bool
) rethrows -> Bool {
  let deadline = Date(timeIntervalSinceNow: seconds)
  while true {
    if try holds() { return true }
    guard Date() < deadline else { return false }
    // No descriptor is asked about; the call only lets others run.
    _ = poll(nil, 0, 5)
  }
}
