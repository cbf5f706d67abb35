import Foundation
import Testing

@Suite("tidemark compare")
struct CompareTests {
  /// So many requests a second of two routes, one of which fails often.
  private static func log(
    seed: UInt64, from start: Date, seconds: Int, exports: Double, failing: Double = 0.005,
    extra: String? = nil
  ) -> String {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) * 0x1p-53
    }
    var text = ""
    for second in 0..<seconds {
      for _ in 0..<4 {
        let isExport = random() < exports
        let status = random() < (isExport ? 0.1 : failing) ? 500 : 200
        let milliseconds = (isExport ? 400 : 10) * (0.5 + random())
        let path = extra != nil && random() < 0.1 ? extra! : isExport ? "/export" : "/orders"
        text +=
          "{\"time\":\"\((start + Double(second)).ISO8601Format())\",\"level\":\"info\",\"msg\":\"request\","
          + "\"method\":\"GET\",\"path\":\"\(path)\",\"status\":\(status),\"duration_ms\":\(milliseconds)}\n"
      }
    }
    return text
  }

  @Test(
    "one broken route is found in logs of today and in older ones alike",
    arguments: [0.1, 2.5, 6, 40])
  func age(days: Double) throws {
    let scratch = Scratch()
    let now = Date(timeIntervalSinceNow: -days * 86_400)
    let a = try scratch.write(
      "a.log", Self.log(seed: 1, from: now - 7_200, seconds: 7_200, exports: 0.1, failing: 0.02))
    // The whole is no worse: the other route got better.
    let b = try scratch.write(
      "b.log",
      Self.log(seed: 2, from: now - 3_600, seconds: 3_600, exports: 0.1, failing: 0.02)
        .replacingOccurrences(of: "\"/export\",\"status\":200", with: "\"/export\",\"status\":503"))
    let run = try Self.compare(a, b, ["--format", "json"])
    let signals = run.verdict["signals"] as? [[String: Any]] ?? []
    let route = signals.first {
      $0["signal"] as? String == "http.5xx" && $0["route"] as? String == "/export"
    }
    #expect(route?["state"] as? String == "regressed", "\(run.output.suffix(2_000))")
    let before = route?["baseline"] as? [String: Any]
    #expect((before?["exposure"] as? Double ?? 0) > 2_000)
  }

  private static let spring = Date(timeIntervalSince1970: 1_780_000_000)
  private static let autumn = Date(timeIntervalSince1970: 1_792_345_678)

  private static func compare(_ a: String, _ b: String, _ options: [String] = []) throws -> Tool.Run
  {
    try Tool.run(["compare", "--timezone", "UTC", "--a", a, "--b", b] + options)
  }

  private static func regressed(_ run: Tool.Run) -> [String] {
    (run.verdict["signals"] as? [[String: Any]] ?? []).filter {
      $0["state"] as? String == "regressed"
    }.compactMap { $0["signal"] as? String }
  }

  @Test("two samples of one system, months apart, are alike")
  func alike() throws {
    let scratch = Scratch()
    let a = try scratch.write(
      "a.log", Self.log(seed: 1, from: Self.spring, seconds: 5_400, exports: 0.05))
    let b = try scratch.write(
      "b.log", Self.log(seed: 2, from: Self.autumn, seconds: 5_400, exports: 0.05))
    let run = try Self.compare(a, b)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("HEALTHY"))
    #expect(!run.output.contains("only in"))
    // Which of the two is older does not matter, nor that they are the same moment.
    #expect(try Self.compare(b, a).status == 0)
    #expect(try Self.compare(a, a).status == 0)
  }

  @Test("traffic that goes to other routes is no regression, and the report says what it does")
  func otherMix() throws {
    let scratch = Scratch()
    let a = try scratch.write(
      "a.log", Self.log(seed: 3, from: Self.spring, seconds: 5_400, exports: 0.05))
    let b = try scratch.write(
      "b.log", Self.log(seed: 4, from: Self.autumn, seconds: 5_400, exports: 0.4))
    let run = try Self.compare(a, b, ["--format", "json"])
    #expect(Self.regressed(run) == [], "\(run.output)")
    let mix = try #require(run.objects.first?["mix"] as? [String: Any])
    #expect(mix["corrected"] as? Bool == true)
    let overlap = try #require(mix["overlap"] as? Double)
    #expect(overlap > 0.6 && overlap < 0.7)
    let effects = try #require(mix["effects"] as? [[String: Any]])
    let effect = try #require(effects.first { $0["signal"] as? String == "http.5xx" })
    let stand = try #require(effect["as_they_stand"] as? [Double])
    let mixed = try #require(effect["at_one_mix"] as? [Double])
    #expect(stand[1] > 3 * stand[0])
    #expect(mixed[1] < 1.5 * mixed[0])
  }

  @Test("a real difference is found although the mix differs too")
  func worse() throws {
    let scratch = Scratch()
    let a = try scratch.write(
      "a.log", Self.log(seed: 5, from: Self.spring, seconds: 5_400, exports: 0.1))
    let b = try scratch.write(
      "b.log", Self.log(seed: 6, from: Self.spring, seconds: 5_400, exports: 0.02, failing: 0.03))
    let run = try Self.compare(a, b, ["--format", "json"])
    #expect(run.status == 1)
    #expect(Self.regressed(run).first == "http.5xx")
  }

  @Test("what exists on one side only is named with its failures, and not compared")
  func onlyOneSide() throws {
    let scratch = Scratch()
    let a = try scratch.write(
      "a.log", Self.log(seed: 7, from: Self.spring, seconds: 5_400, exports: 0))
    let b = try scratch.write(
      "b.log",
      Self.log(seed: 8, from: Self.autumn, seconds: 5_400, exports: 0, extra: "/beta"))
    let run = try Self.compare(a, b)
    #expect(run.output.contains("only in B") && run.output.contains("/beta ("), "\(run.output)")
    #expect(run.output.contains("of them 5xx"))
    #expect(run.status != 1)
  }

  @Test("it is the same however many threads read")
  func workers() throws {
    let scratch = Scratch()
    let a = try scratch.write(
      "a.log", Self.log(seed: 3, from: Self.spring, seconds: 1_800, exports: 0.05))
    let b = try scratch.write(
      "b.log", Self.log(seed: 4, from: Self.autumn, seconds: 1_800, exports: 0.4))
    let one = try Self.compare(a, b, ["--format", "json", "--workers", "1"])
    let many = try Self.compare(a, b, ["--format", "json", "--workers", "7"])
    #expect(one.output == many.output && !one.output.isEmpty)
  }

  @Test("Markdown and HTML hold what the text holds, and nothing a log says becomes markup")
  func forms() throws {
    let scratch = Scratch()
    let hostile = "/<script>alert(1)</script>"
    let a = try scratch.write(
      "a.log", Self.log(seed: 9, from: Self.spring, seconds: 1_800, exports: 0.1))
    let b = try scratch.write(
      "b.log",
      Self.log(
        seed: 10, from: Self.autumn, seconds: 1_800, exports: 0.1, failing: 0.2, extra: hostile))
    let html = try Self.compare(a, b, ["--format", "html"])
    #expect(html.status == 1)
    #expect(html.output.hasPrefix("<!DOCTYPE html>") && html.output.contains("http.5xx"))
    #expect(!html.output.contains("<script>"))
    let markdown = try Self.compare(a, b, ["--format", "markdown"])
    #expect(markdown.status == 1)
    #expect(markdown.output.hasPrefix("## REGRESSED") && markdown.output.contains("| http.5xx |"))
  }

  @Test("a rotated file that is the other side is not read as this one's past")
  func rotated() throws {
    let scratch = Scratch()
    let a = try scratch.write(
      "app.log.1", Self.log(seed: 1, from: Self.spring, seconds: 1_800, exports: 0.05))
    let b = try scratch.write(
      "app.log", Self.log(seed: 2, from: Self.spring + 1_800, seconds: 1_800, exports: 0.05))
    let run = try Self.compare(a, b, ["--format", "json"])
    for side in ["a", "b"] {
      let facts = try #require(run.objects.first?[side] as? [String: Any])
      #expect(facts["lines"] as? Int == 7_200)
    }
  }

  @Test("a side that cannot be read is blindness, and a missing side a mistake")
  func blind() throws {
    let scratch = Scratch()
    let a = try scratch.write(
      "a.log", Self.log(seed: 1, from: Self.spring, seconds: 1_800, exports: 0.05))
    let timeless = try scratch.write("plain.log", "no time here\n")
    for (one, other) in [
      (a, "/nonexistent/b.log"), ("/nonexistent/a.log", a), (a, timeless), (timeless, a),
    ] {
      let run = try Self.compare(one, other)
      #expect(run.status == 4, "\(run.output)")
      #expect(run.output.contains("BLIND"))
    }
    #expect(try Tool.run(["compare", "--a", a]).status == 2)
    #expect(try Self.compare("-", "-").status == 2)
    #expect(try Self.compare(a, a, ["--alpha", "2"]).status == 2)
  }
}
