import Records

/// The body of PagerDuty's Events API v2.
package enum PagerDutyPayload {
  package static func body(_ notice: Notice, routingKey: String) -> JSONValue {
    let whole = body(notice, routingKey, withDetails: true)
    guard whole.text.utf8.count > Limits.pagerDutyBytes else { return whole }
    return body(notice, routingKey, withDetails: false)
  }

  private static func body(
    _ notice: Notice, _ routingKey: String, withDetails: Bool
  ) -> JSONValue {
    let isResolve = notice.state == .resolved
    return .object([
      "routing_key": .string(routingKey),
      "event_action": .string(isResolve ? "resolve" : "trigger"),
      "dedup_key": .string(notice.key), "client": .string("tidemark"),
      "payload": .object([
        "summary": .string(notice.summary),
        "source": .string(SinkText.oneLine(notice.facts.service ?? notice.facts.release)),
        "severity": .string(notice.state == .test ? "info" : notice.severity.rawValue),
        "timestamp": .string(Timestamp(nanoseconds: notice.at).rfc3339),
        "component": .string(SinkText.oneLine(notice.signal)),
        "group": .optional(notice.facts.service.map { SinkText.oneLine($0) }),
        "class": .string("release-regression"),
        "custom_details": withDetails ? details(notice) : nil,
      ]),
    ])
  }

  private static func details(_ notice: Notice) -> JSONValue {
    var members = notice.facets.map {
      JSONValue.Member(name: $0.name, value: .string(SinkText.oneLine($0.value)))
    }
    if !notice.sampleText.isEmpty {
      members.append(
        .init(name: "Sample", value: .string(SinkText.printable(notice.sampleText))))
    }
    return .object(members)
  }
}
