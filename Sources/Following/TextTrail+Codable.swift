/// Compact text: bytes and hashes as hexadecimal digits.
extension TextTrail: Codable {
  private enum Keys: String, CodingKey {
    case offset, head, window, marks, markBytes
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Keys.self)
    self.init()
    offset = try values.decode(Int64.self, forKey: .offset)
    markBytes = try values.decode(Int64.self, forKey: .markBytes)
    head = try Self.bytes(values, .head)
    window = try Self.bytes(values, .window)
    for pair in try values.decode(String.self, forKey: .marks).split(separator: " ") {
      let parts = pair.split(separator: ":")
      guard parts.count == 2, let offset = Int64(parts[0]), let hash = UInt64(parts[1], radix: 16)
      else {
        throw DecodingError.dataCorruptedError(
          forKey: .marks, in: values, debugDescription: "expected offset:hash, found \(pair)")
      }
      marks.append(Mark(offset: offset, hash: hash))
    }
    let places = [0] + marks.map(\.offset) + [offset + 1]
    guard markBytes > 0, max(window.count, head.count) <= Limits.windowBytes,
      offset >= Int64(max(window.count, head.count)),
      zip(places, places.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .offset, in: values, debugDescription: "the parts of a trail do not fit together")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Keys.self)
    try values.encode(offset, forKey: .offset)
    try values.encode(markBytes, forKey: .markBytes)
    try values.encode(Self.digits(head), forKey: .head)
    try values.encode(Self.digits(window), forKey: .window)
    let pairs = marks.map { "\($0.offset):\(String($0.hash, radix: 16))" }
    try values.encode(pairs.joined(separator: " "), forKey: .marks)
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)

  private static func digits(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      digits.append(hexadecimal[Int(byte >> 4)])
      digits.append(hexadecimal[Int(byte & 15)])
    }
    return String(decoding: digits, as: UTF8.self)
  }

  private static func bytes(
    _ values: KeyedDecodingContainer<Keys>, _ key: Keys
  ) throws -> [UInt8] {
    let text = Array(try values.decode(String.self, forKey: key).utf8)
    let digits = text.compactMap { byte -> UInt8? in
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x61...0x66: byte - 0x61 + 10
      default: nil
      }
    }
    guard digits.count == text.count, digits.count % 2 == 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: values, debugDescription: "expected pairs of hexadecimal digits")
    }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
