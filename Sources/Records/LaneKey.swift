/// What tells the lines of one process from those of others.
struct LaneKey: Equatable, Sendable {
  /// A layer's program and process or container, hashed, which is odd; PostgreSQL's process without
  /// a layer, times two; 0 for none.
  private var source: UInt64 = 0
  private var isError = false

  init() {}

  init(_ parsed: ParsedLine) {
    source = parsed.layers.source
    isError = parsed.layers.stream == .standardError
    if source == 0, let pid = parsed.pid { source = UInt64(truncatingIfNeeded: pid) << 1 }
  }

  /// Whether the line said nothing of its process.
  var isNone: Bool { source == 0 && !isError }

  /// Whether it is the line itself that names the process.
  var isProcess: Bool { source != 0 && source & 1 == 0 }

  enum Kinship { case stream, process, none }

  /// What a line of another lane is to this one. Where only some lines name a process, a line without
  /// one is the next record, as it would be in a log of one process.
  func kinship(with other: LaneKey) -> Kinship {
    if isError != other.isError, isProcess || other.isProcess || source == other.source {
      return .stream
    }
    return isProcess == other.isProcess ? .process : .none
  }
}
