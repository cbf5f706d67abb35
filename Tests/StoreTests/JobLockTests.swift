import Foundation
import Store
import Testing

@Suite("The lock of a job")
struct JobLockTests {
  let scratch = Scratch()

  /// Nil when it was acquired, and given back at once; else who has it.
  func holder(_ job: String) throws -> Int32?? {
    switch try JobLock.attempt(job: job, state: scratch.state) {
    case .acquired: nil
    case .held(let process): .some(process)
    }
  }

  func acquire(_ job: String) throws -> JobLock {
    guard case .acquired(let lock) = try JobLock.attempt(job: job, state: scratch.state) else {
      throw CancellationError()
    }
    return lock
  }

  @Test("keeps a second run out, in this process too, and names the first")
  func sameProcess() throws {
    let lock = try acquire("nightly")
    #expect(try holder("nightly") == .some(ProcessInfo.processInfo.processIdentifier))
    withExtendedLifetime(lock) {}
  }

  @Test("is free again when its value is gone")
  func released() throws {
    do {
      let lock = try acquire("nightly")
      withExtendedLifetime(lock) {}
    }
    #expect(try holder("nightly") == nil)
  }

  @Test("is one for each job")
  func otherJobs() throws {
    let locks = try (0..<200).map { try acquire("job \($0)") }
    #expect(try holder("another") == nil)
    withExtendedLifetime(locks) {}
  }

  @Test("is not touched by opening, using and closing the state file")
  func beside() throws {
    let lock = try acquire("nightly")
    try scratch.open().job("nightly").commit(JobCommit(lastRun: 1))
    #expect(try holder("nightly") != nil)
    withExtendedLifetime(lock) {}
  }

  @Test("stays with a run whose state file was set aside")
  func setAside() throws {
    _ = try scratch.open()
    let lock = try acquire("nightly")
    try scratch.write(Array("junk".utf8))
    #expect(try scratch.open().notice != nil)
    #expect(try holder("nightly") != nil)
    withExtendedLifetime(lock) {}
  }

  @Test("of another process keeps this one out until that process is killed")
  func otherProcess() throws {
    // The whole lock file is locked, as the old kind of lock, which names its process itself.
    try Data().write(to: URL(fileURLWithPath: scratch.state + ".lock"))
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    child.arguments = [
      "python3", "-c",
      """
      import fcntl, os, sys
      file = open(sys.argv[1], 'r+')
      fcntl.lockf(file, fcntl.LOCK_EX)
      os.write(1, b'!')
      sys.stdin.read()
      """, scratch.state + ".lock",
    ]
    let (input, output) = (Pipe(), Pipe())
    child.standardInput = input
    child.standardOutput = output
    try child.run()
    #expect(output.fileHandleForReading.availableData == Data("!".utf8))
    #expect(try holder("nightly") == .some(child.processIdentifier))
    kill(child.processIdentifier, SIGKILL)
    child.waitUntilExit()
    #expect(try holder("nightly") == nil)
  }
}
