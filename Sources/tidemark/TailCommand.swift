import ArgumentParser
import Following
import Store
import Watching

/// `tidemark tail`: what grows, line by line.
struct TailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tail",
    abstract: "Print each line once, in file order, through rotation, truncation and gzip.",
    discussion: """
      Prints the last lines of each file, then what comes. A renamed file is read on for late lines; \
      rotated files that had the name only between two looks are found; a file that was truncated \
      is read again from its start, after what its copy holds; a rotated file that was packed goes \
      on where it was left. Diagnostics go to standard error only.

      With --job the place is kept in the state file: the next run of that name goes on there, \
      whatever became of the files. The first run of a job reads everything, rotated files \
      included. A line is committed once it is written: a run that is killed may print at most \
      64 KiB again, and loses nothing. A begun last line is kept for the next run.

      Exit status: 0; 2 mistake, or the output or the state file cannot be written; 4 with \
      --no-follow if an input is missing or unreadable, and if another run of the job goes on; 130 \
      and 143 interrupted.

      Examples:
        tidemark tail /var/log/nginx/access.log
        tidemark tail --job errors --no-follow '/var/log/app/*.log' | grep ERROR
        cursor=$(tidemark state cursor --job j 2>/dev/null)
        journalctl -o json ${cursor:+--after-cursor="$cursor"} | tidemark tail --job j
      With -f also give journalctl --no-tail: else it begins with its last ten entries.
      """)

  @Argument(help: "Files, directories, quoted globs, or - for standard input.")
  var inputs: [String] = []

  @Option(
    name: [.customShort("n", allowingJoined: true), .long], parsing: .unconditional,
    help: ArgumentHelp(
      "Begin so many lines before the end of each file that is there.",
      discussion: "Default: 10; of a job's first run everything. Of packed files nothing is shown.",
      valueName: "number"))
  var lines: LineCountArgument?

  @Flag(help: "Begin at the start of the oldest rotated file.")
  var fromStart = false

  @Flag(
    name: [.customShort("f"), .customShort("F"), .customLong("follow")],
    help: "Read on as the files grow, through rotation: what happens anyway, as with tail -F.")
  var follow = false

  @Flag(help: "End with what is there; a pipe is read to its end.")
  var noFollow = false

  @Flag(help: "Begin each line with the name of its file and a tab.")
  var withSource = false

  @OptionGroup
  var jobOptions: JobOptions

  @OptionGroup
  var following: FollowArguments

  @Option(
    help: ArgumentHelp(
      "Longest line that is printed whole; the rest of a longer one is skipped and counted.",
      valueName: "size"))
  var maxLine = SizeArgument(bytes: 1 << 20)

  func validate() throws {
    if follow, noFollow { throw ValidationError("--follow and --no-follow exclude each other") }
    if lines != nil, fromStart {
      throw ValidationError("-n and --from-start exclude each other")
    }
  }

  func run() throws {
    StopSignals.install()
    let surroundings = Surroundings.process
    let arguments = try StandardInputDefault.arguments(
      inputs, example: "tidemark tail /var/log/app/*.log")
    let opened = try jobOptions.open(surroundings)
    var options = TailOptions(arguments: arguments)
    following.apply(to: &options.following)
    options.following.lineBytes = maxLine.bytes
    options.follows = !noFollow
    options.showsSource = withSource
    if let lines {
      options.following.start = .lastLines(lines.count)
    } else if !fromStart, opened == nil {
      options.following.start = .lastLines(10)
    } else {
      options.following.readsPast = true
    }
    do {
      var tail = Tail(
        options, job: opened?.job, record: opened?.record, surroundings,
        isOutputGone: { Output.isGone }, write: { Output.write(bytes: $0) })
      let ending = try tail.run()
      opened?.close()
      switch ending.cause {
      case .interrupted: throw ExitCode(130)
      case .terminated: throw ExitCode(143)
      case .finished: break
      }
      if noFollow, ending.isIncomplete { throw ExitStatus.blind.code }
    } catch let error as StateError {
      throw Mistake(error.description)
    }
  }
}
