import Foundation

/// Logs of the demo service, made once for all tests that read them.
enum Shop {
  static let release = "2026-11-22T14:00:00Z"
  private static let scratch = Scratch()

  /// Four logs around a bad release.
  static let bad = written("bad", [])
  /// The same service around a release that changes nothing.
  static let good = written("good", ["--good"])

  private static func written(_ name: String, _ options: [String]) -> String {
    let folder = scratch.path(name)
    let run = try! Tool.run(
      [
        "demo", "--write", folder, "--rate", "6", "--error-share", "0.01", "--before", "1h",
        "--after", "20m",
      ] + options)
    precondition(run.status == 0, run.errors)
    return folder
  }

  static let files = ["nginx-access.log", "nginx-error.log", "app.log", "postgres.log"]

  static func paths(_ folder: String) -> [String] { files.map { folder + "/" + $0 } }

  /// A replay of a folder's logs.
  static func watch(_ inputs: [String], _ options: [String] = [], input: Data? = nil) throws
    -> Tool.Run
  {
    try Tool.run(
      ["watch", "--no-follow", "--at", release, "--timezone", "UTC"] + options + inputs,
      input: input)
  }
}
