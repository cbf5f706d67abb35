import Glibc

extension StatusServer {
  private static let headBytes = 16_384
  private static let reasons = [
    200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed",
    503: "Service Unavailable",
  ]

  func serve(_ client: Int32) {
    var limit = timeval(tv_sec: 1, tv_usec: 0)
    // SAFETY: the option is a timeval and lives for the call.
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      _ = unsafe setsockopt(
        client, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    guard let head = readHead(client) else { return }
    let lines = head.split(separator: "\r\n", omittingEmptySubsequences: true)
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else {
      return send(Response(status: 400, body: "expected an HTTP request\n"), to: client)
    }
    guard words[0] == "GET" || words[0] == "HEAD" else {
      return send(Response(status: 405, body: "expected GET\n"), to: client)
    }
    let path = String(words[1].prefix { $0 != "?" })
    send(
      answer(Request(path: path, accept: Self.value(of: "accept", lines))), to: client,
      withBody: words[0] == "GET",
      asGzip: Self.acceptsGzip(Self.value(of: "accept-encoding", lines)))
  }

  private static func value(of header: String, _ lines: [Substring]) -> String {
    let line = lines.first { $0.lowercased().hasPrefix(header + ":") }
    return line.map { String($0.dropFirst(header.count + 1)) } ?? ""
  }

  /// Whether gzip is among the codings and not ruled out by `q=0`.
  private static func acceptsGzip(_ encodings: String) -> Bool {
    encodings.lowercased().split(separator: ",").contains { coding in
      let parts = coding.split(separator: ";").map { $0.filter { $0 != " " } }
      return parts.first == "gzip" && !parts.dropFirst().contains { Double($0.dropFirst(2)) == 0 }
    }
  }

  /// What comes before the first empty line; nil if that does not come in time or is too long.
  private func readHead(_ client: Int32) -> String? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4_096)
    let start = time(nil)
    while bytes.count < Self.headBytes, time(nil) - start < 2 {
      // SAFETY: the buffer is as long as the call is told.
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe recv(client, $0.baseAddress, $0.count, 0)
      }
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
      let text = String(decoding: bytes, as: UTF8.self)
      if let end = text.firstRange(of: "\r\n\r\n") { return String(text[..<end.lowerBound]) }
    }
    return nil
  }

  private func send(
    _ response: Response, to client: Int32, withBody: Bool = true, asGzip: Bool = false
  ) {
    var body = Array(response.body.utf8)
    var encoding = ""
    if asGzip, body.count >= Gzip.leastBytes, let packed = Gzip.pack(body) {
      body = packed
      encoding = "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n"
    }
    let reason = Self.reasons[response.status] ?? "OK"
    let head =
      "HTTP/1.1 \(response.status) \(reason)\r\nContent-Type: \(response.contentType)\r\n"
      + "Content-Length: \(body.count)\r\nConnection: close\r\n"
      + encoding + "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n\r\n"
    var bytes = (Array(head.utf8) + (withBody ? body : []))[...]
    let start = time(nil)
    while !bytes.isEmpty, time(nil) - start < 2 {
      // SAFETY: the buffer lives for the call and its count is the slice's.
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
