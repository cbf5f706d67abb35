import Bytes

extension LineParser {
  /// A JSON object that is the whole text.
  mutating func readJSON(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    fields = StructuredFields()
    guard jsonReader.read(text, from: start.position, clock: &times, into: &fields) else {
      return false
    }
    if fields.marks.contains(.mongoDB) {
      record.format = .mongodbJSON
    } else if fields.marks.contains(.caddyAccess) {
      record.format = .caddyJSON
    } else {
      record.format = .jsonGeneric
    }
    takeFields(text, into: &record)
    return true
  }

  /// `key=value` pairs that are the whole text and state a severity or a time.
  mutating func readLogfmt(
    _ text: Span<UInt8>, _ start: ByteCursor, into record: inout Record
  ) -> Bool {
    fields = StructuredFields()
    guard logfmtReader.read(text, from: start.position, clock: &times, into: &fields),
      fields.severity != nil || fields.time != nil
    else { return false }
    record.format = .logfmt
    takeFields(text, into: &record)
    return true
  }

  private mutating func takeFields(_ text: Span<UInt8>, into record: inout Record) {
    stamp = nil
    record.time = fields.time
    record.severity = fields.severity
    record.request = fields.request
    record.message = fields.message ?? fields.error ?? 0..<text.count
  }
}
