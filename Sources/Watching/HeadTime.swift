import Records

/// The time of the first line that carries one, in the first bytes of a file: what orders a file's
/// rotated siblings.
struct HeadTime {
  let zone: LocalZone
  let reference: Timestamp

  /// Nanoseconds since 1970, or nil when no line has a time of its own.
  func callAsFunction(_ bytes: Span<UInt8>) -> Int64? {
    var assembler = RecordAssembler(zone: zone, reference: reference)
    var found: Int64?
    func note(_ record: borrowing Record) {
      if found == nil, record.timeSource == .line { found = record.time?.nanoseconds }
    }
    var start = 0
    var number = 1
    while start < bytes.count, found == nil {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      assembler.line(
        bytes.extracting(start..<end), number: number, offset: Int64(start), arrival: nil
      ) { _, record in note(record) }
      number += 1
      start = end + 1
    }
    assembler.finish { _, record in note(record) }
    return found
  }
}
