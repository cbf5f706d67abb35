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
    var bytes: [UInt8] = []
    guard appendValue(place, text, record, to: &bytes) else { return nil }
    return CapturedValue(name: name, text: String(decoding: bytes, as: UTF8.self), number: number)
  }

  /// Appends the text of one capture of the rule that matched last, in its normal form; false when it
  /// is missing.
  mutating func appendValue(
    _ place: Int, _ text: Span<UInt8>, _ record: borrowing Record, to bytes: inout [UInt8]
  ) -> Bool {
    let slot = program.slots[place]
    let range = slot.kind.isNumeric ? nil : textRange(of: slot, record)
    guard let range = range?.clamped(to: 0..<text.count) else {
      guard slot.kind.isNumeric || slot.field != nil, let number = number(place, text, record)
      else { return false }
      bytes += Self.written(number).utf8
      return true
    }
    if slot.kind == .route {
      RouteTemplate.append(text, range, to: &bytes)
    } else {
      for index in range { bytes.append(text[index]) }
    }
    return true
  }

  /// Whole numbers without a fraction.
  private static func written(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return "\(whole)" }
    return "\(number)"
  }
}
