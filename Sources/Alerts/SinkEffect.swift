/// What is to be done for one message to one sink. A value: somebody else does it.
package enum SinkEffect: Sendable, Hashable {
  /// Each is sent; it worked when all did.
  case post([SinkRequest])
  case run(SinkProgram)
  /// A line at the end of a file.
  case append(path: String, line: String)
  /// A line on standard output, and Markdown for the file that `$GITHUB_STEP_SUMMARY` names.
  case annotate(line: String, summary: String)
}

/// One POST.
package struct SinkRequest: Sendable, Hashable {
  /// It may be a secret as a whole and must not be shown.
  package var address: String
  package var headers: [String: String]
  package var body: String
}

/// One program that is started, without a shell.
package struct SinkProgram: Sendable, Hashable {
  package var path: String
  package var arguments: [String]
  package var environment: [String]
  package var input: String
}

extension SinkSpec {
  /// What sends `notice`. `reveal` finds secrets; `now` is the clock's, in nanoseconds since 1970.
  /// Throws `SinkProblem` where a secret is missing or is no address.
  package func effect(
    _ notice: Notice, now: Int64, isLast: Bool = false, host: String,
    reveal: (Secret) throws(SinkProblem) -> String
  ) throws(SinkProblem) -> SinkEffect {
    switch kind {
    case .slack:
      let style = SlackPayload.Style(rawValue: options["style"] ?? "") ?? .blocks
      return .post([try post(SlackPayload.body(notice, style: style), reveal)])
    case .teams: return .post([try post(TeamsPayload.body(notice), reveal)])
    case .webhook: return .post([try webhook(notice, now: now, reveal)])
    case .alertmanager:
      var headers = Self.jsonHeaders
      if let secret = options["auth"].flatMap(Self.secret) {
        headers["Authorization"] = try reveal(secret)
      }
      let body = AlertmanagerPayload.body(notice, now: now, isLast: isLast).text
      return .post(
        peers.map { peer in
          let base = peer.hasSuffix("/") ? String(peer.dropLast()) : peer
          return SinkRequest(address: base + "/api/v2/alerts", headers: headers, body: body)
        })
    case .pagerduty:
      guard let secret = Self.secret(value) else { throw Self.unset }
      let base = options["url"] ?? "https://events.pagerduty.com"
      let body = PagerDutyPayload.body(notice, routingKey: try reveal(secret)).text
      return .post([
        SinkRequest(address: base + "/v2/enqueue", headers: Self.jsonHeaders, body: body)
      ])
    case .mail: return mail(notice, host: host)
    case .exec:
      return .run(
        SinkProgram(
          path: value, arguments: [], environment: ExecPayload.environment(notice),
          input: WebhookPayload.body(notice).text + "\n"))
    case .file: return .append(path: value, line: WebhookPayload.body(notice).text + "\n")
    case .github:
      return .annotate(
        line: GitHubPayload.annotation(notice), summary: GitHubPayload.summary(notice))
    }
  }

  private static let jsonHeaders = ["Content-Type": "application/json"]
  private static let unset = SinkProblem("expected env:NAME or file:PATH")

  private func post(
    _ body: JSONValue, _ reveal: (Secret) throws(SinkProblem) -> String
  ) throws(SinkProblem) -> SinkRequest {
    SinkRequest(address: try address(reveal), headers: Self.jsonHeaders, body: body.text)
  }

  private func address(
    _ reveal: (Secret) throws(SinkProblem) -> String
  ) throws(SinkProblem) -> String {
    guard let secret = Self.secret(value) else { return value }
    let address = try reveal(secret)
    guard address.hasPrefix("https://") || address.hasPrefix("http://"),
      address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { throw SinkProblem("\(text): what it names is no http or https address") }
    return address
  }

  private func webhook(
    _ notice: Notice, now: Int64, _ reveal: (Secret) throws(SinkProblem) -> String
  ) throws(SinkProblem) -> SinkRequest {
    var request = try post(WebhookPayload.body(notice), reveal)
    request.headers["webhook-id"] = notice.id
    guard let secret = options["secret"].flatMap(Self.secret) else { return request }
    let signature = WebhookSignature(rawValue: options["signature"] ?? "") ?? .standard
    let headers = signature.headers(
      body: request.body, id: notice.id, seconds: now / 1_000_000_000, secret: try reveal(secret))
    for (name, value) in headers { request.headers[name] = value }
    return request
  }

  private func mail(_ notice: Notice, host: String) -> SinkEffect {
    let from = options["from"] ?? "tidemark@\(host)"
    return .run(
      SinkProgram(
        path: options["sendmail"] ?? "/usr/sbin/sendmail",
        arguments: ["-i", "-f", from, "--", value],
        environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"],
        input: MailMessage.text(notice, from: from, to: value, host: host)))
  }
}
