/// A JSON value whose members keep the order in which they are written.
package indirect enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Sendable, Hashable {
    var name: String
    var value: JSONValue
  }

  /// An object; members whose value is nil are left out.
  static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
  }

  static func optional(_ text: String?) -> JSONValue? { text.map { .string($0) } }
  static func optional(_ number: Double?) -> JSONValue? { number.map { .number($0) } }

  /// The bytes that are sent, and signed.
  package var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += Self.digits(value)
    case .string(let value): Self.quote(value, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.quote(member.name, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  /// Whole numbers without a fraction; what is not finite has no digits in JSON.
  private static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    return value == value.rounded() && abs(value) < 9e15
      ? String(Int64(value)) : value.description
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    // Whoever prints what was read gets no control characters of a log.
    for scalar in SinkText.printable(value).unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      // By number, so that no page that shows the text takes it for a tag.
      case "<": text += "\\u003c"
      case ">": text += "\\u003e"
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
