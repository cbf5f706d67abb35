import Records

/// The body of Alertmanager's `POST /api/v2/alerts`.
///
/// Labels are what an alert is known by: nothing that changes may stand in them.
package enum AlertmanagerPayload {
  /// `now` is the clock's; `isLast` is said of a message that nobody will repeat.
  package static func body(_ notice: Notice, now: Int64, isLast: Bool = false) -> JSONValue {
    let life =
      isLast ? Limits.alertmanagerLastLifeNanoseconds : Limits.alertmanagerLifeNanoseconds
    // What ended lies in the past for Alertmanager's clock, whatever the log's says.
    let end = notice.state == .firing ? now + life : min(now, max(notice.at, notice.started))
    return .array([
      .object([
        "labels": .object([
          "alertname": .string(name(notice)),
          "service": label(notice.facts.service), "env": label(notice.facts.environment),
          "release": label(notice.facts.release), "signal": label(notice.story),
          "severity": .string(notice.urgency.rawValue), "tidemark_key": .string(notice.key),
        ]),
        "annotations": .object([
          "summary": .string(notice.summary),
          "description": .string(description(notice)),
          "before": .optional(text(notice.evidence.beforeText)),
          "after": .optional(text(notice.evidence.afterText)),
          "ratio": .optional(text(notice.evidence.ratioText)),
          "owner": .optional(notice.facts.owner), "rollback": .optional(notice.facts.rollback),
          "hint": .optional(notice.evidence.hint),
        ]),
        "startsAt": .string(Timestamp(nanoseconds: min(notice.started, end)).rfc3339),
        "endsAt": .string(Timestamp(nanoseconds: end).rfc3339),
      ])
    ])
  }

  private static func name(_ notice: Notice) -> String {
    notice.state == .test ? "TidemarkTest" : "ReleaseRegression"
  }

  private static func text(_ text: String) -> String? { text.isEmpty ? nil : text }

  /// Empty labels are the same as none.
  private static func label(_ value: String?) -> JSONValue? {
    guard let value, !value.isEmpty else { return nil }
    return .string(SinkText.oneLine(value))
  }

  private static func description(_ notice: Notice) -> String {
    var lines = notice.facets.map { "\($0.name): \(SinkText.oneLine($0.value))" }
    if !notice.sampleText.isEmpty { lines.append(SinkText.printable(notice.sampleText)) }
    return lines.joined(separator: "\n")
  }
}
