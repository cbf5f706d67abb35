package import Records

/// What of a record pins its signature, as the rule files say.
extension RuleMatcher {
  /// Appends the captures that pin the record's signature, as `name=text` with blanks between them:
  /// those of the first rule that matched and names any.
  ///
  /// - Parameter observation: what `observe` saw in this record.
  package mutating func appendSignatureKey(
    _ text: Span<UInt8>, _ record: borrowing Record, _ observation: borrowing Observation,
    to key: inout [UInt8]
  ) {
    let bits = gateBits(of: record) | (observation.isError ? GateBit.error : 0)
    let before = key.count
    for rule in observation.rules where !signatureSlots[rule].isEmpty {
      // Its groups were overwritten by the rules behind it.
      guard matches(rule, program.plans[rule], text, record, bits: bits) else { continue }
      for pin in signatureSlots[rule] {
        appendPin(pin, text, record, isFirst: key.count == before, to: &key)
      }
      if key.count > before { return }
    }
  }

  private mutating func appendPin(
    _ pin: SignatureSlot, _ text: Span<UInt8>, _ record: borrowing Record, isFirst: Bool,
    to key: inout [UInt8]
  ) {
    let before = key.count
    if !isFirst { key.append(UInt8(ascii: " ")) }
    key += pin.name
    key.append(UInt8(ascii: "="))
    if !appendValue(pin.slot, text, record, to: &key) { key.removeLast(key.count - before) }
  }

  /// Captures that pin the signatures of a rule's matches.
  static func signatureSlots(_ rules: RuleSet) -> [[SignatureSlot]] {
    rules.rules.enumerated().map { index, rule in
      rule.signature.compactMap { name in
        rule.captures.firstIndex { $0.name == name }.map {
          SignatureSlot(name: Array(name.utf8), slot: rules.program.slotStarts[index] + $0)
        }
      }
    }
  }
}

/// A capture that pins a signature.
struct SignatureSlot: Sendable {
  let name: [UInt8]
  /// Its place among the slots of all rules.
  let slot: Int
}
