/// The body of a Slack-compatible incoming webhook.
///
/// Text of logs stands only in code fences; `&`, `<` and `>` are escaped, so that nothing becomes a
/// mention, a link or a channel.
package enum SlackPayload {
  /// Mattermost and Rocket.Chat show attachments and leave blocks out.
  package enum Style: String, Sendable, Hashable, Codable {
    case blocks, attachments
  }

  package static func body(_ notice: Notice, style: Style = .blocks) -> JSONValue {
    style == .blocks ? blocks(notice) : attachments(notice)
  }

  private static func blocks(_ notice: Notice) -> JSONValue {
    let header = SinkText.oneLine(
      "\(notice.headline): \(notice.facts.title)", limit: Limits.slackHeaderCharacters)
    var blocks: [JSONValue] = [
      .object(["type": .string("header"), "text": plain(escape(header))])
    ]
    let fields = notice.facets.map { name, value in
      markdown("*\(escape(name))*\n" + escape(SinkText.oneLine(value)), Limits.slackFieldCharacters)
    }
    for start in stride(from: 0, to: fields.count, by: Limits.slackFields) {
      let some = fields[start..<min(start + Limits.slackFields, fields.count)]
      blocks.append(
        .object(["type": .string("section"), "fields": .array(Array(some))]))
    }
    if !notice.sampleText.isEmpty {
      blocks.append(
        .object([
          "type": .string("section"),
          "text": markdown(fence(notice.sampleText), Limits.slackSectionCharacters),
        ]))
    }
    blocks.append(
      .object([
        "type": .string("context"),
        "elements": .array([markdown(escape(context(notice)), Limits.slackFieldCharacters)]),
      ]))
    return .object([
      "text": .string(escape(notice.summary)), "blocks": .array(blocks),
    ])
  }

  private static func attachments(_ notice: Notice) -> JSONValue {
    var text = notice.facets.map { "*\($0.name)*: \(escape(SinkText.oneLine($0.value)))" }
      .joined(separator: "\n")
    if !notice.sampleText.isEmpty { text += "\n" + fence(notice.sampleText) }
    let color =
      notice.state == .firing ? "#d00000" : notice.state == .resolved ? "#2e8b57" : "#888888"
    return .object([
      "text": .string(escape(notice.summary)),
      "attachments": .array([
        .object([
          "color": .string(color), "fallback": .string(escape(notice.summary)),
          "text": .string(SinkText.cut(text, limit: Limits.slackSectionCharacters)),
          "footer": .string(escape(context(notice))),
        ])
      ]),
    ])
  }

  private static func context(_ notice: Notice) -> String {
    "\(notice.severity.rawValue) - id \(notice.id)"
  }

  private static func plain(_ text: String) -> JSONValue {
    .object(["type": .string("plain_text"), "text": .string(text)])
  }

  private static func markdown(_ text: String, _ limit: Int) -> JSONValue {
    .object(["type": .string("mrkdwn"), "text": .string(SinkText.cut(text, limit: limit))])
  }

  private static func fence(_ text: String) -> String {
    "```\n"
      + SinkText.cut(escape(SinkText.printable(text)), limit: Limits.slackSectionCharacters - 10)
      + "\n```"
  }

  /// Slack's three escapes; without `<` nothing mentions anybody, and without backticks no code ends.
  private static func escape(_ text: String) -> String {
    SinkText.replace(text, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "`": "'"])
  }
}
