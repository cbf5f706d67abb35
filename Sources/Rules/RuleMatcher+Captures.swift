package import Records

/// A capture of one match, as reports show it.
package struct CapturedValue: Sendable, Equatable {
  package var name: String
  /// The text in its normal form: a masked route, seconds, bytes; else as logged.
  package var text: String
  /// Nil when it is no number.
  package var number: Double?
}

extension RuleMatcher {
  /// The captures of `rule` in a record that it matches, missing ones left out; nil when it does
  /// not match. It allocates, and is meant for reports.
  ///
  /// - Parameter isError: what `observe` said of the record, for rules with `record: error`.
  package mutating func captures(
    ofRule rule: Int, _ text: Span<UInt8>, _ record: borrowing Record, isError: Bool
  ) -> [CapturedValue]? {
    let bits = gateBits(of: record) | (isError ? GateBit.error : 0)
    guard matches(rule, program.plans[rule], text, record, bits: bits) else { return nil }
    let captures = rules.rules[rule].captures
    let first = program.slotStarts[rule]
    var values: [CapturedValue] = []
    for place in captures.indices {
      if let value = value(first + place, named: captures[place].name, text, record) {
        values.append(value)
      }
    }
    return values
  }

  /// One capture of the rule that matched last.
  private mutating func value(
    _ place: Int, named name: String, _ text: Span<UInt8>, _ record: borrowing Record
  ) -> CapturedValue? {
    let slot = program.slots[place]
    let number = slot.kind.isNumeric || slot.field != nil ? number(place, text, record) : nil
    if slot.kind.isNumeric {
      return number.map { CapturedValue(name: name, text: Self.written($0), number: $0) }
    }
    guard let range = textRange(of: slot, record)?.clamped(to: 0..<text.count) else {
      return number.map { CapturedValue(name: name, text: Self.written($0), number: $0) }
    }
    var bytes: [UInt8] = []
    if slot.kind == .route {
      RouteTemplate.append(text, range, to: &bytes)
    } else {
      for index in range { bytes.append(text[index]) }
    }
    return CapturedValue(name: name, text: String(decoding: bytes, as: UTF8.self), number: number)
  }

  /// Whole numbers without a fraction.
  private static func written(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return "\(whole)" }
    return "\(number)"
  }
}
