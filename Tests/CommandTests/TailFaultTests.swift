import FaultLibrary
import Foundation
import Testing

/// A job whose state file is at fault: what its runs print, and what they leave.
///
/// The log is numbered lines in a rotated file and a live one, enough for several commits.
struct FaultedJob {
  /// A run that is killed writes at most so much again.
  static let uncommittedBytes = 64 * 1024
  /// So many lines before the fault, and so many after it.
  static let lines = 3_000
  static let laterLines = 50

  private static let rotated = text(0..<lines / 2)
  private static let live = text(lines / 2..<lines)
  private static let later = text(lines..<lines + laterLines)

  let scratch = Scratch(isInMemory: true)

  static func line(_ number: Int) -> String {
    "\(number) " + String(repeating: "x", count: 60 + number * 7 % 70) + "\n"
  }

  private static func text(_ numbers: Range<Int>) -> String { numbers.map(line).joined() }

  init() throws {
    try scratch.write("app.log.1", Self.rotated)
    try scratch.write("app.log", Self.live)
  }

  /// One run of the job under a plan of `fault.c`; returns how many calls touched the state file.
  func run(_ plan: [String: String]) throws -> (run: Tool.Run, calls: Int) {
    let count = scratch.path("count")
    let environment = try FaultLibrary.environment(matching: "/st.db", count: count)
    let run = try tail(environment.merging(plan) { $1 })
    let calls = try String(contentsOfFile: count, encoding: .utf8)
    return (run, Int(calls.trimmingCharacters(in: .newlines)) ?? 0)
  }

  /// One run with nothing at fault.
  func run() throws -> Tool.Run { try tail([:]) }

  private func tail(_ environment: [String: String]) throws -> Tool.Run {
    try Tool.run(
      [
        "tail", "--job", "j", "--state", scratch.path("st.db"), "--no-follow",
        scratch.path("app.log"),
      ],
      environment: environment)
  }

  /// The log is rotated once more and goes on, while the job does not run.
  func rotate() throws {
    let files = FileManager.default
    for (from, to) in [("app.log.1", "app.log.2"), ("app.log", "app.log.1")] {
      try files.moveItem(atPath: scratch.path(from), toPath: scratch.path(to))
    }
    try scratch.write("app.log", Self.later)
  }

  /// What `tidemark state check` says: whether all is well, and the lines of the job.
  func check() throws -> (isWhole: Bool, lines: Int?) {
    let run = try Tool.run(["state", "check", "--format", "json", "--state", scratch.path("st.db")])
    let object = run.objects.first ?? [:]
    let jobs = object["jobs"] as? [[String: Any]] ?? []
    return (run.status == 0 && object["ok"] as? Bool == true, jobs.first?["lines"] as? Int)
  }

  /// The numbers of the lines printed; nil if a line is not as it was written.
  static func numbers(_ output: String) -> [Int]? {
    guard output.isEmpty || output.hasSuffix("\n") else { return nil }
    var numbers: [Int] = []
    for line in output.split(separator: "\n") {
      guard let number = line.split(separator: " ").first.flatMap({ Int($0) }),
        line + "\n" == Self.line(number)
      else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}

@Suite("tidemark tail with a fault at any call that touches its state file")
struct TailFaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let plan: [String: String]
    /// The first call that goes wrong: another one each, so that together they leave few out.
    let first: Int

    init(_ title: String, _ plan: [String: String], first: Int) {
      testDescription = title
      self.plan = plan
      self.first = first
    }
  }

  static let faults = [
    Fault("the process dies", ["FAULT_MODE": "die"], first: 1),
    Fault("the process dies half way", ["FAULT_MODE": "tear"], first: 2),
    Fault("the call fails", ["FAULT_ERRNO": "EIO"], first: 3),
    Fault("no space is left", ["FAULT_ERRNO": "ENOSPC"], first: 4),
  ]

  /// Every call when `TIDEMARK_SOAK` is set, else so many of them as a short test allows.
  static let stride = ProcessInfo.processInfo.environment["TIDEMARK_SOAK"] == nil ? 5 : 1

  @Test("prints every line, at most 64 KiB twice, and counts each once", arguments: faults)
  func fault(fault: Fault) throws {
    var call = Self.stride == 1 ? 1 : fault.first
    while true {
      let job = try FaultedJob()
      let (faulted, calls) = try job.run(fault.plan.merging(["FAULT_AT": String(call)]) { $1 })
      try judge(job, faulted, "\(fault) at call \(call): ")
      if call > calls {
        #expect(faulted.status == 0, "\(fault): nothing was at fault")
        #expect(call > 100, "\(fault): the fault came at each of the calls before")
        return
      }
      if fault.plan["FAULT_MODE"] != nil { #expect(faulted.status == 137, "\(fault) at \(call)") }
      call += Self.stride
    }
  }

  /// Looks at what the run under fault printed, and at the runs after it.
  private func judge(_ job: FaultedJob, _ faulted: Tool.Run, _ place: String) throws {
    #expect([0, 2, 4, 137].contains(faulted.status), "\(place)status \(faulted.status)")
    if faulted.status == 2 || faulted.status == 4 {
      #expect(faulted.errors.contains("st.db"), "\(place)\(faulted.errors)")
    }
    let first = FaultedJob.numbers(faulted.output)
    #expect(first == first.map { Array(0..<$0.count) }, "\(place)lines in order, from the first")
    if faulted.status == 0 { #expect(first?.count == FaultedJob.lines, "\(place)all lines") }

    try job.rotate()
    let all = FaultedJob.lines + FaultedJob.laterLines
    let second = try job.run()
    #expect(second.status == 0 && !second.errors.contains("damaged"), "\(place)\(second.errors)")
    let numbers = FaultedJob.numbers(second.output)
    // Where the last commit was: what was printed behind it is printed again, and nothing else.
    let committed = all - (numbers?.count ?? 0)
    #expect(numbers == Array(committed..<all), "\(place)lines in order, to the last")
    let printed = first?.count ?? 0
    #expect(committed <= printed, "\(place)\(committed) were committed, \(printed) printed")
    let again = (committed..<max(committed, printed)).map { FaultedJob.line($0).utf8.count }
    #expect(again.reduce(0, +) <= FaultedJob.uncommittedBytes, "\(place)\(again.count) lines twice")

    let state = try job.check()
    #expect(state.isWhole && state.lines == all, "\(place)\(state)")
    let third = try job.run()
    #expect(third.status == 0 && third.output == "", "\(place)\(third.output.prefix(200))")
  }
}
