import Foundation
import Statistics
import Testing

/// The reference implementation, run by python3.
enum PythonReference {
  static let isAvailable: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import json, math"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// The results of `calls`, in order.
  static func evaluate(_ calls: [RandomCall]) throws -> [JSON] {
    let questions = JSON.list(
      calls.map { .table(["fn": .text($0.function), "in": .table($0.input)]) })
    // A file and not a pipe for the input, so that neither side can block the other.
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("tidemark-calls-\(UUID().uuidString).json")
    try JSONEncoder().encode(questions).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", Fixtures.url("evaluate.py").path]
    process.standardInput = try FileHandle(forReadingFrom: file)
    let answers = Pipe()
    process.standardOutput = answers
    try process.run()
    let data = answers.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "evaluate.py failed")
    guard case .list(let list) = try JSONDecoder().decode(JSON.self, from: data) else { return [] }
    return list
  }
}

@Suite(
  "The reference implementation",
  .enabled(if: PythonReference.isAvailable, "python3 is not on the PATH"))
struct ReferenceTests {
  @Test("random calls of every function give the same results", arguments: [1, 2] as [UInt64])
  func agrees(seed: UInt64) throws {
    let calls = RandomCall.all(seed: seed)
    #expect(calls.count >= 500)
    let answers = try PythonReference.evaluate(calls)
    try #require(answers.count == calls.count)
    var failed = 0
    for (call, answer) in zip(calls, answers) {
      if answer == .none {
        // math.log1p of a share above one; `EValueTests` checks these roots.
        #expect((call.input["phi"]?.number ?? 1) < 1 || (call.input["c"]?.number ?? 0) < 0)
        failed += 1
        continue
      }
      let results = try Self.results(call)
      let expected = Self.flat(answer, call.function)
      try #require(!expected.isEmpty || call.function == "dispersion_scales")
      guard results.count == expected.count else {
        Issue.record("\(call.function) \(call.input): \(results) instead of \(expected)")
        continue
      }
      let tolerance = Results.isBisection(call.function) ? 1e-6 : 1e-9
      for (result, expected) in zip(results, expected)
      where !Results.agree(result, expected, relative: tolerance) {
        Issue.record("\(call.function) \(call.input): \(result) instead of \(expected)")
        break
      }
    }
    #expect(failed * 20 < calls.count)
    #expect(calls.count - failed >= 500)
  }

  private static func results(_ call: RandomCall) throws -> [Double] {
    let json = JSON.table(call.input)
    switch call.function {
    case "Rule":
      let trace = try Results.trace(Results.Input(json: json))
      let baseline = trace.rule.baseline
      return [
        Double(trace.rule.channelCount), Double(trace.rule.episodes), baseline.phi,
        baseline.activitySeries?.phi ?? 1, baseline.episodeSeries?.phi ?? 1, trace.rule.stake,
        trace.rule.threshold,
      ] + trace.logEs + trace.verdicts.map(Results.code)
    case "NewKind":
      // The last number is the first alarm, which the answer does not hold.
      return try Results.of("NewKind", json).dropLast()
    default: return try Results.of(call.function, json)
    }
  }

  private static func flat(_ answer: JSON, _ function: String) -> [Double] {
    let numbers = flat(answer)
    guard function == "Rule" else {
      return ["e_holm", "e_bh"].contains(function) ? [Double(numbers.count)] + numbers : numbers
    }
    return latched(numbers, windows: RandomCall.ruleWindows)
  }

  /// The reference asks "healthy?" anew at every look; a verdict is kept once it was reached.
  private static func latched(_ numbers: [Double], windows: Int) -> [Double] {
    var numbers = numbers
    var healthy = false
    for i in numbers.indices.suffix(windows) {
      if numbers[i] == 1 { healthy = true }
      if healthy, numbers[i] == 0 { numbers[i] = 1 }
    }
    return numbers
  }

  private static func flat(_ answer: JSON) -> [Double] {
    switch answer {
    case .number(let number): [number]
    case .text(let verdict): [Results.code(verdict)]
    case .list(let list): list.flatMap { flat($0) }
    default: []
    }
  }
}
