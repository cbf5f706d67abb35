/// The records in the making of one file, and the time that the next line inherits.
///
/// Lines of several processes may be interleaved. Where a stream, a program, a container or
/// PostgreSQL's process tells them apart, each has a lane of its own, up to `Limits.lanes`; the one that
/// has been quiet for longest makes room. A record that is not likely to go on is handed out at once
/// when another process writes, so that most logs need one lane and keep their order.
struct PendingStreams: Sendable {
  struct Lane: Sendable {
    var key = LaneKey()
    var pending = PendingRecord()
  }

  private(set) var unparsedLines = 0
  /// As many as `Limits.lanes`, which a type cannot name.
  var lanes: [8 of Lane] = .init(repeating: Lane())
  /// How many lanes have been in use.
  private var count = 1
  /// The lane of the last line, and its key.
  private var active = 0
  private var lastKey = LaneKey()
  /// The last time that a line has stated.
  private var lastTime: Timestamp?

  /// Adds a line to its lane's record, or starts the next one.
  mutating func place(
    _ text: Span<UInt8>, _ parsed: ParsedLine, _ candidate: borrowing Record, _ place: LinePlace,
    _ emit: (Span<UInt8>, borrowing Record) -> Void
  ) {
    if parsed.role == .directive { return }
    let key = LaneKey(parsed)
    if key != lastKey { changeLane(key, parsed.role, emit) }
    unparsedLines += Self.place(
      text, parsed, candidate, place, &lanes[active].pending, &lastTime, emit)
    if count > 1 { passOthers(emit) }
  }

  /// Hands out all, the oldest first.
  mutating func closeAll(_ emit: (Span<UInt8>, borrowing Record) -> Void) {
    while let oldest = oldestLane { unparsedLines += lanes[oldest].pending.close(emit) }
    lanes[0].key = lastKey
    active = 0
    count = 1
  }

  private var oldestLane: Int? {
    var oldest: Int?
    for index in 0..<count where lanes[index].pending.isOpen {
      if let known = oldest, !isOlder(index, known) { continue }
      oldest = index
    }
    return oldest
  }

  private func isOlder(_ index: Int, _ other: Int) -> Bool {
    lanes[index].pending.record.offset < lanes[other].pending.record.offset
  }

  private mutating func changeLane(
    _ key: LaneKey, _ role: LineRole, _ emit: (Span<UInt8>, borrowing Record) -> Void
  ) {
    let last = lastKey
    // A line that says nothing of its process belongs to the one that has just written.
    if key.isNone, role == .continuation, last.isProcess { return }
    lastKey = key
    for index in 0..<count where lanes[index].key == key {
      active = index
      return
    }
    let waits =
      lanes[active].pending.isOpen
      && (last.kinship(with: key) == .stream || lanes[active].pending.mayGoOn)
    if !waits {
      unparsedLines += lanes[active].pending.close(emit)
    } else if count < Limits.lanes {
      active = count
      count += 1
    } else {
      active = quietestLane
      unparsedLines += lanes[active].pending.close(emit)
    }
    lanes[active].key = key
  }

  /// A lane without a record, or the one whose record has seen most lines pass.
  private var quietestLane: Int {
    var quietest = 0
    for index in 0..<count {
      if !lanes[index].pending.isOpen { return index }
      if lanes[index].pending.linesAside > lanes[quietest].pending.linesAside { quietest = index }
    }
    return quietest
  }

  private mutating func passOthers(_ emit: (Span<UInt8>, borrowing Record) -> Void) {
    var isAlone = true
    for index in 0..<count where index != active && lanes[index].pending.isOpen {
      switch lanes[index].key.kinship(with: lanes[active].key) {
      case .stream: unparsedLines += lanes[index].pending.passBy(emit)
      case .process: unparsedLines += lanes[index].pending.passByProcess(at: lastTime, emit)
      case .none: unparsedLines += lanes[index].pending.close(emit)
      }
      if lanes[index].pending.isOpen { isAlone = false }
    }
    if isAlone, active == 0 { count = 1 }
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
