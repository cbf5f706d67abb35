import Foundation

/// Runs the built program as a shell would.
struct Tool {
  struct Run {
    var status: Int32
    var output: String
    var errors: String

    /// The JSON objects of `--format json`, one a line.
    var objects: [[String: Any]] {
      output.split(separator: "\n").compactMap {
        try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
    }

    /// The last line, which holds the verdict.
    var verdictLine: String { output.split(separator: "\n").last.map(String.init) ?? "" }
    var verdict: [String: Any] { objects.last ?? [:] }
  }

  /// The release build that `make test` names, else the debug build beside the tests.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["TIDEMARK_BINARY"] { return named }
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<6 {
      let candidate = folder.appendingPathComponent("tidemark").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
      folder.deleteLastPathComponent()
    }
    return FileManager.default.currentDirectoryPath + "/.build/debug/tidemark"
  }()

  /// Where no state file is: the ledger of whoever runs the tests has no part in them.
  static let noState = "/nonexistent/tidemark.db"

  /// - Parameter input: what standard input holds; nil is /dev/null, as in cron.
  static func run(
    _ arguments: [String], input: Data? = nil, directory: String? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TZ": "UTC", "SWIFT_BACKTRACE": "enable=no", "TIDEMARK_STATE": noState]
        .merging(environment) { $1 }
    ) { $1 }
    // Files, not pipes, take the output: nothing can fill up while we wait.
    let scratch = Scratch()
    let outputPath = scratch.path("output")
    let errorPath = scratch.path("errors")
    _ = FileManager.default.createFile(atPath: outputPath, contents: nil)
    _ = FileManager.default.createFile(atPath: errorPath, contents: nil)
    process.standardOutput = FileHandle(forWritingAtPath: outputPath)
    process.standardError = FileHandle(forWritingAtPath: errorPath)
    if let input {
      let pipe = Pipe()
      process.standardInput = pipe
      try process.run()
      let writer = pipe.fileHandleForWriting
      Thread.detachNewThread {
        try? writer.write(contentsOf: input)
        try? writer.close()
      }
    } else {
      process.standardInput = FileHandle.nullDevice
      try process.run()
    }
    process.waitUntilExit()
    return Run(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: try text(outputPath), errors: try text(errorPath))
  }

  private static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }
}

/// A folder of its own for one test, removed when nobody uses it any more.
final class Scratch: Sendable {
  let folder: String

  /// One in memory is for tests that start hundreds of programs which sync.
  init(isInMemory: Bool = false) {
    let memory = "/dev/shm"
    let parent =
      isInMemory && FileManager.default.isWritableFile(atPath: memory)
      ? memory + "/" : NSTemporaryDirectory()
    folder = parent + "tidemark-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  func path(_ name: String) -> String { folder + "/" + name }

  @discardableResult
  func write(_ name: String, _ contents: Data) throws -> String {
    try contents.write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  @discardableResult
  func write(_ name: String, _ contents: String) throws -> String {
    try write(name, Data(contents.utf8))
  }
}

/// Runs a program of the system, such as gzip or grep, and returns what it prints.
func shell(_ script: String, directory: String? = nil) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", script]
  if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}
