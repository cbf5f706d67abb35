import Bytes

/// Puts the lines of one file together to records.
///
/// A record is handed out when the next one starts, so the last one stays until `finish`. The two
/// output streams of a container are kept apart, and so are programs, processes and containers that
/// an outer layer names: see `PendingStreams`. A line without a time has that of the record before
/// it; without one, the moment at which it was read. Memory is bounded: `Limits.recordLines` and
/// `Limits.recordTextBytes` a record; what lies beyond is counted in `lineCount`, not kept.
package struct RecordAssembler: Sendable {
  /// Physical lines with no time of their own, none inherited, and no arrival.
  package var unparsedLines: Int { streams.unparsedLines }

  var parser: LineParser
  var unwrapped: [UInt8] = []
  var candidate = Record()
  var streams = PendingStreams()
  var firstPieces = PartialLine()
  var secondPieces = PartialLine()

  /// `zone` is for times that state none; `reference` is a moment that lies behind every line, for
  /// times without a year or a date.
  package init(zone: LocalZone, reference: Timestamp) {
    parser = LineParser(zone: zone, reference: reference)
  }

  /// A moment that lies behind the next lines; it may move as a log is followed.
  package var reference: Timestamp {
    get { parser.times.reference }
    set { if newValue != parser.times.reference { parser.times.reference = newValue } }
  }

  /// Takes one physical line, with or without its line break. `number` counts from 1, `offset` is
  /// that of its first byte in the decompressed file. `arrival` is when the line was read, if it
  /// was read as it was written; `file` is the caller's name for the file, which the record hands
  /// back: a record may be completed by a line of the next file.
  ///
  /// The text that `emit` gets is the record's lines without their outer layers, joined by `\n`,
  /// valid during the call.
  package mutating func line(
    _ bytes: Span<UInt8>, number: Int, offset: Int64, arrival: Timestamp?, file: Int = 0,
    emit: (Span<UInt8>, borrowing Record) -> Void
  ) {
    let line = bytes.withoutLineBreak
    // Out of `self` for the call, so that a view of it and `self` can be used together; a move.
    var buffer: [UInt8] = []
    swap(&buffer, &unwrapped)
    let layers = parser.unwrap(line, into: &buffer)
    let place = LinePlace(number: number, offset: offset, arrival: arrival, file: file)
    if layers.isCopied {
      self.line(buffer.span.extracting(layers.text), layers, place, emit)
    } else {
      self.line(line.extracting(layers.text), layers, place, emit)
    }
    swap(&buffer, &unwrapped)
  }

  private mutating func line(
    _ text: Span<UInt8>, _ layers: UnwrappedLine, _ place: LinePlace,
    _ emit: (Span<UInt8>, borrowing Record) -> Void
  ) {
    let isSecond = layers.stream == .standardError
    let isContinued = isSecond ? secondPieces.isOpen : firstPieces.isOpen
    guard layers.isPartial || isContinued else {
      self.place(text, layers, place, emit)
      return
    }
    if isSecond {
      secondPieces.append(text, layers, place)
    } else {
      firstPieces.append(text, layers, place)
    }
    if !layers.isPartial { placePieces(isSecond, emit) }
  }

  /// Hands out what is pending, as at the end of the file or when it has been quiet for a while. A
  /// line that comes later starts a new record.
  package mutating func finish(emit: (Span<UInt8>, borrowing Record) -> Void) {
    if firstPieces.isOpen { placePieces(false, emit) }
    if secondPieces.isOpen { placePieces(true, emit) }
    streams.closeAll(emit)
  }

  private mutating func place(
    _ text: Span<UInt8>, _ layers: UnwrappedLine, _ place: LinePlace,
    _ emit: (Span<UInt8>, borrowing Record) -> Void
  ) {
    let parsed = parser.parse(layers, in: text, into: &candidate)
    streams.place(text, parsed, candidate, place, emit)
  }

  private mutating func placePieces(
    _ isSecond: Bool, _ emit: (Span<UInt8>, borrowing Record) -> Void
  ) {
    var pieces = PartialLine()
    if isSecond { swap(&pieces, &secondPieces) } else { swap(&pieces, &firstPieces) }
    place(pieces.text.span, pieces.layers, pieces.place, emit)
    pieces.isOpen = false
    if isSecond { swap(&pieces, &secondPieces) } else { swap(&pieces, &firstPieces) }
  }
}

extension Span where Element == UInt8 {
  /// Without `\n` or `\r\n` at the end, or a single `\r`.
  var withoutLineBreak: Span<UInt8> {
    @_lifetime(copy self) get {
      var end = count
      if end > 0, self[end - 1] == 0x0A { end -= 1 }
      if end > 0, self[end - 1] == 0x0D { end -= 1 }
      return extracting(0..<end)
    }
  }
}
