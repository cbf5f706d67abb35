/// The body of a Teams workflow that posts webhook alerts to a channel: an adaptive card.
package enum TeamsPayload {
  package static func body(_ notice: Notice) -> JSONValue {
    var blocks: [JSONValue] = [
      .object([
        "type": .string("TextBlock"),
        "text": .string(
          escape(SinkText.oneLine("\(notice.headline): \(notice.facts.title)", limit: 200))),
        "weight": .string("Bolder"), "size": .string("Medium"), "wrap": .bool(true),
        "style": .string("heading"),
        "color": .string(notice.state == .firing ? "Attention" : "Good"),
      ]),
      .object([
        "type": .string("FactSet"),
        "facts": .array(
          notice.facets.map { name, value in
            .object([
              "title": .string(name),
              "value": .string(escape(SinkText.oneLine(value, limit: 1_000))),
            ])
          }),
      ]),
    ]
    if !notice.sampleText.isEmpty {
      blocks.append(
        .object([
          "type": .string("TextBlock"), "fontType": .string("Monospace"), "wrap": .bool(true),
          "text": .string(escape(SinkText.printable(notice.sampleText))),
        ]))
    }
    return .object([
      "type": .string("message"),
      "attachments": .array([
        .object([
          "contentType": .string("application/vnd.microsoft.card.adaptive"),
          "contentUrl": .null,
          "content": .object([
            "$schema": .string("http://adaptivecards.io/schemas/adaptive-card.json"),
            "type": .string("AdaptiveCard"), "version": .string("1.2"), "body": .array(blocks),
            "msteams": .object(["width": .string("full")]),
          ]),
        ])
      ]),
    ])
  }

  /// Cards know links, emphasis, lists and mentions (`<at>`); none may come from a log.
  private static func escape(_ text: String) -> String {
    SinkText.replace(
      SinkText.escape(text, "\\*_[]()#`~!|"), ["<": "&lt;", ">": "&gt;", "&": "&amp;"])
  }
}
