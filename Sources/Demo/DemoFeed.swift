#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a service's logs as it runs, in accelerated time: first the past in one go, then the
/// release and what follows as a reader would see it grow.
package final class DemoFeed {
  private var service: DemoService
  private var files: [LogFile] = []
  private var waiting: DemoLine?

  /// Makes the folder with the service's four empty logs.
  package init(options: DemoOptions, directory: String) throws(DemoWriteError) {
    service = DemoService(options: options)
    try makeFolder(directory)
    for file in DemoFile.allCases {
      files.append(try LogFile(path: directory + "/" + file.name))
    }
  }

  /// What was written so far.
  package var truth: DemoTruth { service.truth }

  /// Writes everything that happened before the release.
  package func writePast() throws(DemoWriteError) {
    try write(before: Int64(service.options.release) * 1_000_000)
  }

  /// Writes the rest, `speed` seconds of the service's time a second, and returns when all is out or
  /// `isStopped` says so.
  package func writeRest(
    speed: Double, isStopped: () -> Bool
  ) throws(DemoWriteError) {
    let release = Int64(service.options.release) * 1_000_000
    let start = Self.monotonicMicroseconds()
    var elapsed: Int64 = 0
    while !isStopped(), try write(before: release + Int64(min(Double(elapsed) * speed, 1e17))) {
      usleep(20_000)
      // By the clock, not by the sum of the naps, or the service would fall behind its own time.
      elapsed = Self.monotonicMicroseconds() - start
    }
  }

  private static func monotonicMicroseconds() -> Int64 {
    var time = timespec()
    // SAFETY: clock_gettime fills the structure it is given and keeps no reference to it.
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
  }

  /// Writes the lines before a moment; returns whether there are more.
  @discardableResult
  private func write(before moment: Int64) throws(DemoWriteError) -> Bool {
    while let line = waiting ?? service.next() {
      guard line.timeMicroseconds < moment else {
        waiting = line
        break
      }
      waiting = nil
      try files[line.file.rawValue].append(line.bytes)
    }
    for file in files { try file.flush() }
    return waiting != nil
  }
}
