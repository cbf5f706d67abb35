/// The records in the making of a file's two streams, and the time that the next line inherits.
struct PendingStreams: Sendable {
  private(set) var unparsedLines = 0
  var first = PendingRecord()
  var second = PendingRecord()
  /// The last time that a line has stated.
  private var lastTime: Timestamp?

  /// Adds a line to its stream's record, or starts the next one.
  mutating func place(
    _ text: Span<UInt8>, _ parsed: ParsedLine, _ candidate: borrowing Record, _ place: LinePlace,
    _ emit: (Span<UInt8>, borrowing Record) -> Void
  ) {
    if parsed.role == .directive { return }
    if parsed.layers.stream == .standardError {
      unparsedLines += Self.place(text, parsed, candidate, place, &second, &lastTime, emit)
      if first.isOpen { unparsedLines += first.passBy(emit) }
    } else {
      unparsedLines += Self.place(text, parsed, candidate, place, &first, &lastTime, emit)
      if second.isOpen { unparsedLines += second.passBy(emit) }
    }
  }

  /// Hands out both, the older one first.
  mutating func closeAll(_ emit: (Span<UInt8>, borrowing Record) -> Void) {
    if second.isOpen, first.isOpen, second.record.offset < first.record.offset {
      unparsedLines += second.close(emit)
    }
    unparsedLines += first.close(emit)
    unparsedLines += second.close(emit)
  }

  /// Returns how many lines of the record that this ended have no time.
  private static func place(
    _ text: Span<UInt8>, _ parsed: ParsedLine, _ candidate: borrowing Record, _ place: LinePlace,
    _ pending: inout PendingRecord, _ lastTime: inout Timestamp?,
    _ emit: (Span<UInt8>, borrowing Record) -> Void
  ) -> Int {
    if text.isEmpty {
      // An empty line ends nothing: it counts if the record goes on behind it.
      guard pending.isOpen else { return lastTime == nil ? place.lines : 0 }
      pending.blankLines += 1
      return 0
    }
    if pending.takes(text, parsed, candidate) {
      pending.join(text, lines: place.lines, isAttachment: parsed.role == .attachment)
      return 0
    }
    let unparsed = pending.close(emit)
    pending.open(text, parsed, candidate, place)
    if let time = pending.record.time {
      lastTime = time
    } else if let lastTime {
      pending.record.time = lastTime
      pending.record.timeSource = .inherited
    } else if let arrival = place.arrival {
      pending.record.time = arrival
      pending.record.timeSource = .arrival
    }
    return unparsed
  }
}
