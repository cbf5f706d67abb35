import Records
import Rules
import Testing

@Suite("Which signals rules and records feed")
struct RuleFeedingTests {
  private static let text = """
    rules:
      - { id: request, event: http.request, record: request }
      - { id: a, match: boom, severity: error }
      - { id: b, match: bang }
    signals:
      - { id: s.5xx, kind: ratio, count: http.request where status >= 500, per: http.request }
      - { id: s.time, kind: latency, value: http.request duration }
      - { id: s.b, kind: ratio, count: b, per: a }
    """

  private func ids(_ rules: RuleSet, _ signals: [Int]) -> [String] {
    signals.map { rules.signals[$0].id }
  }

  @Test("by rule: what its matches count in, and what is measured against them")
  func rule() throws {
    let rules = try rules(Self.text)
    #expect(ids(rules, rules.signals(countedByRule: 0)) == ["s.5xx", "s.time"])
    #expect(ids(rules, rules.signals(countedByRule: 1)) == ["a"])
    #expect(ids(rules, rules.signals(measuredAgainstRule: 1)) == ["s.b"])
    #expect(ids(rules, rules.signals(countedByRule: 2)) == ["s.b"])
    #expect(rules.isRequest(rule: 0) && !rules.isRequest(rule: 1))
    #expect(
      rules.signals.indices.map { rules.meaning(ofSignal: $0) } == [
        "http.request where status >= 500 per http.request", "http.request duration", "b per a",
        "a per request, per second where there are none",
      ])
  }

  @Test("by record: only what it adds to")
  func observation() throws {
    let rules = try rules(Self.text)
    func fed(_ text: String, _ record: Record) -> [String] {
      ids(rules, rules.signals(fedBy: rules.observation(of: text, record)))
    }
    #expect(fed("GET /x", request("GET /x", status: 200)) == [])
    #expect(fed("GET /x", request("GET /x", status: 502, duration: 1)) == ["s.5xx", "s.time"])
    #expect(fed("boom", record("boom")) == ["a"])
    #expect(fed("nothing", record("nothing")) == [])
  }
}
