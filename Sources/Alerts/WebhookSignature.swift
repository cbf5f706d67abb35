/// Signatures of a webhook's body, so that its receiver knows who sent it.
package enum WebhookSignature: String, Sendable, Hashable, Codable {
  /// Standard Webhooks 1.0.
  case standard
  /// `X-Hub-Signature-256`, as GitHub signs.
  case github

  /// The headers that go with `body`. A secret of several words signs with each, while it is changed.
  package func headers(
    body: String, id: String, seconds: Int64, secret: String
  ) -> [(name: String, value: String)] {
    switch self {
    case .standard:
      let signatures = secret.split { " \n\t".contains($0) }.map { word in
        let code = SHA256.authentication(
          of: Array("\(id).\(seconds).\(body)".utf8), key: Self.key(String(word)))
        return "v1," + Base64.text(code)
      }
      return [
        ("webhook-id", id), ("webhook-timestamp", String(seconds)),
        ("webhook-signature", signatures.joined(separator: " ")),
      ]
    case .github:
      let code = SHA256.authentication(of: Array(body.utf8), key: Array(secret.utf8))
      return [("X-Hub-Signature-256", "sha256=" + code.map(Self.hex).joined())]
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
  }

  /// `whsec_` and base64, as the standard has it; anything else is the key itself.
  private static func key(_ secret: String) -> [UInt8] {
    guard secret.hasPrefix("whsec_"), let key = Base64.bytes(String(secret.dropFirst(6))) else {
      return Array(secret.utf8)
    }
    return key
  }
}

/// Base64 with padding, RFC 4648.
enum Base64 {
  private static let signs = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for position in 0..<4 {
        result.append(
          position <= group.count ? signs[bits >> (18 - 6 * position) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func bytes(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    var bits = 0
    var count = 0
    for sign in text.utf8 where sign != UInt8(ascii: "=") {
      guard let value = signs.firstIndex(of: sign) else { return nil }
      bits = (bits << 6 | value) & 0xFFFF
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(bits >> count & 0xFF))
      }
    }
    return result
  }
}
