import ArgumentParser
import Records
import Store
import Watching

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `--job`: a run that goes on where the last one of its name ended.
struct JobOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Go on where the last run of this name ended.",
      discussion: "Its place is kept in the state file.", valueName: "name"))
  var job: String?

  @OptionGroup
  var runs: JobRunOptions

  func validate() throws {
    // A name stands in messages and in the lists of `state check`, one job a line.
    if let job { try NameArgument.check(job, what: "--job", example: "nightly") }
  }

  /// Opens the job that was named, if any.
  func open(_ surroundings: Surroundings) throws -> JobRunOptions.Opened? {
    try job.map { try runs.open($0, surroundings) }
  }
}

/// Where jobs are kept, and how one run of a job waits for another.
struct JobRunOptions: ParsableArguments {
  @OptionGroup
  var state: StateOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How long to wait for another run of the same job to end.", valueName: "duration"))
  var lockWait = DurationArgument(seconds: 60)

  /// A job whose lock is held for as long as the value lives.
  struct Opened {
    let job: Job
    let record: JobRecord
    private let lock: JobLock

    fileprivate init(job: Job, record: JobRecord, lock: JobLock) {
      self.job = job
      self.record = record
      self.lock = lock
    }

    /// Lets the job go; what was committed stays.
    func close() { withExtendedLifetime(lock) {} }
  }

  /// Opens a job. Another run of it is waited for; status 4 if it does not end. What was wrong with
  /// the state file is told, and a first run, unless `isFirstTold` is false.
  func open(
    _ job: String, _ surroundings: Surroundings, isFirstTold: Bool = true
  ) throws -> Opened {
    let path = try state.path()
    do {
      let lock = try acquire(job, path, surroundings)
      let state = try StateFile(path: path, now: surroundings.now().nanoseconds)
      if let notice = state.notice { surroundings.warn(notice.description) }
      let opened = state.job(job)
      let record = try opened.load()
      if record.lastRun == nil, isFirstTold {
        surroundings.warn(
          "job \(job): no earlier run is known in \(path); what is there is read from its start")
      }
      return Opened(job: opened, record: record, lock: lock)
    } catch let error as StateError {
      throw Mistake(error.description)
    }
  }

  private func acquire(
    _ job: String, _ path: String, _ surroundings: Surroundings
  ) throws -> JobLock {
    let start = surroundings.now()
    var isTold = false
    while true {
      let holder: Int32?
      switch try JobLock.attempt(job: job, state: path) {
      case .acquired(let lock): return lock
      case .held(let by): holder = by
      }
      let name =
        "job \(job): another run of it is going on" + (holder.map { " (process \($0))" } ?? "")
      guard surroundings.now().nanoseconds(since: start) < lockWait.nanoseconds,
        surroundings.stopRequest() == nil
      else {
        surroundings.warn(
          "\(name), so nothing was read; trying again helps once it has ended, or with a longer "
            + "--lock-wait")
        throw ExitStatus.blind.code
      }
      if !isTold { surroundings.warn("\(name); waiting for it") }
      isTold = true
      // Without descriptors it only waits.
      _ = poll(nil, 0, 50)
    }
  }
}
