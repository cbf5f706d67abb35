import Foundation
import Testing

@Suite("tidemark baseline")
struct BaselineTests {
  private let scratch = Scratch()

  private func baseline(_ arguments: [String], state: String = "st.db") throws -> Tool.Run {
    try Tool.run(["baseline"] + arguments + ["--state", scratch.path(state)])
  }

  private func capture(_ name: String, _ folder: String, _ options: [String] = []) throws
    -> Tool.Run
  {
    try baseline(
      ["capture", "--name", name, "--to", Shop.release, "--timezone", "UTC"] + options
        + Shop.paths(folder))
  }

  private func watch(_ inputs: [String], _ options: [String]) throws -> Tool.Run {
    try Tool.run(
      [
        "watch", "--no-follow", "--at", Shop.release, "--timezone", "UTC", "--format", "json",
      ] + options + inputs)
  }

  /// What was judged of each signal, and how.
  private func judged(_ run: Tool.Run) throws -> [String] {
    let signals = try #require(run.verdict["signals"] as? [[String: Any]])
    // Signatures that no rule names are not kept in baselines.
    let named = signals.filter { ($0["signal"] as? String)?.hasPrefix("new.") == false }
    return named.map { signal in
      let counts = ["baseline", "candidate"].map { side in
        let counted = signal[side] as? [String: Any] ?? [:]
        return "\(counted["count"] ?? "") of \(counted["exposure"] ?? "")"
      }
      let evidence = signal["evidence"] as? [String: Any] ?? [:]
      return "\(signal["signal"] ?? "") \(signal["state"] ?? "") \(counts) \(evidence["e"] ?? "")"
    }
  }

  @Test(
    "captured here, exported, and taken elsewhere it gives the verdict of --baseline before",
    arguments: [true, false])
  func elsewhere(isBad: Bool) throws {
    let folder = isBad ? Shop.bad : Shop.good
    #expect(try capture("prod", folder).status == 0)
    let exported = try baseline(["export", "prod"])
    #expect(exported.status == 0)
    let file = try scratch.write("prod.json", exported.output)
    let imported = try baseline(["import", file], state: "elsewhere.db")
    #expect(imported.status == 0 && imported.output.contains("baseline prod, captured "))
    // Elsewhere there are only the lines after the release, under other names.
    let other = scratch.path("elsewhere")
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    for name in Shop.files {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let start = try #require(
        lines.firstIndex {
          $0.contains("22/Nov/2026:14:") || $0.hasPrefix("2026-11-22 14:")
            || $0.hasPrefix("2026/11/22 14:")
        })
      try lines[start...].joined(separator: "\n").write(
        toFile: other + "/" + name, atomically: true, encoding: .utf8)
    }
    let before = try watch(Shop.paths(folder), [])
    let named = try watch(
      Shop.paths(other), ["--baseline", "prod", "--state", scratch.path("elsewhere.db")])
    let byFile = try watch(Shop.paths(other), ["--baseline", file])
    #expect(before.status == (isBad ? 1 : 0))
    for run in [named, byFile] {
      #expect(run.status == before.status && run.errors == "")
      #expect(try judged(run) == judged(before))
      let started = try #require(run.objects.first?["baseline"] as? [String: Any])
      let expected = try #require(before.objects.first?["baseline"] as? [String: Any])
      #expect(started["lines"] as? Int == expected["lines"] as? Int)
      #expect(started["from"] as? String == expected["from"] as? String)
    }
  }

  @Test("in place of the earlier lines of the same logs, which are left out")
  func inPlace() throws {
    #expect(try capture("good", Shop.good).status == 0)
    let run = try watch(
      Shop.paths(Shop.bad), ["--baseline", "good", "--state", scratch.path("st.db")])
    #expect(run.status == 1)
    let lines = try #require(run.verdict["lines"] as? [String: Int])
    let facts = try baseline(["show", "good", "--format", "json"])
    #expect(lines["baseline"] == facts.objects.first?["lines"] as? Int)
    #expect((lines["outside"] ?? 0) > 1_000)
  }

  @Test("several are compared with together, none at the place of another")
  func several() throws {
    #expect(try capture("a", Shop.good).status == 0)
    #expect(try capture("b", Shop.bad).status == 0)
    let state = ["--state", scratch.path("st.db")]
    let both = try watch(
      Shop.paths(Shop.good), ["--baseline", "a", "--baseline", "b", "--baseline", "before"] + state)
    #expect(both.status == 0)
    let one = try watch(Shop.paths(Shop.good), ["--baseline", "before"] + state)
    func exposure(_ run: Tool.Run, _ name: String) throws -> Double {
      let signals = try #require(run.verdict["signals"] as? [[String: Any]])
      let signal = try #require(
        signals.first { $0["signal"] as? String == name && $0["route"] is NSNull })
      return (signal["baseline"] as? [String: Double])?["exposure"] ?? 0
    }
    // Requests add up, and so does time: the days between the baselines count for nothing.
    #expect(try exposure(both, "http.5xx") > 2.9 * exposure(one, "http.5xx"))
    let started = try #require(both.objects.first?["baseline"] as? [String: Any])
    #expect(started["from"] as? String == "2026-11-22T13:00:00Z")
  }

  @Test("list, show, diff, remove")
  func upkeep() throws {
    #expect(try baseline(["list"]).output == "")
    #expect(try capture("good", Shop.good).output.contains("1 of 168 hours of the week"))
    #expect(try capture("bad", Shop.bad).status == 0)
    let list = try baseline(["list"]).output.split(separator: "\n")
    #expect(list.count == 2 && list[0].hasPrefix("bad\t2026-11-22T13:00:00Z\t"))
    #expect(list[1].hasSuffix("\t1/168"))
    let again = try capture("good", Shop.good)
    #expect(again.status == 2 && again.errors.contains("--replace"))
    #expect(try capture("good", Shop.good, ["--replace"]).status == 0)
    #expect(try baseline(["show", "good"]).output.contains("  http.5xx  "))
    let diff = try baseline(["diff", "good", "bad"])
    #expect(diff.status == 0 && diff.output.contains("http.5xx\t"))
    #expect(try baseline(["remove", "bad"]).status == 0)
    let gone = try baseline(["remove", "bad"])
    #expect(gone.status == 2 && gone.errors.contains("none of this name"))
    let hint = try baseline(["show", "goood"])
    #expect(hint.status == 2 && hint.errors.contains("did you mean \"good\""))
  }

  @Test("a file that is none, of a newer version, or changed is refused and says why")
  func refused() throws {
    #expect(try capture("prod", Shop.good).status == 0)
    let good = try baseline(["export", "prod"]).output
    let changes: [(String, String, String)] = [
      ("{}", "", "it is no baseline file"), ("nonsense", "", "it is no baseline file"),
      (#""v" : 1"#, #""v" : 99"#, "version 99"),
      (#""tidemark-baseline""#, #""other""#, "its format is other"),
      (#""windowSeconds" : 10"#, #""windowSeconds" : 5"#, "other length"),
    ]
    for (from, to, reason) in changes {
      let text = to.isEmpty ? from : good.replacingOccurrences(of: from, with: to)
      #expect(to.isEmpty || text != good)
      let file = try scratch.write("bad.json", text)
      let run = try baseline(["import", file, "--name", "x"])
      #expect(run.status == 2 && run.errors.contains(reason), "\(run.errors)")
      let watched = try watch(Shop.paths(Shop.good), ["--baseline", file])
      #expect(watched.status == 2 && watched.errors.contains(reason))
    }
    // One letter of the windows.
    var bytes = Array(good.utf8)
    let place = try #require(good.range(of: #""windows" : "VE1"#)?.upperBound)
    let offset = good.utf8.distance(from: good.startIndex, to: place) + 40
    bytes[offset] = bytes[offset] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    let file = try scratch.write("bad.json", Data(bytes))
    let run = try baseline(["import", file, "--name", "x"])
    #expect(run.status == 2 && run.errors.contains("checksum"))
    let other = try watch(
      Shop.paths(Shop.good),
      ["--baseline", "prod", "--window", "5s", "--state", scratch.path("st.db")])
    #expect(other.status == 2 && other.errors.contains("--window 10.0s"))
  }

  @Test("nothing that can be placed is stored as nothing")
  func empty() throws {
    try scratch.write("empty.log", "no time\n")
    let run = try baseline(["capture", "--name", "x", scratch.path("empty.log")])
    #expect(run.status == 4 && run.errors.contains("nothing is stored"))
    #expect(try baseline(["list"]).output == "")
    let none = try watch(Shop.paths(Shop.good), ["--baseline", "nothere"])
    #expect(none.status == 2 && none.errors.contains("none of this name"))
  }
}
