import FaultLibrary
import Foundation
import Testing

/// A state file with a release, a baseline and a job in it, and commands that write more.
struct FaultedState {
  enum Command: String, CaseIterable, Sendable {
    case summary, release, capture, importing
  }

  static let lines = 600
  static let laterLines = 60

  let scratch = Scratch(isInMemory: true)

  private static func text(_ seconds: Range<Int>) -> String {
    seconds.map { second in
      let clock = [second / 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      return "2026-11-30T10:\(clock[0]):\(clock[1])Z INFO order \(second) taken\n"
    }.joined()
  }

  init() throws {
    try scratch.write("app.log", Self.text(0..<Self.lines))
    for command in Command.allCases where command != .importing {
      let run = try self.run(command, name: "first")
      #expect(run.status == 0, "\(command): \(run.errors)")
    }
    try scratch.write("exported.json", try tidemark(["baseline", "export", "first"]).output)
    try scratch.write("app.log", Self.text(0..<Self.lines + Self.laterLines))
  }

  var file: String { scratch.path("st.db") }

  private func tidemark(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Tool.Run {
    try Tool.run(arguments + ["--state", file], environment: environment)
  }

  /// One run of a command that stores something under `name`.
  func run(
    _ command: Command, name: String = "second", environment: [String: String] = [:]
  ) throws -> Tool.Run {
    let log = scratch.path("app.log")
    let arguments: [String]
    switch command {
    case .summary: arguments = ["summary", "--job", "j", log]
    case .release: arguments = ["release", "start", name, "--at", "2026-11-30T10:05:00Z"]
    case .capture: arguments = ["baseline", "capture", log, "--name", name]
    case .importing:
      arguments = ["baseline", "import", scratch.path("exported.json"), "--name", name]
    }
    return try tidemark(arguments, environment: environment)
  }

  /// Whether what a command stores under `name` is there.
  func has(_ command: Command, name: String = "second") throws -> Bool {
    switch command {
    case .summary: return try countedLines() == Self.lines + Self.laterLines
    case .release: return try list("release").contains(name)
    case .capture, .importing: return try list("baseline").contains(name)
    }
  }

  private func list(_ command: String) throws -> [String] {
    let run = try tidemark([command, "list", "--format", "json"])
    #expect(run.status == 0, "\(run.errors)")
    return run.objects.compactMap { $0[command] as? String }
  }

  /// Lines of the job, as `tidemark state check` has them; nil when the file is not whole.
  func countedLines() throws -> Int? {
    let run = try tidemark(["state", "check", "--format", "json"])
    let object = run.objects.first ?? [:]
    guard run.status == 0, object["ok"] as? Bool == true else { return nil }
    return ((object["jobs"] as? [[String: Any]])?.first?["lines"] as? Int) ?? 0
  }

  /// Replaces the file by one with these bytes, and leaves nothing beside it.
  func replace(_ bytes: Data) throws {
    for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + ending) }
    try scratch.write("st.db", bytes)
  }

  var bytes: Data { get throws { try Data(contentsOf: URL(fileURLWithPath: file)) } }

  /// The copies that were set aside.
  var damaged: [Data] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: scratch.folder)
        .filter { $0.contains(".damaged-") }
        .map { try Data(contentsOf: URL(fileURLWithPath: scratch.path($0))) }
    }
  }
}

@Suite("Whatever the state file is like, a command stores what it says or says that it did not")
struct StateFaultTests {
  enum Content: String, CaseIterable, Sendable {
    case truncated, zeros, text

    func bytes(of whole: Data) -> Data {
      switch self {
      case .truncated: whole.prefix(6_000)
      case .zeros: Data(count: 20_000)
      case .text: Data("this was never a database\n".utf8)
      }
    }
  }

  @Test(
    "a damaged file is set aside unchanged, told, and begun anew",
    arguments: Content.allCases, FaultedState.Command.allCases)
  func damaged(content: Content, command: FaultedState.Command) throws {
    let state = try FaultedState()
    let bytes = content.bytes(of: try state.bytes)
    try state.replace(bytes)
    let run = try state.run(command)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("was damaged") && run.errors.contains(".damaged-"))
    #expect(try state.damaged == [bytes])
    #expect(try state.has(command))
  }

  @Test("an empty file is one that nothing was stored in", arguments: FaultedState.Command.allCases)
  func empty(command: FaultedState.Command) throws {
    let state = try FaultedState()
    try state.replace(Data())
    #expect(try state.run(command).status == 0)
    #expect(try state.has(command))
  }

  @Test(
    "a list of a damaged file fails and leaves the file to be set aside",
    arguments: Content.allCases, ["release", "baseline", "alert"])
  func list(content: Content, command: String) throws {
    let state = try FaultedState()
    let bytes = content.bytes(of: try state.bytes)
    try state.replace(bytes)
    let run = try Tool.run([command, "list", "--state", state.file])
    #expect(run.status == 2 && run.output == "", "\(run.errors)")
    #expect(run.errors.contains("st.db"))
    #expect(try state.bytes == bytes)
  }

  @Test(
    "what a newer version wrote is left as it is, with the remedy",
    arguments: FaultedState.Command.allCases)
  func newer(command: FaultedState.Command) throws {
    let state = try FaultedState()
    let script =
      "import sqlite3; sqlite3.connect('\(state.file)').execute('PRAGMA user_version = 1000')"
    _ = try shell("python3 -c \"\(script)\"")
    let bytes = try state.bytes
    let run = try state.run(command)
    #expect(run.status == 2, "\(run.errors)")
    #expect(run.errors.contains("a newer version of Tidemark wrote it"))
    #expect(try state.bytes == bytes)
    #expect(try state.damaged == [])
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let plan: [String: String]
    /// The first call that goes wrong: another one each, so that together they leave few out.
    let first: Int
    /// Whether every call from the first one on goes wrong, as on a full disk.
    let lasts: Bool
  }

  static let faults = [
    Fault(testDescription: "a full disk", plan: ["FAULT_ERRNO": "ENOSPC"], first: 1, lasts: true),
    Fault(
      testDescription: "a disk that is read-only", plan: ["FAULT_ERRNO": "EROFS"], first: 2,
      lasts: true),
    Fault(testDescription: "a failing call", plan: ["FAULT_ERRNO": "EIO"], first: 11, lasts: false),
    Fault(testDescription: "kill -9", plan: ["FAULT_MODE": "die"], first: 21, lasts: false),
    Fault(
      testDescription: "kill -9 in a write", plan: ["FAULT_MODE": "tear"], first: 31, lasts: false),
  ]

  /// Every call when `TIDEMARK_SOAK` is set, else so many of them as a short test allows.
  static let stride = ProcessInfo.processInfo.environment["TIDEMARK_SOAK"] == nil ? 41 : 1

  @Test(
    "from any call on: nothing that was stored is lost, and success is the truth",
    arguments: faults, FaultedState.Command.allCases)
  func fault(fault: Fault, command: FaultedState.Command) throws {
    var call = Self.stride == 1 ? 1 : fault.first
    while true {
      let state = try FaultedState()
      let count = state.scratch.path("count")
      var environment = try FaultLibrary.environment(matching: "/st.db", count: count)
      environment.merge(fault.plan) { $1 }
      environment["FAULT_AT"] = String(call)
      if fault.lasts { environment["FAULT_LAST"] = "1000000" }
      let run = try state.run(command, environment: environment)
      let place = "\(command), \(fault) at call \(call): "

      #expect([0, 2, 4, 137].contains(run.status), "\(place)\(run.status) \(run.errors)")
      if run.status == 2 || run.status == 4 {
        #expect(run.errors.contains("st.db"), "\(place)\(run.errors)")
      }
      #expect(try state.damaged == [], "\(place)a whole file was set aside")
      #expect(try state.has(.release, name: "first"), "\(place)the release is gone")
      #expect(try state.has(.capture, name: "first"), "\(place)the baseline is gone")
      let isStored = try state.has(command)
      if run.status == 0 { #expect(isStored, "\(place)said to be stored") }
      // Again without the fault: a release or baseline that is there is refused, a job goes on.
      let again = try state.run(command)
      #expect(again.status == 0 || isStored && command != .summary, "\(place)\(again.errors)")
      #expect(try state.has(command), "\(place)not stored by the next run")

      let calls = try String(contentsOfFile: count, encoding: .utf8)
      if call > Int(calls.trimmingCharacters(in: .newlines)) ?? 0 {
        #expect(run.status == 0 && call > 20, "\(place)nothing was at fault")
        return
      }
      call += Self.stride
    }
  }
}
