import Foundation
import Testing

@Suite("tidemark watch --format json")
struct JSONContractTests {
  @Test("one object a line: started, alerts, verdict, with the members of the contract")
  func events() throws {
    let run = try Shop.watch(
      Shop.paths(Shop.bad), ["--format", "json", "--release", "v1.4.2"])
    let objects = run.objects
    #expect(objects.count == run.output.split(separator: "\n").count)
    #expect(objects.allSatisfy { $0["v"] as? Int == 1 })
    let started = try #require(objects.first)
    #expect(started["event"] as? String == "started")
    #expect(started["at"] as? String == Shop.release)
    #expect((started["inputs"] as? [String])?.count == 4)
    let baseline = try #require(started["baseline"] as? [String: Any])
    #expect((baseline["requests"] as? Int ?? 0) > 10_000)
    let alert = try #require(
      objects.first { $0["state"] as? String == "firing" && $0["signal"] as? String == "http.5xx" })
    for member in [
      "kind", "route", "at", "first", "baseline", "candidate", "ratio", "evidence", "signature",
      "sample", "file", "line", "offset", "hint",
    ] { #expect(alert[member] != nil, "\(member)") }
    let verdict = run.verdict
    #expect(verdict["event"] as? String == "verdict")
    #expect(verdict["verdict"] as? String == "regressed")
    #expect(verdict["status"] as? Int == 1)
    #expect(verdict["release"] as? String == "v1.4.2")
    let signals = try #require(verdict["signals"] as? [[String: Any]])
    // The error that is new leads the story of the answers of 500 that it brought.
    #expect(signals.first?["signal"] as? String == "postgres.undefined-column")
    #expect(signals.first?["state"] as? String == "regressed")
    #expect((signals.first?["signature"] as? String)?.contains("discount_code") == true)
    let answers = try #require(signals.first { $0["signal"] as? String == "http.5xx" })
    #expect(answers["state"] as? String == "regressed")
    #expect(
      (answers["story"] as? [String: Any])?["signal"] as? String == "postgres.undefined-column")
    let lines = try #require(verdict["lines"] as? [String: Int])
    #expect(Set(lines.keys).isSuperset(of: ["baseline", "candidate", "unparsed"]))
    let skipped = try #require(verdict["skipped"] as? [String: Int])
    #expect(
      Set(skipped.keys)
        == ["truncated_lines", "unreadable_files", "unsupported_compression", "nul_bytes"])
  }

  @Test("an alert's file, line and offset lead to its sample")
  func place() throws {
    let run = try Shop.watch(Shop.paths(Shop.bad), ["--format", "json"])
    let alerts = run.objects.filter { $0["event"] as? String == "alert" }
    #expect(alerts.count > 2)
    for alert in alerts {
      guard let sample = alert["sample"] as? String, let file = alert["file"] as? String,
        let line = alert["line"] as? Int, let offset = alert["offset"] as? Int
      else { continue }
      let data = try Data(contentsOf: URL(fileURLWithPath: file))
      let first = sample.split(separator: "\n", omittingEmptySubsequences: false)[0]
      let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false)
      #expect(String(decoding: lines[line - 1], as: UTF8.self) == first)
      #expect(data[offset...].starts(with: Data(first.utf8)))
    }
  }

  @Test("an undecided signal says what it needs")
  func needs() throws {
    let run = try Tool.run(
      [
        "watch", "--no-follow", "--at", "2026-11-22T14:18:00Z", "--timezone", "UTC", "--format",
        "json",
      ] + Shop.paths(Shop.good))
    let signals = try #require(run.verdict["signals"] as? [[String: Any]])
    let required = signals.filter { $0["required"] as? Bool == true }
    #expect(!required.isEmpty)
    for signal in required where signal["state"] as? String == "undecided" {
      #expect(signal["needs"] != nil && (signal["reason"] as? String)?.isEmpty == false)
    }
  }
}
