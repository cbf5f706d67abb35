import Foundation
import Rules
import Testing

@Suite("Rule files of random damage")
struct RuleFileFuzzTests {
  static let seeds: [UInt64] = Array(1...6)

  private static let text = #"""
    pack: demo
    about: "Text with \t escapes and \u00e9"
    disable: [http.404, error.record]
    rules:
      - id: http.request
        match: '"(?<method>[A-Z]{3,7}) (?<route>[^ "]+) HTTP/[0-9.]+" (?<status>[1-5][0-9]{2})'
        captures:
          status: integer
          route: route                 # comment
          duration: { unit: seconds }
        where: status >= 500 and not (method in (GET, 'PUT') or cache exists)
        samples:
          - line: '"GET /orders/42 HTTP/1.1" 502'
            captures: { method: GET, status: 502 }
        misses: ['"GET is a word"']
      - &anchor
        id: other
        class: crash
        severity: error
        deploy-noise: true
        fields: { logger: app.db, level: [warning, error] }
        match: |-
          slow (?<what>query)
        signature: [what, exception]
      - { id: third, record: [request, python-traceback], event: http.request, match: "a\x41" }
    signals:
      - id: http.5xx
        kind: ratio
        count: http.request where status >= 500
        per: http.request
        by: route
      - { id: lat, kind: latency, value: http.request duration, quantiles: [0.5, 0.99] }
      - { id: sum, kind: ratio, count: sum(http.request status), per: http.request }
    """#

  @Test(
    "damage gives problems or rules, never a crash; problems stand within the file",
    arguments: seeds)
  func damage(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let original = Array(Self.text.utf8)
    let pieces: [[UInt8]] = [
      "'", "\"", "[", "]", "{", "}", ":", ": ", "- ", "#", "&a", "*a", "*anchor", "!!int ", "|",
      ">",
      "\n", "\n  ", "\t", "(", ")", "?", "\\", "where", "and", "\u{0}", "é", "%", "@", "<<: ", "~",
      "---\n", "...\n", "\r", "(?<", "{99999}", "\\Q", "(?R)", "(*LIMIT_MATCH=1)", "(?J)",
    ].map { Array($0.utf8) }
    for _ in 0..<200 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
        case 1: bytes.remove(at: place)
        case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 3: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0..<40, using: &random)))
        default:
          let end = min(bytes.count, place + Int.random(in: 0..<60, using: &random))
          bytes.insert(
            contentsOf: Array(bytes[place..<end]),
            at: Int.random(in: 0..<bytes.count, using: &random))
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
      let lines = 1 + text.unicodeScalars.count { breaks.contains($0) }
      do throws(RuleLoadError) {
        let rules = try RuleSet.load(texts: [("fuzz", text)])
        _ = rules.observation(of: #""GET /orders/42 HTTP/1.1" 502 slow query"#)
      } catch {
        #expect(!error.problems.isEmpty)
        for problem in error.problems {
          #expect(problem.line <= lines + 1 && problem.column >= 0 && !problem.message.isEmpty)
          #expect(!problem.description.isEmpty)
        }
      }
    }
  }
}
