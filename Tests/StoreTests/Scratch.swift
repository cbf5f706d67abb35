import Foundation
import Store

/// A folder of its own for one test, removed when nobody uses it any more.
final class Scratch: Sendable {
  let folder: String

  /// One in memory is for tests that start hundreds of processes which sync.
  init(isInMemory: Bool = false) {
    let memory = "/dev/shm"
    let parent =
      isInMemory && FileManager.default.isWritableFile(atPath: memory)
      ? memory + "/" : NSTemporaryDirectory()
    folder = parent + "tidemark-store-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Where the tests have their state file.
  var state: String { path("st.db") }

  func path(_ name: String) -> String { folder + "/" + name }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  func bytes(_ name: String = "st.db") throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  func write(_ bytes: [UInt8], to name: String = "st.db") throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
  }

  /// Opens the state file as of 2026-11-22T14:03:00Z.
  func open(keepsDamaged: Bool = false) throws -> StateFile {
    try StateFile(path: state, now: Example.now, keepsDamaged: keepsDamaged)
  }
}

/// Runs a script of the shell; throws when it does not end well.
@discardableResult
func shell(_ script: String) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", script]
  let output = Pipe()
  process.standardOutput = output
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  struct Failed: Error {
    let script: String
    let status: Int32
  }
  guard process.terminationStatus == 0 else {
    throw Failed(script: script, status: process.terminationStatus)
  }
  return String(decoding: data, as: UTF8.self)
}
