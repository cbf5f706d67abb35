extension DemoService {
  /// `203.0.113.9 - - [22/Nov/2026:14:03:00 +0000] "GET / HTTP/1.1" 200 9120 "-" "curl/8.14.1"
  /// rt=0.012 uct=0.000 uht=0.011 urt=0.011 us=200 cs=MISS`, in one line.
  mutating func addAccess(
    _ request: Request, from start: Int64, to end: Int64, status: Int, attempts: [Attempt],
    cache: String, marks: Marks = []
  ) {
    var text = LineText()
    text.append("\(request.client) - - [")
    text.append(accessTime: end)
    text.append("] \"\(request.line)\" \(status) ")
    let isUsual = status == request.route.status
    text.append(
      isUsual ? random.integer(in: request.route.bodyBytes) : Shop.bodyBytes(status))
    let isPage = request.route.status != 404 && request.route.target != "/health"
    let referer =
      isPage && random.chance(0.55) ? "https://shop.example.com/p/\(request.blanks.product)" : "-"
    text.append(" \"\(referer)\" \"\(request.agent)\" rt=")
    text.append(thousandths: (end - start) / 1_000)
    text.append(" uct=")
    appendList(attempts.map(\.connect), to: &text)
    text.append(" uht=")
    appendList(attempts.map(\.header), to: &text)
    text.append(" urt=")
    appendList(attempts.map(\.response), to: &text)
    let statuses = attempts.map { String($0.status) }.joined(separator: ", ")
    text.append(" us=\(statuses.isEmpty ? "-" : statuses) cs=\(cache)\n")
    let failed: Marks = status >= 500 ? marks.union(.nginxServerError) : marks
    add(.nginxAccess, at: end, text, marks: failed.union(.nginxRequest))
  }

  /// nginx joins the times of all tried servers with `, `; no server at all is `-`.
  private func appendList(_ milliseconds: [Int64?], to text: inout LineText) {
    if milliseconds.isEmpty { text.append("-") }
    for (place, value) in milliseconds.enumerated() {
      if place > 0 { text.append(", ") }
      if let value { text.append(thousandths: value) } else { text.append("-") }
    }
  }

  mutating func addConnectRefused(_ instance: Instance, _ request: Request, at time: Int64) {
    addNginxError(
      "connect() failed (111: Connection refused) while connecting to upstream", instance, request,
      at: time + 200)
  }

  /// An error that nginx had with one of the application's processes.
  mutating func addNginxError(
    _ message: String, _ instance: Instance, _ request: Request, at time: Int64
  ) {
    let target = request.blanks.filled(request.route.target)
    addNginxError(message, request, ", upstream: \"http://\(instance.address)\(target)\"", at: time)
  }

  /// A file that browsers ask for and the shop does not have.
  mutating func addMissingFile(_ request: Request, at time: Int64) {
    let target = request.route.target
    addNginxError(
      "open() \"/srv/shop/static\(target)\" failed (2: No such file or directory)", request, "",
      at: time)
  }

  private mutating func addNginxError(
    _ message: String, _ request: Request, _ upstream: String, at time: Int64
  ) {
    var text = LineText()
    text.append(slashedTime: time)
    text.append(
      " [error] 1826#1826: *\(request.connection) \(message), client: \(request.client), "
        + "server: shop.example.com, request: \"\(request.line)\"\(upstream), "
        + "host: \"shop.example.com\"\n")
    add(.nginxError, at: time, text, marks: .nginxError)
  }
}
