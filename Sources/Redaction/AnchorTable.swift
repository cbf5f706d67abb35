/// The anchors of all rules by their first byte, so that most bytes of a text cost one look.
struct AnchorTable: Sendable {
  struct Anchor: Sendable {
    let bytes: [UInt8]
    let isCaseless: Bool
    let rule: Int

    /// Whether it stands at `place` of the text.
    func stands(in text: Span<UInt8>, at place: Int) -> Bool {
      guard text.count - place >= bytes.count else { return false }
      for index in bytes.indices {
        let byte = text[place + index]
        guard byte == bytes[index] || (isCaseless && Self.lowered(byte) == bytes[index]) else {
          return false
        }
      }
      return true
    }

    static func lowered(_ byte: UInt8) -> UInt8 {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
  }

  private(set) var anchors: [Anchor] = []
  /// Where the anchors of each first byte lie; one more for the end.
  private var starts: [Int] = []
  private(set) var firstBytes = ByteClass()

  init(_ rules: [SecretRule]) {
    var byFirst = [[Anchor]](repeating: [], count: 256)
    for (index, rule) in rules.enumerated() {
      for bytes in rule.anchors {
        let anchor = Anchor(
          bytes: rule.isCaseless ? bytes.map(Anchor.lowered) : bytes, isCaseless: rule.isCaseless,
          rule: index)
        guard let first = anchor.bytes.first else { continue }
        byFirst[Int(first)].append(anchor)
        if rule.isCaseless, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) {
          byFirst[Int(first - 32)].append(anchor)
        }
      }
    }
    for (byte, list) in byFirst.enumerated() {
      starts.append(anchors.count)
      anchors += list
      if !list.isEmpty { firstBytes.insert(UInt8(byte)) }
    }
    starts.append(anchors.count)
  }

  /// Indices of the anchors that begin with `byte`, in the order of their rules.
  func indices(_ byte: UInt8) -> Range<Int> { starts[Int(byte)]..<starts[Int(byte) + 1] }
}
