import ArgumentParser
import Demo
import Following
import Foundation
import Judgement
import Records
import Reports
import Rules
import Synchronization
import Watching
import Windows

/// `tidemark demo`: the main job on a generated service, nothing to configure.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Watch a generated service through a bad release.",
    discussion: """
      Runs a small online shop (nginx, uvicorn, PostgreSQL) in accelerated time in a temporary \
      folder, releases a bad version, and watches its logs as `tidemark watch` would. The status is \
      0 when it went as planned: a bad release caught, or a good one (--good) left alone.

      With --write the same logs are written to a folder and nothing is watched. The same options \
      give the same bytes.
      """)

  @Option(help: ArgumentHelp("Write the logs to this folder and stop.", valueName: "folder"))
  var write: String?

  @Flag(help: "Release a version that changes nothing.")
  var good = false

  @Option(help: "Seed of every random choice.")
  var seed: UInt64 = 42

  @Option(help: "The new version's multiple of the ordinary error share.")
  var factor: Double?

  @Option(
    help: ArgumentHelp(
      "Share of orders that fail in a new way after the release.", valueName: "share"))
  var newErrorShare: Double?

  @Option(help: "The new version's multiple of response times.")
  var slowFactor: Double?

  @Option(help: "Requests a second.")
  var rate = 12.0

  @Option(
    help: ArgumentHelp("Share of requests that fail before the release.", valueName: "share"))
  var errorShare = 0.01

  @Option(help: "Log before the release.")
  var before = DurationArgument(seconds: 7_200)

  @Option(help: "Log after the release.")
  var after = DurationArgument(seconds: 1_200)

  @Option(
    help: ArgumentHelp(
      "With --write: rotate the log before the release into so many pieces.", valueName: "pieces"))
  var rotate = 0

  @Option(help: "Seconds of the service's time a second.")
  var speed = 200.0

  @Option(help: "Colour: auto, always or never.")
  var color = ColorMode.auto

  mutating func validate() throws {
    guard rate > 0, rate <= 10_000 else {
      throw ValidationError("--rate \(rate): expected requests a second above 0, such as 12")
    }
    guard (0...1).contains(errorShare), (0...1).contains(newErrorShare ?? 0) else {
      throw ValidationError("--error-share and --new-error-share: expected a share such as 0.003")
    }
    guard (0...1e6).contains(factor ?? 1), (0...1e6).contains(slowFactor ?? 1) else {
      throw ValidationError("--factor and --slow-factor: expected a multiple such as 4")
    }
    guard (0...99).contains(rotate) else {
      throw ValidationError("--rotate \(rotate): expected 0 to 99 pieces")
    }
    guard speed > 0, speed <= 1e6 else {
      throw ValidationError("--speed \(speed): expected a number above 0, such as 200")
    }
    let day: Int64 = 86_400_000_000_000
    guard before.nanoseconds <= 60 * day, after.nanoseconds <= 60 * day else {
      throw ValidationError("--before and --after: expected at most 60d")
    }
  }

  mutating func run() throws {
    do {
      if let write {
        let truth = try DemoService(options: options).write(
          to: write, split: rotate > 0 ? .rotated(pieces: rotate) : .whole)
        Output.write("\(truth.releaseTime)\n")
        return
      }
      try watch()
    } catch let error as DemoWriteError {
      throw Mistake(String(describing: error))
    }
  }

  private var options: DemoOptions {
    var options = good ? DemoOptions.goodRelease : DemoOptions.badRelease
    options.seed = seed
    options.requestsPerSecond = rate
    options.errorShare = errorShare
    options.before = Int(before.nanoseconds / 1_000_000_000)
    options.after = Int(after.nanoseconds / 1_000_000_000)
    if let factor { options.factor = factor }
    if let newErrorShare { options.newErrorShare = newErrorShare }
    if let slowFactor { options.slowFactor = slowFactor }
    return options
  }

  private func watch() throws {
    StopSignals.install()
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tidemark-demo-\(UUID().uuidString)").path
    let putAway: @Sendable () -> Void = { try? FileManager.default.removeItem(atPath: folder) }
    Output.beforeExit.withLock { $0 = putAway }
    defer { putAway() }
    let style = Style(usesColor: Output.usesColor(color))
    Output.write(
      """
      A small shop runs in \(folder): nginx, uvicorn, PostgreSQL, \
      \(NumberText.decimal(rate, significant: 3)) requests a second.
      \(NumberText.duration(seconds: Double(options.before))) of its logs are the baseline. At \(releaseTime.rfc3339) version v1.4.2 goes out, \
      and the service's time passes \(NumberText.decimal(speed, significant: 3)) times as fast as yours.
      The same watch on your own logs: tidemark watch --at now --for 20m '/var/log/app/*.log'


      """)
    let feed = try DemoFeed(options: options, directory: folder)
    try feed.writePast()
    let writer = Writer(feed: feed, speed: speed)
    writer.start()
    let ending = Watch(watchOptions(folder, style), acceleratedSurroundings).run()
    writer.waitUntilFinished()
    let planned: Outcome = good ? .healthy : .regressed
    guard ending.cause == .finished else { throw ExitCode(ending.status) }
    guard ending.outcome == planned else {
      Output.warn("the demo did not go as planned: expected \(planned.rawValue)")
      throw ExitStatus.failure.code
    }
    Output.write(
      good
        ? "\nThe good release was left alone, as it should be.\n"
        : "\nThe bad release was caught; `tidemark watch` would have ended with status 1.\n")
  }

  private var releaseTime: Timestamp { Timestamp(seconds: Int64(options.release)) }

  /// The process with a clock that starts at the release and runs as fast as the service does.
  private var acceleratedSurroundings: Surroundings {
    var surroundings = Surroundings.process
    let clock = surroundings.now
    let start = clock()
    let (release, speed) = (releaseTime, speed)
    surroundings.now = {
      let elapsed = Double(clock().nanoseconds - start.nanoseconds) * speed
      return release.advanced(byNanoseconds: Int64(min(elapsed, 9e18)))
    }
    return surroundings
  }

  private func watchOptions(_ folder: String, _ style: Style) -> WatchOptions {
    let second: Int64 = 1_000_000_000
    // The logs end a little after the watch, so that its last window is complete.
    let length = max(60 * second, after.nanoseconds - 30 * second)
    let plan = WindowPlan(
      release: releaseTime, widthNanoseconds: 10 * second, baselineSpan: 86_400 * second,
      settle: 30 * second, length: length)
    let rules = RuleSet.builtIn()
    var facts = WatchFacts(
      release: "v1.4.2", at: releaseTime, inputs: [folder], ruleCount: rules.rules.count,
      alpha: JudgeOptions().alpha)
    facts.owner = "you"
    facts.expectation = "orders accept a discount code"
    facts.rollback = "deploy v1.4.1; the migration of v1.4.2 has not run"
    var options = WatchOptions(
      arguments: [folder], plan: plan, rules: rules, facts: facts, zone: .utc)
    options.style = style
    options.following.pollMilliseconds = Int32(clamping: max(1, second / 10_000_000))
    // In accelerated time ten seconds pass in the blink in which the service writes.
    options.latenessNanoseconds = Int64(min(max(10, 0.3 * speed), 600)) * second
    return options
  }
}

/// Lets the service go on writing while the watch reads.
///
/// The feed is handed over whole: the thread is the only one that touches it after `init`.
private final class Writer: @unchecked Sendable {
  private let feed: DemoFeed
  private let speed: Double
  private let finished = DispatchSemaphore(value: 0)

  init(feed: DemoFeed, speed: Double) {
    self.feed = feed
    self.speed = speed
  }

  func start() {
    Thread.detachNewThread { [self] in
      do {
        try feed.writeRest(speed: speed) { StopSignals.request != nil }
      } catch {
        Output.warn(String(describing: error))
      }
      finished.signal()
    }
  }

  /// Waits until the last line is written; the folder may go then.
  func waitUntilFinished() {
    finished.wait()
  }
}
