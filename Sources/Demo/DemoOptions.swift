/// What the generated service does, and when. The same options give the same bytes.
package struct DemoOptions: Sendable, Equatable {
  /// The seed of every random choice.
  package var seed: UInt64
  /// The release moment, in whole seconds since 1970-01-01T00:00:00Z.
  package var release: Int
  /// Seconds of log before the release.
  package var before: Int
  /// Seconds of log from the release on.
  package var after: Int
  /// Mean requests per second that reach nginx.
  package var requestsPerSecond: Double
  /// Share of the requests, 0 to 1, that fail with a 5xx for one of the ordinary reasons.
  package var errorShare: Double
  /// The new version's multiple of `errorShare`; 1 changes nothing.
  package var factor: Double
  /// Share of `POST /api/orders`, 0 to 1, in which the new version writes to a column that the
  /// migration did not create.
  package var newErrorShare: Double
  /// The new version's multiple of the application's and the database's times; 1 changes nothing.
  package var slowFactor: Double
  /// The multiple of the cache hit share from the release on; 1 changes nothing.
  package var cacheHitFactor: Double
  /// Height of the daily wave of traffic, 0 (flat) to 1 (nothing at night); the peak is 15:00 UTC.
  package var dailyWave: Double
  /// Mean number of error bursts an hour, before and after the release alike; 0 for none.
  package var burstsPerHour: Double
  /// The multiple of `errorShare` while a burst lasts, 20 to 90 seconds.
  package var burstFactor: Double
  /// Whether the release restarts the two application processes, which makes about 15 s of noise.
  package var restart: Bool

  /// A small shop that does not change: 12 requests a second, 3 in a thousand of them failing.
  package init(
    seed: UInt64 = 42, release: Int = 1_795_356_000, before: Int = 3_600, after: Int = 900,
    requestsPerSecond: Double = 12, errorShare: Double = 0.003, factor: Double = 1,
    newErrorShare: Double = 0, slowFactor: Double = 1, cacheHitFactor: Double = 1,
    dailyWave: Double = 0, burstsPerHour: Double = 0, burstFactor: Double = 20,
    restart: Bool = true
  ) {
    self.seed = seed
    self.release = release
    self.before = before
    self.after = after
    self.requestsPerSecond = requestsPerSecond
    self.errorShare = errorShare
    self.factor = factor
    self.newErrorShare = newErrorShare
    self.slowFactor = slowFactor
    self.cacheHitFactor = cacheHitFactor
    self.dailyWave = dailyWave
    self.burstsPerHour = burstsPerHour
    self.burstFactor = burstFactor
    self.restart = restart
  }

  /// A release after which nothing changes but the restart noise.
  package static let goodRelease = DemoOptions()

  /// A release that fails four times as often, is slower, misses the cache more often, and writes
  /// to a column that the database does not have.
  package static let badRelease = DemoOptions(
    factor: 4, newErrorShare: 0.35, slowFactor: 1.6, cacheHitFactor: 0.8)

  /// The first second of the log and the first second after it.
  var span: Range<Int> { release - before..<release + after }

  /// Stops the program at a value that no log could be made from.
  func check() {
    precondition(
      (0...Limits.spanSecondsLimit).contains(before)
        && (0...Limits.spanSecondsLimit).contains(after),
      "a demo's span before and after the release is 0 s to one year")
    precondition(
      (0...Limits.releaseSecondsLimit).contains(release) && release >= before,
      "a demo's log lies between the years 1970 and 9999")
    precondition(
      requestsPerSecond > 0 && requestsPerSecond <= Limits.requestsPerSecondLimit,
      "a demo has more than 0 and at most 100,000 requests per second")
    precondition(
      [errorShare, newErrorShare, dailyWave].allSatisfy { (0...1).contains($0) },
      "a demo's shares and its daily wave lie between 0 and 1")
    precondition(
      [factor, slowFactor, cacheHitFactor, burstFactor].allSatisfy {
        (0...Limits.factorLimit).contains($0)
      }, "a demo's factors lie between 0 and 1,000,000")
    precondition(
      (0...Limits.burstsPerHourLimit).contains(burstsPerHour),
      "a demo has 0 to 3,600 error bursts an hour")
  }
}
