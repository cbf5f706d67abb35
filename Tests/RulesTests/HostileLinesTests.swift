import Testing

@testable import Rules

@Suite("Hostile lines")
struct HostileLinesTests {
  private func lines(_ pattern: String, _ sample: String) throws -> [HostileLine] {
    let rules = try rules("rules: [{ id: a, match: '\(pattern)', samples: ['\(sample)'] }]")
    var lines: [HostileLine] = []
    HostileLines(rule: rules.rules[0]).walk {
      lines.append($0)
      return true
    }
    return lines
  }

  @Test("the letters and words of a pattern are found")
  func alphabet() {
    let alphabet = PatternAlphabet(#"(?i)^(?<name>GET) [a-f\x2d]+\d{3}\s(*UCP)\bfoo\.bar$"#)
    #expect(String(decoding: alphabet.letters, as: UTF8.self) == "GET a-f0\to.br")
    #expect(
      alphabet.words.map { String(decoding: $0, as: UTF8.self) } == ["GET", "a-f-", "foo.bar"])
  }

  @Test("they are the same each time, bounded, and repeat what the pattern and the sample hold")
  func lines() throws {
    let lines = try lines(#"took (\d+) ms"#, "it took 5 ms")
    #expect(lines.count > 200 && lines.count < 5_000)
    #expect(lines.allSatisfy { $0.bytes.count < 2 * Limits.hostileRunBytes + 100 })
    #expect(
      lines.map(\.description)
        == (try self.lines(#"took (\d+) ms"#, "it took 5 ms")).map(\.description))
    let shown = lines.map(\.description)
    #expect(shown.contains("10000 bytes: \"0\" again and again"))
    #expect(shown.contains("10001 bytes: spaces again and again, then \"!\""))
    #expect(shown.contains { $0.contains("its sample to byte 8, \"5\" again and again") })
    #expect(shown.contains { $0.contains("its sample cut after byte 11") })
  }

  @Test("a body that has seen enough ends it")
  func end() throws {
    let rules = try rules("rules: [{ id: a, match: x, samples: [x] }]")
    var count = 0
    HostileLines(rule: rules.rules[0]).walk { _ in
      count += 1
      return count < 3
    }
    #expect(count == 3)
  }

  @Test("no pattern, however odd, makes the search for letters fail")
  func odd() {
    for pattern in ["", "\\", "(", "(?", "(*", "[", "{", "\\x", "\\xZ", "(?<", "((((", "é\\é"] {
      _ = PatternAlphabet(pattern)
    }
    #expect(PatternAlphabet("{x").letters.count == 2)
  }
}
