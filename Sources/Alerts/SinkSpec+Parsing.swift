extension SinkSpec {
  /// Reads `KIND:VALUE` or `KIND:VALUE,option=value`. Throws `SinkProblem`.
  package init(_ text: String) throws(SinkProblem) {
    let name = String(text.prefix { $0 != ":" && $0 != "," })
    guard let kind = Kind(rawValue: name) else {
      let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
      // What stands there may be a secret: it is not repeated.
      throw SinkProblem("--alert: expected KIND:VALUE with one of \(known) as KIND")
    }
    var value = String(text.dropFirst(name.count + 1))
    var options: [String: String] = [:]
    while let comma = value.lastIndex(of: ",") {
      let option = value[value.index(after: comma)...].split(separator: "=", maxSplits: 1)
      guard option.count == 2, kind.options.contains(String(option[0])) else { break }
      options[String(option[0])] = String(option[1])
      value = String(value[..<comma])
    }
    self.text = text
    self.kind = kind
    self.value = value
    self.options = options
    try check()
  }

  private func check() throws(SinkProblem) {
    switch kind {
    case .slack, .teams, .pagerduty:
      guard Self.secret(value) != nil else { throw literal("a secret") }
    case .webhook:
      guard Self.secret(value) != nil || Self.isPlainAddress(value) else {
        throw literal("an address")
      }
    case .alertmanager:
      guard peers.allSatisfy(Self.isPlainAddress), !peers.isEmpty else {
        throw SinkProblem(
          "--alert alertmanager: expected addresses such as http://am1:9093,http://am2:9093 "
            + "without a user; ,auth=env:NAME names what the header Authorization holds")
      }
    case .mail:
      guard MailMessage.isAddress(value), options["from"].map(MailMessage.isAddress) ?? true else {
        throw SinkProblem("--alert \(text): expected one address, such as mail:oncall@example.org")
      }
    case .exec, .file:
      guard value.hasPrefix("/") else {
        throw SinkProblem(
          "--alert \(text): expected an absolute path, such as \(kind.rawValue):/etc/tidemark/hook")
      }
    case .github:
      guard value.isEmpty else { throw SinkProblem("--alert \(text): expected github alone") }
    }
    try checkOptions()
  }

  private func checkOptions() throws(SinkProblem) {
    for (name, values) in [
      ("signature", ["standard", "github"]), ("style", ["blocks", "attachments"]),
      ("once", ["true", "false"]),
    ] {
      guard let value = options[name] else { continue }
      guard values.contains(value) else {
        throw SinkProblem(
          "--alert \(kind.rawValue): \(name)=\(value): expected \(values.joined(separator: " or "))"
        )
      }
    }
    for name in ["secret", "auth"] {
      guard let value = options[name] else { continue }
      guard Self.secret(value) != nil else { throw literal("\(name)=") }
    }
    if let url = options["url"], !Self.isPlainAddress(url) {
      throw SinkProblem("--alert pagerduty: url=: expected an address without a user")
    }
    if kind == .webhook, options["signature"] != nil, options["secret"] == nil {
      throw SinkProblem("--alert webhook: signature= needs secret=env:NAME or secret=file:PATH")
    }
  }

  private func literal(_ what: String) -> SinkProblem {
    SinkProblem(
      "--alert \(kind.rawValue): \(what) must not stand on the command line, where every user of the "
        + "machine can read it; expected env:NAME or file:PATH")
  }

  /// `env:NAME` or `file:PATH`.
  static func secret(_ text: String) -> Secret? {
    if text.hasPrefix("env:"), text.utf8.count > 4 {
      let name = text.dropFirst(4)
      return name.utf8.allSatisfy { $0 == 0x5F || Self.isNameByte($0) }
        ? .environment(String(name)) : nil
    }
    guard text.hasPrefix("file:"), text.utf8.count > 5 else { return nil }
    return .file(String(text.dropFirst(5)))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// An http or https address that holds no user, password or query, where secrets stand.
  static func isPlainAddress(_ text: String) -> Bool {
    guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
    let rest = text.dropFirst(scheme.count)
    return !rest.isEmpty && !rest.hasPrefix("/")
      && rest.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"@?#\"<>\\".utf8.contains($0) }
  }

  /// Alertmanager's peers: each gets every message.
  var peers: [String] { value.split(separator: ",").map(String.init) }
}
