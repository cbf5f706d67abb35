/// What reading a log in pieces needs: each piece has an assembler of its own, and the lines before the
/// first record that a piece begins belong to the assembler of the piece before.
extension RecordAssembler {
  /// Whether a line begins a record whatever came before it, and states its time.
  package mutating func begins(_ bytes: Span<UInt8>) -> Bool {
    var buffer: [UInt8] = []
    swap(&buffer, &unwrapped)
    defer { swap(&buffer, &unwrapped) }
    let parsed = parser.parse(bytes.withoutLineBreak, into: &candidate, unwrapped: &buffer)
    return parsed.role == .head && !parsed.layers.isPartial && candidate.timeSource == .line
  }

  /// Renumbers the lines of the records in the making: so many lines precede the piece.
  package mutating func renumber(linesBefore: Int) {
    streams.renumber(linesBefore: linesBefore)
    firstPieces.renumber(linesBefore: linesBefore)
    secondPieces.renumber(linesBefore: linesBefore)
  }
}

extension PendingStreams {
  fileprivate mutating func renumber(linesBefore: Int) {
    for index in lanes.indices { lanes[index].pending.record.firstLineNumber += linesBefore }
  }
}

extension PartialLine {
  fileprivate mutating func renumber(linesBefore: Int) { place.number += linesBefore }
}
