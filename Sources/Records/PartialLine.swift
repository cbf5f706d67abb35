/// Where a line came from.
struct LinePlace: Sendable {
  var number: Int
  var offset: Int64
  /// How many physical lines it was in.
  var lines = 1
  var arrival: Timestamp?
  var file: Int

  init(number: Int, offset: Int64, arrival: Timestamp?, file: Int = 0) {
    self.file = file
    self.number = number
    self.offset = offset
    self.arrival = arrival
  }
}

/// A long line that a container runtime wrote in pieces.
struct PartialLine: Sendable {
  private(set) var text: [UInt8] = []
  var isOpen = false
  private(set) var layers = UnwrappedLine(text: 0..<0)
  var place = LinePlace(number: 0, offset: 0, arrival: nil)

  mutating func append(_ piece: Span<UInt8>, _ layers: UnwrappedLine, _ place: LinePlace) {
    if isOpen {
      self.place.lines += 1
    } else {
      text.removeAll(keepingCapacity: true)
      self.layers = layers
      self.layers.isPartial = false
      self.place = place
      isOpen = true
    }
    let room = max(Limits.joinedLineBytes - text.count, 0)
    let part = piece.extracting(0..<min(piece.count, room))
    // SAFETY: the bytes are copied before the call ends.
    unsafe part.withUnsafeBufferPointer { unsafe text.append(contentsOf: $0) }
    self.layers.text = 0..<text.count
  }
}
