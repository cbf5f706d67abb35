import Bytes
import Following
import Foundation
import Store

/// Commits to a state file as a job would, one line each time, so that tests can see what a fault at
/// any system call does to it. Usage: `StoreDriver FILE COMMITS`
///
/// Prints `committed N` when the N-th line of the job is on the disk, and every error. A commit that
/// fails is made again, as a job would do it; the status is 1 when that does not help.
@main
struct Driver {
  private static let attempts = 3

  static func main() {
    let path = CommandLine.arguments[1]
    let commits = Int(CommandLine.arguments[2]) ?? 0
    exit(run(path: path, commits: commits) ? 0 : 1)
  }

  private static func run(path: String, commits: Int) -> Bool {
    do {
      let state = try StateFile(path: path, now: 0)
      if let notice = state.notice { say("notice \(notice)") }
      let job = state.job("driven")
      let record = try job.load()
      var paths = record.checkpoints
      if paths.isEmpty { paths = (0..<4).map(newPath) }
      let first = Int(record.counts["lines"] ?? 0) + 1
      for line in first..<first + commits {
        readLine(line, of: &paths[line % paths.count])
        guard commit([paths[line % paths.count]], line: line, to: job) else { return false }
        say("committed \(line)")
      }
      return true
    } catch {
      say("error \(error)")
      return false
    }
  }

  private static func commit(_ paths: [PathCheckpoint], line: Int, to job: Job) -> Bool {
    for _ in 0..<attempts {
      do {
        try job.commit(
          JobCommit(
            paths: paths, counts: ["lines": 1], cursor: "line \(line)", lastRun: Int64(line)))
        return true
      } catch {
        say("error \(error)")
      }
    }
    return false
  }

  private static func newPath(_ number: Int) -> PathCheckpoint {
    let file = FileCheckpoint(
      identity: FileIdentity(device: 1, inode: 2), trail: trail(100_000), resumeOffset: 0,
      lineNumber: 0, encoding: .bytes, isSkipping: false, modified: 0, size: 0,
      wasTruncated: false)
    return PathCheckpoint(
      path: "/var/log/app-\(number).log", pastModified: 0, files: Array(repeating: file, count: 5))
  }

  private static func trail(_ bytes: Int) -> TextTrail {
    var trail = TextTrail()
    trail.append([UInt8](repeating: 0x61, count: bytes).span)
    return trail
  }

  private static func readLine(_ line: Int, of path: inout PathCheckpoint) {
    let last = path.files.count - 1
    path.files[last].trail.append(Array("line \(line)\n".utf8).span)
    path.files[last].resumeOffset = path.files[last].trail.offset
    path.files[last].lineNumber = line
  }

  /// Each line is out at once: the next call may be the last.
  private static func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }
}
