import Bytes

/// A reader as a history sees it: it is started, polled, told to commit, and crashes.
protocol ReaderUnderTest: AnyObject {
  /// Begins to read, from what was committed last.
  func start(_ files: SimulatedFiles, _ scene: FollowScene)
  /// Reads at most about `budget` bytes; returns whether more can be read at once.
  func poll(now: Int64, budget: Int, _ body: (Span<UInt8>) -> Void) -> Bool
  /// Remembers for good how far was read.
  func commit()
  /// Loses everything since the last commit, and closes all files.
  func crash()
}
