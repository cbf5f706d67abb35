import Foundation

/// The library that makes system calls of another program fail: `fault.c`, whose head explains it.
package enum FaultLibrary {
  /// The library could not be compiled.
  struct NotCompiled: Error {
    let status: Int32
  }

  private static let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("fault.c").path

  /// The compiled library, beside the tests. Others may be using the last one, so it takes its
  /// place as a whole.
  private static let built: Result<String, any Error> = Result {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
    let path = folder + "/fault.so"
    let own = path + ".\(ProcessInfo.processInfo.processIdentifier)"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "cc -Wall -Wextra -Werror -shared -fPIC -O2 -o \"$1\" \"$2\" -ldl && mv \"$1\" \"$3\"",
      "sh", own, source, path,
    ]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw NotCompiled(status: process.terminationStatus)
    }
    return path
  }

  /// The environment of a program whose calls on files with `name` in their path are counted into
  /// the file `count`. `FAULT_AT` and the others say what is to go wrong.
  package static func environment(
    matching name: String, count: String
  ) throws -> [String: String] {
    ["LD_PRELOAD": try built.get(), "FAULT_MATCH": name, "FAULT_COUNT": count]
  }
}
