@testable import Alerts

/// Messages for tests.
enum Notices {
  /// 22 November 2026, 16:00 UTC.
  static let start: Int64 = 1_795_363_200_000_000_000

  static var facts: ReleaseFacts {
    var facts = ReleaseFacts(release: "v1.4.2")
    facts.service = "api"
    facts.environment = "prod"
    facts.owner = "Ann"
    facts.expectation = "fewer timeouts"
    facts.rollback = "deploy v1.4.1"
    facts.command = "tidemark watch --explain http.5xx"
    return facts
  }

  static var evidence: Evidence {
    var evidence = Evidence()
    evidence.about = "Requests answered with a server error"
    evidence.beforeText = "0.4 %"
    evidence.afterText = "2.1 %"
    evidence.ratioText = "×5.25 (95 % interval 3.1 to 8.8)"
    evidence.before = .init(count: 480, exposure: 120_000)
    evidence.after = .init(count: 1_281, exposure: 61_000)
    evidence.ratio = .init(estimate: 5.25, low: 3.1, high: 8.8)
    evidence.eValue = 88_211
    evidence.sample = ["2026-11-22 16:00:01 ERROR [shop] order 17 failed", "  at shop.Order.pay"]
    evidence.place = "app.log:1843"
    evidence.hint = "Look at the worst routes first."
    return evidence
  }

  static func notice(
    _ state: Notice.State = .firing, revision: Int = 1, evidence: Evidence = evidence,
    facts: ReleaseFacts = facts
  ) -> Notice {
    Notice(
      key: "tm5ce5798060fa7153", revision: revision, state: state, isDigest: false,
      severity: .critical, facts: facts, story: "http.5xx", urgency: .critical,
      signal: "http.5xx", kind: "ratio", others: ["http.latency"], started: start,
      at: state == .resolved ? start + 1_200_000_000_000 : start, evidence: evidence)
  }

  /// Everything that a log or a user could put in a harmful way.
  static var hostile: Notice {
    let text =
      "\u{1B}[2J\u{1B}]0;owned\u{7}<!channel> <@U1> <https://evil|x> ```\n::set-output name=a::b\r\n"
      + "Bcc: evil@example.org\n\n.\n<script>alert(1)</script> | `x` @here \u{202E}abc <at>all</at>\n"
      + "QUIT\n::error::x"
    var evidence = Evidence()
    evidence.about = text
    evidence.afterText = text
    evidence.beforeText = text
    evidence.ratioText = text
    evidence.sample = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    evidence.place = text
    evidence.hint = text
    var facts = ReleaseFacts(release: text)
    facts.service = text
    facts.environment = text
    facts.owner = text
    facts.rollback = text
    var notice = notice(evidence: evidence, facts: facts)
    notice.signal = text
    notice.story = text
    notice.others = [text]
    return notice
  }
}
