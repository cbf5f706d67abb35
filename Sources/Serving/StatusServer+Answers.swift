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
    let accept = lines.first { $0.lowercased().hasPrefix("accept:") }?.dropFirst(7) ?? ""
    let path = String(words[1].prefix { $0 != "?" })
    send(
      answer(Request(path: path, accept: String(accept))), to: client,
      withBody: words[0] == "GET")
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

  private func send(_ response: Response, to client: Int32, withBody: Bool = true) {
    let reason = Self.reasons[response.status] ?? "OK"
    var text =
      "HTTP/1.1 \(response.status) \(reason)\r\nContent-Type: \(response.contentType)\r\n"
      + "Content-Length: \(response.body.utf8.count)\r\nConnection: close\r\n"
      + "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n\r\n"
    if withBody { text += response.body }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      // SAFETY: the buffer lives for the call and its count is the slice's.
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
