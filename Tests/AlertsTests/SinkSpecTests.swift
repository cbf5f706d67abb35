import Foundation
import Testing

@testable import Alerts

@Suite("Sinks as users write them")
struct SinkSpecTests {
  @Test(
    "are understood",
    arguments: [
      "slack:env:HOOK", "slack:file:/run/hook,style=attachments", "teams:env:HOOK",
      "webhook:https://example.org/hook", "webhook:env:URL,secret=env:KEY,signature=github",
      "alertmanager:http://am1:9093,http://am2:9093/x,auth=file:/run/token",
      "pagerduty:env:KEY,url=https://events.eu.pagerduty.com", "mail:oncall@example.org",
      "mail:a@b.c,from=x@y.z,sendmail=/usr/bin/msmtp", "exec:/usr/local/bin/hook,once=true",
      "file:/var/log/alerts.json", "github",
    ])
  func understood(text: String) throws {
    #expect(try SinkSpec(text).text == text)
  }

  @Test(
    "are refused where they hold a secret or make no sense, without repeating a secret",
    arguments: [
      "slack:https://hooks.slack.com/services/T/B/s3cr3t", "pagerduty:s3cr3t",
      "teams:https://s3cr3t",
      "webhook:https://joe:s3cr3t@example.org/", "webhook:https://example.org/?token=s3cr3t",
      "webhook:https://example.org/,secret=s3cr3t", "alertmanager:http://u:s3cr3t@am:9093",
      "s3cr3t", "mail:nobody", "mail:-f@x", "exec:hook", "file:relative", "github:x", "slack:",
      "slack:env:", "exec:/hook,once=maybe", "webhook:https://e.org/,signature=github",
    ])
  func refused(text: String) {
    let problem = #expect(throws: SinkProblem.self) { try SinkSpec(text) }
    #expect(problem?.description.contains("s3cr3t") == false)
    #expect(
      problem?.description.contains("expected") == true
        || problem?.description.contains("needs") == true)
  }

  @Test("every peer of Alertmanager gets every message")
  func peers() throws {
    let spec = try SinkSpec("alertmanager:http://am1:9093,http://am2:9093/,auth=env:TOKEN")
    let effect = try spec.effect(Notices.notice(), now: Notices.start, host: "h") { _ in "Bearer x"
    }
    guard case .post(let requests) = effect else {
      Issue.record("\(effect)")
      return
    }
    #expect(
      requests.map(\.address) == [
        "http://am1:9093/api/v2/alerts", "http://am2:9093/api/v2/alerts",
      ])
    #expect(requests.allSatisfy { $0.headers["Authorization"] == "Bearer x" })
  }

  @Test("labels of Alertmanager stay the same from the trigger to the resolve")
  func labels() throws {
    func labels(_ notice: Notice) -> String {
      AlertmanagerPayload.body(notice, now: Notices.start).text
        .components(separatedBy: "\"annotations\"")[0]
    }
    var resolved = Notices.notice(.resolved, revision: 2)
    resolved.severity = .warning
    resolved.signal = "cache.hits"
    #expect(labels(Notices.notice()) == labels(resolved))
  }
}
