import Bytes
import Following

/// A follower under a clock of the test's own.
final class FollowRun {
  let follower: Follower
  private(set) var lines: [String] = []
  private(set) var inputs: [Int] = []
  private(set) var positions: [LinePosition] = []
  private(set) var changes: [FollowChange] = []
  private(set) var isEnded = false
  /// Calls of `Follower.poll`.
  private(set) var rounds = 0
  var now: Int64 = 1_000_000_000_000

  /// `checkpoints` are those of an earlier run, if there was one.
  init(
    _ arguments: [String], inotify: Bool, checkpoints: [PathCheckpoint]? = nil,
    _ configure: (inout FollowOptions) -> Void = { _ in }
  ) {
    var options = FollowOptions()
    options.usesInotify = inotify
    configure(&options)
    follower = Follower(arguments: arguments, options: options, now: now, checkpoints: checkpoints)
  }

  /// Polls until nothing is pending; returns the lines that came. Before it, so many seconds pass.
  @discardableResult
  func poll(after seconds: Double = 0.3, budget: Int = Limits.pollBytes) -> [String] {
    now += Int64(seconds * 1e9)
    let before = lines.count
    var isPending = true
    let last = rounds + 100_000
    while isPending, rounds < last {
      rounds += 1
      let result = follower.poll(now: now, budget: budget) { input, line, position in
        lines.append(text(line))
        inputs.append(input)
        positions.append(position)
      }
      changes += result.changes
      isPending = result.isPending
      isEnded = result.isEnded
    }
    return Array(lines[before...])
  }

  func flush() -> [String] {
    let before = lines.count
    follower.flushPartial { input, line, position in
      lines.append(text(line))
      inputs.append(input)
      positions.append(position)
    }
    return Array(lines[before...])
  }
}
