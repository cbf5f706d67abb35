import Records

/// A message for sendmail: headers and text, lines ended by line feeds as it wants them.
package enum MailMessage {
  /// `from` and `to` are addresses without line ends; `host` makes message ids unique.
  package static func text(_ notice: Notice, from: String, to: String, host: String) -> String {
    let id = "<\(notice.key).\(notice.revision)@\(host)>"
    var headers = [
      ("From", SinkText.oneLine(from)), ("To", SinkText.oneLine(to)),
      ("Subject", subject("[tidemark] " + notice.summary)),
      ("Date", date(notice.at)), ("Message-ID", id),
    ]
    if notice.revision > 1 {
      // The first message of the story: mail programs show both as one thread.
      let first = "<\(notice.key).1@\(host)>"
      headers += [("In-Reply-To", first), ("References", first)]
    }
    headers += [
      ("Auto-Submitted", "auto-generated"), ("X-Tidemark-Key", notice.key),
      ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"),
      ("Content-Transfer-Encoding", "8bit"),
    ]
    return headers.map { "\($0.0): \($0.1)\n" }.joined() + "\n" + body(notice)
  }

  /// Whether a text can be an address on a command line and in a header.
  package static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && !text.hasPrefix("-")
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[],;:\\\"".utf8.contains($0) }
  }

  private static func body(_ notice: Notice) -> String {
    var lines = [notice.summary, ""]
    lines += notice.facets.map { "\($0.name): \(SinkText.oneLine($0.value))" }
    if !notice.sampleText.isEmpty {
      lines.append("")
      lines += SinkText.printable(notice.sampleText)
        .split(separator: "\n", omittingEmptySubsequences: false).map { "| \($0)" }
    }
    // No line of a mail may be longer than 998 bytes.
    return lines.flatMap { folded($0) }.map { $0 + "\n" }.joined()
  }

  private static func folded(_ line: String) -> [String] {
    var lines: [String] = []
    var current = ""
    for character in line {
      if current.utf8.count + String(character).utf8.count > 900 {
        lines.append(current)
        current = ""
      }
      current.append(character)
    }
    return lines + [current]
  }

  /// RFC 2047 where it is not ASCII, in words of at most 75 bytes.
  static func subject(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return text }
    var words: [[UInt8]] = [[]]
    for character in text {
      let bytes = Array(String(character).utf8)
      if words[words.count - 1].count + bytes.count > 42 { words.append([]) }
      words[words.count - 1] += bytes
    }
    return words.map { "=?utf-8?B?\(Base64.text($0))?=" }.joined(separator: "\n ")
  }

  /// `Sun, 22 Nov 2026 16:00:00 +0000`.
  private static func date(_ nanoseconds: Int64) -> String {
    let text = Timestamp(nanoseconds: nanoseconds).rfc3339
    let days = Int((Double(nanoseconds) / 86_400e9).rounded(.down))
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let parts = text.split { "-T:.Z".contains($0) }
    guard parts.count >= 6, let month = Int(parts[1]), months.indices.contains(month - 1) else {
      return text
    }
    return "\(weekday), \(parts[2]) \(months[month - 1]) \(parts[0]) "
      + "\(parts[3]):\(parts[4]):\(parts[5]) +0000"
  }
}
