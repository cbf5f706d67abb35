/// Every bound of this target. What reaches one is an error that names it.
package enum Limits {
  /// How long a call waits for another process that is writing to the state file.
  static let busySeconds = 10.0
  /// How long opening waits for another process that is opening the same state file.
  static let openingMilliseconds = 30_000
  /// How often a wait for another process looks again.
  static let openingStepMilliseconds = 10
  /// Findings of an integrity check that are kept.
  static let problems = 20
  /// Names tried for a damaged file that is set aside.
  static let damagedNames = 1_000
  /// Messages to alert sinks that are remembered after they have arrived; those that have not are
  /// kept until somebody sees to them.
  static let outboxRowsKept: Int64 = 2_000
  /// Rows of checkpoints, beyond which opening does not read every one to check its sum.
  static let checkedRows = 20_000
  /// Releases that the ledger keeps; the oldest that have ended go first.
  static let releases = 10_000
  /// Watches of one release that are kept, the newest ones.
  static let watchesPerRelease = 5
  /// Silences that are kept, those that end last.
  static let mutes = 1_000
}
