import Records

/// The body of the generic webhook, which `exec` and `file` take too.
package enum WebhookPayload {
  package static func body(_ notice: Notice) -> JSONValue {
    let whole = body(notice, sample: notice.evidence.sample)
    // What a log holds is the only part without a bound of its own.
    guard whole.text.utf8.count > Limits.webhookBytes else { return whole }
    return body(notice, sample: [])
  }

  private static func body(_ notice: Notice, sample: [String]) -> JSONValue {
    let evidence = notice.evidence
    return .object([
      "type": .string("verdict." + type(notice)),
      "timestamp": .string(Timestamp(nanoseconds: notice.at).rfc3339),
      "data": .object([
        "schema": .number(1), "id": .string(notice.id), "key": .string(notice.key),
        "revision": .number(Double(notice.revision)), "state": .string(notice.state.rawValue),
        "digest": .bool(notice.isDigest), "severity": .string(notice.severity.rawValue),
        "service": .optional(notice.facts.service), "env": .optional(notice.facts.environment),
        "release": .string(notice.facts.release), "signal": .string(notice.signal),
        "kind": .string(notice.kind),
        "with": .array(notice.others.prefix(100).map { .string($0) }),
        "with_count": .number(Double(notice.others.count)),
        "first_seen": .string(Timestamp(nanoseconds: notice.started).rfc3339),
        "updated": .string(Timestamp(nanoseconds: notice.at).rfc3339),
        "before": evidence.before.map(side), "after": evidence.after.map(side),
        "ratio": evidence.ratio.map {
          .object([
            "estimate": .number($0.estimate), "low": .number($0.low), "high": .optional($0.high),
          ])
        },
        "e_value": .optional(evidence.eValue), "summary": .string(notice.summary),
        "about": .optional(evidence.about), "hint": .optional(evidence.hint),
        "sample": .optional(
          sample.isEmpty
            ? nil : SinkText.cut(sample.joined(separator: "\n"), limit: 8 * Limits.sampleCharacters)
        ),
        "place": .optional(evidence.place), "owner": .optional(notice.facts.owner),
        "expect": .optional(notice.facts.expectation),
        "rollback": .optional(notice.facts.rollback), "command": .optional(notice.facts.command),
      ]),
    ])
  }

  private static func type(_ notice: Notice) -> String {
    switch notice.state {
    case .firing: "regression"
    case .resolved: "recovery"
    case .test: "test"
    }
  }

  private static func side(_ side: Evidence.Side) -> JSONValue {
    .object([
      "rate": .optional(side.rate), "count": .number(side.count), "n": .number(side.exposure),
    ])
  }
}
