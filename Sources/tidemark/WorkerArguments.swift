import ArgumentParser
import Foundation

/// How many threads a command reads with.
struct WorkerArguments: ParsableArguments {
  private static let most = 256

  @Option(
    help: ArgumentHelp(
      "How many threads read what is there. The result does not depend on it.",
      discussion: "Default: one for each processor.", valueName: "n"))
  var workers: Int?

  func validate() throws {
    guard workers.map({ (1...Self.most).contains($0) }) ?? true else {
      throw ValidationError("--workers \(workers ?? 0): expected a number from 1 to \(Self.most)")
    }
  }

  var count: Int { workers ?? ProcessInfo.processInfo.activeProcessorCount }
}
