import Foundation
import Testing

@testable import Alerts

@Suite("Hostile text in messages")
struct HostileTextTests {
  private let notice = Notices.hostile

  @Test("no payload carries a control character or a mark that reorders text")
  func controls() {
    let texts = [
      SlackPayload.body(notice).text, SlackPayload.body(notice, style: .attachments).text,
      TeamsPayload.body(notice).text, GitHubPayload.annotation(notice),
      GitHubPayload.summary(notice), MailMessage.text(notice, from: "a@b", to: "c@d", host: "h"),
      PagerDutyPayload.body(notice, routingKey: "k").text,
      AlertmanagerPayload.body(notice, now: 0).text,
      ExecPayload.environment(notice).joined(separator: "\n"),
    ]
    for text in texts {
      #expect(
        !text.unicodeScalars.contains {
          $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E
        })
      #expect(!text.contains("\\u001b") && !text.contains("\\u202e"))
    }
  }

  @Test("Slack is given no mention, no link and no early end of a fence")
  func slack() throws {
    for style in [SlackPayload.Style.blocks, .attachments] {
      let object = try JSONSerialization.jsonObject(
        with: Data(SlackPayload.body(notice, style: style).text.utf8))
      for text in strings(object) {
        #expect(!text.contains("<"), "\(text)")
        #expect(text.components(separatedBy: "```").count <= 3, "\(text)")
      }
    }
  }

  @Test("GitHub is given one command, and Markdown without HTML or an early end of a cell")
  func gitHub() {
    let line = GitHubPayload.annotation(notice)
    #expect(!line.contains("\n") && !line.contains("\r"))
    #expect(line.hasPrefix("::error title="))
    let title = line.dropFirst("::error title=".count).prefix { $0 != ":" }
    #expect(!title.contains(","))
    let summary = GitHubPayload.summary(notice)
    for line in summary.split(separator: "\n") where !line.hasPrefix("    ") {
      #expect(!line.contains("<") && !line.hasPrefix("::"), "\(line)")
      if line.hasPrefix("|") {
        let bars = line.indices.filter {
          line[$0] == "|" && ($0 == line.startIndex || line[line.index(before: $0)] != "\\")
        }
        #expect(bars.count == 3, "\(line)")
      }
    }
  }

  @Test("a mail has the headers that we wrote, and no others")
  func mail() {
    let text = MailMessage.text(notice, from: "a@b", to: "c@d", host: "h")
    let head = text.components(separatedBy: "\n\n")[0]
    let names = head.split(separator: "\n").filter { !$0.hasPrefix(" ") }
      .map { $0.prefix { $0 != ":" } }
    #expect(
      names == [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Tidemark-Key",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
      ])
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count < 998 })
    for address in ["a b@c", "-f@c", "a@b@c", "a", "a@b\nBcc: x@y", "<a@b>", "@b"] {
      #expect(!MailMessage.isAddress(address), "\(address)")
    }
  }

  @Test("HTML of a log is not HTML in any JSON body")
  func html() {
    for text in [
      WebhookPayload.body(notice).text, PagerDutyPayload.body(notice, routingKey: "k").text,
      AlertmanagerPayload.body(notice, now: 0).text,
    ] { #expect(!text.contains("<script")) }
  }

  @Test("an endless sample stays within the bounds of each sink")
  func long() {
    var notice = Notices.notice()
    notice.evidence.sample = (0..<5_000).map { "line \($0) " + String(repeating: "ü&<", count: 90) }
    notice.others = (0..<1_000).map { "signal.number-\($0)" }
    #expect(WebhookPayload.body(notice).text.utf8.count < 20_000)
    #expect(SlackPayload.body(notice).text.utf8.count < 40_000)
    #expect(TeamsPayload.body(notice).text.utf8.count < 28_000)
    #expect(PagerDutyPayload.body(notice, routingKey: "k").text.utf8.count < 512_000)
    #expect(notice.summary.unicodeScalars.count <= 130)
  }

  private func strings(_ value: Any) -> [String] {
    if let text = value as? String { return [text] }
    if let list = value as? [Any] { return list.flatMap(strings) }
    if let object = value as? [String: Any] { return object.values.flatMap(strings) }
    return []
  }
}
