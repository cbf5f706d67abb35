import Bytes
import Following

/// The product's follower in a history. What was committed is kept as a driver would keep it: by
/// path.
final class FollowerUnderTest: ReaderUnderTest {
  private var follower: Follower?
  /// What the last poll told of the files.
  private(set) var lastChanges: [FollowChange] = []
  private var checkpoints: [String: PathCheckpoint] = [:]

  func start(_ files: SimulatedFiles, _ scene: FollowScene) {
    var options = FollowOptions()
    options.usesInotify = false
    options.start = .beginning
    options.readsPast = true
    options.graceNanoseconds = FollowScene.graceNanoseconds
    options.retirementNanoseconds = FollowScene.retirementNanoseconds
    options.pollMilliseconds = FollowScene.pollMilliseconds
    options.openFiles = scene.openFiles
    follower = Self.makeFollower(
      scene.arguments, options, files, checkpoints.values.sorted { $0.path < $1.path })
  }

  private static func makeFollower(
    _ arguments: [String], _ options: FollowOptions, _ files: SimulatedFiles,
    _ checkpoints: [PathCheckpoint]
  ) -> Follower {
    Follower(
      arguments: arguments, options: options, now: files.now, fileSystem: files,
      checkpoints: checkpoints.isEmpty ? nil : checkpoints)
  }

  func poll(now: Int64, budget: Int, _ body: (Span<UInt8>) -> Void) -> Bool {
    guard let follower else { preconditionFailure("a reader is started before it is polled") }
    let result = follower.poll(now: now, budget: budget) { _, line, _ in body(line) }
    lastChanges = result.changes
    return result.isPending
  }

  func commit() {
    for checkpoint in follower?.takeCheckpoints() ?? [] {
      checkpoints[checkpoint.path] = checkpoint
    }
  }

  func crash() { follower = nil }
}
