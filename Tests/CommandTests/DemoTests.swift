import Foundation
import Testing

@Suite("tidemark demo")
struct DemoTests {
  @Test("the bad release of the demo is caught live, and its folder is put away")
  func caught() throws {
    let scratch = Scratch()
    let run = try Tool.run(
      ["demo", "--speed", "300", "--before", "1h", "--after", "10m"],
      environment: ["TMPDIR": scratch.folder])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("FIRING  http.5xx"))
    #expect(run.output.contains("The bad release was caught"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder).isEmpty)
  }

  @Test("the same options write the same bytes, other seeds others")
  func bytes() throws {
    let scratch = Scratch()
    func written(_ name: String, _ seed: String) throws -> String {
      let run = try Tool.run(
        [
          "demo", "--write", scratch.path(name), "--seed", seed, "--before", "2m", "--after", "1m",
        ])
      #expect(run.status == 0 && run.output == "2026-11-22T14:00:00Z\n")
      return try shell("cat '\(scratch.path(name))'/*.log | cksum")
    }
    let first = try written("first", "7")
    #expect(try written("again", "7") == first)
    #expect(try written("other", "8") != first)
  }
}
