import FaultLibrary
import Following
import Foundation
import Store
import Testing

/// Runs the driver under the library that makes system calls fail.
enum Faults {
  /// The driver, which is built with the tests.
  static let driver = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("StoreDriver").path

  struct Run {
    var status: Int32
    var output: String
    /// Calls that touched the state file, up to the end.
    var calls: Int

    /// The last line that was reported to be on the disk.
    var promised: Int? {
      output.split(separator: "\n").last { $0.hasPrefix("committed ") }
        .flatMap { Int($0.dropFirst("committed ".count)) }
    }
  }

  static func run(_ scratch: Scratch, commits: Int, _ environment: [String: String]) throws -> Run {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: driver)
    process.arguments = [scratch.state, String(commits)]
    let count = scratch.path("count")
    process.environment = ProcessInfo.processInfo.environment.merging(
      try FaultLibrary.environment(matching: "st.db", count: count).merging(environment) { $1 }
    ) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let calls = try String(contentsOfFile: count, encoding: .utf8)
    return Run(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: data, as: UTF8.self),
      calls: Int(calls.trimmingCharacters(in: .newlines)) ?? 0)
  }
}

@Suite("Several processes at once")
struct SeveralProcessesTests {
  @Test("open one new state file and commit to it, and nothing is lost")
  func atOnce() throws {
    let scratch = Scratch(isInMemory: true)
    let runs = try (0..<4).map { number in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Faults.driver)
      process.arguments = [scratch.state, "50"]
      let output = scratch.path("output \(number)")
      _ = FileManager.default.createFile(atPath: output, contents: nil)
      process.standardOutput = FileHandle(forWritingAtPath: output)
      process.standardInput = FileHandle.nullDevice
      try process.run()
      return (process, output)
    }
    for (process, output) in runs {
      process.waitUntilExit()
      let text = try String(contentsOfFile: output, encoding: .utf8)
      #expect(process.terminationStatus == 0 && !text.contains("notice"), "\(text)")
    }
    let state = try scratch.open()
    #expect(try state.job("driven").load().counts == ["lines": 200])
    #expect(try state.check() == [])
  }
}

@Suite("A fault at any call that touches the state file")
struct FaultTests {
  static let kills = ["die", "tear"]
  static let failures = [
    ["FAULT_ERRNO": "EIO"], ["FAULT_ERRNO": "ENOSPC"],
    ["FAULT_ERRNO": "ENOSPC", "FAULT_MODE": "failtear"],
  ]

  /// What the file holds agrees in itself, and with what was reported. Returns its lines.
  func lines(_ scratch: Scratch, after run: Faults.Run, from before: Int, at call: Int) throws
    -> Int
  {
    let state = try scratch.open()
    #expect(state.notice == nil, "call \(call): a kill is no damage: \(state.notice?.reason ?? "")")
    #expect(try state.check() == [], "call \(call)")
    let record = try state.job("driven").load()
    let lines = Int(record.counts["lines"] ?? 0)
    let read = record.checkpoints.flatMap(\.files).map(\.lineNumber).max() ?? 0
    #expect(read == lines, "call \(call): checkpoint and counter are of one commit")
    #expect(record.cursor == (lines == 0 ? nil : "line \(lines)"), "call \(call)")
    let promised = run.promised ?? before
    #expect(lines == promised || lines == promised + 1, "call \(call): \(lines), \(run.output)")
    return lines
  }

  @Test("which ends the process leaves what was reported, whole", arguments: kills)
  func killed(mode: String) throws {
    var call = 0
    while true {
      call += 1
      let scratch = Scratch(isInMemory: true)
      let run = try Faults.run(
        scratch, commits: 2, ["FAULT_AT": String(call), "FAULT_MODE": mode])
      let lines = try lines(scratch, after: run, from: 0, at: call)
      if run.status == 0 {
        #expect(call > 60 && lines == 2, "the fault came at each of the calls before")
        return
      }
      #expect(run.status == 137, "call \(call): \(run.output)")
      // The next run goes on from there.
      let next = try Faults.run(scratch, commits: 1, [:])
      #expect(next.status == 0 && next.promised == lines + 1, "call \(call): \(next.output)")
    }
  }

  @Test("which ends the process while a damaged file is set aside loses nothing of it")
  func killedWhileSettingAside() throws {
    let damaged = [UInt8](repeating: 0, count: 8192)
    var call = 0
    while true {
      call += 1
      let scratch = Scratch(isInMemory: true)
      try scratch.write(damaged)
      let run = try Faults.run(
        scratch, commits: 1, ["FAULT_AT": String(call), "FAULT_MODE": "die"])
      _ = try scratch.open()
      let kept = try scratch.names().filter { $0.contains("damaged") }
      #expect(kept.count == 1, "call \(call): \(kept)")
      #expect(try kept.allSatisfy { try scratch.bytes($0) == damaged }, "call \(call)")
      if run.status == 0 {
        #expect(call > 60, "the fault came at each of the calls before")
        return
      }
    }
  }

  @Test("which fails is reported or made good, and does no harm", arguments: failures)
  func failed(plan: [String: String]) throws {
    var call = 0
    while true {
      call += 1
      let scratch = Scratch(isInMemory: true)
      let run = try Faults.run(
        scratch, commits: 2, plan.merging(["FAULT_AT": String(call)]) { $1 })
      #expect(run.status == 0 || run.status == 1, "call \(call): \(run.output)")
      if run.status == 1 { #expect(run.output.contains("error "), "call \(call)") }
      let lines = try lines(scratch, after: run, from: 0, at: call)
      if run.status == 0 { #expect(lines == 2, "call \(call)") }
      if call > run.calls {
        #expect(call > 60, "the fault came at each of the calls before")
        return
      }
    }
  }

  @Test("which lasts is an error that says so, and is over when the disk has space again")
  func diskStaysFull() throws {
    let scratch = Scratch()
    #expect(try Faults.run(scratch, commits: 3, [:]).promised == 3)
    let full = try Faults.run(
      scratch, commits: 3,
      ["FAULT_AT": "1", "FAULT_LAST": "1000000", "FAULT_ERRNO": "ENOSPC", "FAULT_MODE": "fail"])
    #expect(full.status == 1 && full.promised == nil)
    #expect(full.output.contains("No space left on device"))
    #expect(full.output.contains("trying again helps once there is space"))
    let next = try Faults.run(scratch, commits: 1, [:])
    #expect(next.status == 0 && next.promised == 4)
  }
}
