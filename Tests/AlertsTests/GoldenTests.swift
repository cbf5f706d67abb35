import Foundation
import Testing

@testable import Alerts

@Suite("Payloads of the sinks")
struct GoldenTests {
  static let payloads: [(name: String, text: String)] = {
    let now = Notices.start + 1_500_000_000_000
    var list: [(String, String)] = []
    for state in [Notice.State.firing, .resolved, .test] {
      let notice = Notices.notice(state, revision: state == .resolved ? 2 : 1)
      list += [
        ("slack", SlackPayload.body(notice).text),
        ("slack-attachments", SlackPayload.body(notice, style: .attachments).text),
        ("webhook", WebhookPayload.body(notice).text),
        ("alertmanager", AlertmanagerPayload.body(notice, now: now).text),
        ("pagerduty", PagerDutyPayload.body(notice, routingKey: "KEY").text),
        ("teams", TeamsPayload.body(notice).text),
        (
          "mail",
          MailMessage.text(notice, from: "tidemark@h", to: "oncall@example.org", host: "h")
        ),
        ("exec", ExecPayload.environment(notice).joined(separator: "\n")),
        ("annotation", GitHubPayload.annotation(notice)),
        ("summary", GitHubPayload.summary(notice)),
      ].map { ("\($0.0).\(state.rawValue)", $0.1) }
    }
    return list
  }()

  /// `TIDEMARK_GOLDEN=write` writes the files anew; look at what changed before it is committed.
  @Test("equal their golden files", arguments: payloads.map(\.name))
  func golden(name: String) throws {
    let text = try #require(Self.payloads.first { $0.name == name }?.text)
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/\(name).txt")
    if ProcessInfo.processInfo.environment["TIDEMARK_GOLDEN"] == "write" {
      try Data((text + "\n").utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text + "\n")
  }

  @Test("that are JSON are read by a JSON reader")
  func json() throws {
    for (name, text) in Self.payloads where text.hasPrefix("{") || text.hasPrefix("[") {
      #expect(throws: Never.self, "\(name)") {
        try JSONSerialization.jsonObject(with: Data(text.utf8))
      }
    }
  }

  @Test("are signed as Standard Webhooks asks for")
  func signature() {
    let headers = WebhookSignature.standard.headers(
      body: "{\"type\":\"verdict.regression\"}", id: "msg_1", seconds: 1_700_000_000,
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    let value = headers.first { $0.name == "webhook-signature" }?.value
    #expect(value == "v1,92SJR2LRxyyrVof9OOnlJMXqaqjAmcUsfHp3uH0ogBQ=")
    let both = WebhookSignature.standard.headers(
      body: "", id: "a", seconds: 1, secret: "whsec_AAAA whsec_BBBB")
    #expect(both.first { $0.name == "webhook-signature" }?.value.split(separator: " ").count == 2)
  }

  @Test("are hashed as the published examples are")
  func hashes() {
    func hex(_ bytes: [UInt8]) -> String {
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    #expect(
      hex(SHA256.hash(Array("abc".utf8)))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex(SHA256.hash(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      hex(
        SHA256.authentication(
          of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    for length in [55, 56, 63, 64, 65, 119, 120] {
      #expect(SHA256.hash([UInt8](repeating: 97, count: length)).count == 32)
    }
    for length in 0..<20 {
      let bytes = (0..<length).map { UInt8($0 * 37 & 255) }
      #expect(Base64.bytes(Base64.text(bytes)) == bytes)
    }
  }
}
