import ArgumentParser
import Following

/// The options of every command that follows growing files.
struct FollowArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How often growing files are looked at where no notification comes.", valueName: "duration"))
  var poll = DurationArgument(argument: "250ms")!

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How long a renamed or deleted file has to be quiet before it is closed.",
      discussion: "It is closed after five times as long although it is still written to.",
      valueName: "duration"))
  var grace = DurationArgument(seconds: 60)

  @Flag(help: "Never wait for notifications; look at the files at intervals.")
  var polling = false

  /// Sets what the options say.
  func apply(to options: inout FollowOptions) {
    options.pollMilliseconds = Int32(clamping: max(1, poll.nanoseconds / 1_000_000))
    options.graceNanoseconds = grace.nanoseconds
    let (five, overflow) = grace.nanoseconds.multipliedReportingOverflow(by: 5)
    options.retirementNanoseconds = overflow ? .max : five
    options.usesInotify = !polling
  }
}
