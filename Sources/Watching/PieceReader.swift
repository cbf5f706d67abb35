import Dispatch
import Following
import Records
import Rules
import Synchronization
import Windows

/// One piece of the past, and what reading it needs to know.
struct PieceTask: Sendable {
  let piece: InputPiece
  /// Index of its file in the table of names.
  let file: Int
  /// A moment near the lines', from which a missing year is inferred.
  let reference: Timestamp
}

/// What one piece came to.
struct PieceRecords: Sendable {
  var count = PieceCount()
  /// Physical lines.
  var lines = 0
  /// The lines before the first record that the piece begins: they may belong to the piece before.
  var head: [HeldLine] = []
  /// With the record that the piece ends in; nil when it begins none.
  var assembler: RecordAssembler?
  var part: RecordPart
}

/// A line kept for later.
struct HeldLine: Sendable {
  let bytes: [UInt8]
  let position: LinePosition

  init(_ bytes: Span<UInt8>, _ position: LinePosition) {
    // SAFETY: the bytes are copied before the call ends.
    self.bytes = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
    self.position = position
  }
}

/// Reads pieces of the past on several threads.
///
/// What comes out does not depend on how many there are: each piece is read by itself, and what they
/// came to is handed on in their order.
struct PieceReader: Sendable {
  let empty: Timeline
  let rules: RuleSet
  let zone: LocalZone
  let limits: ReadLimits
  let workers: Int
  let isStopped: @Sendable () -> Bool
  /// Whether it is counted what the records are made of.
  var takesCensus = false
  var thinning: RouteThinning?

  /// Where the threads meet.
  private final class Board: Sendable {
    let results: Mutex<[PieceRecords?]>
    let next = Atomic(0)
    let finished = DispatchSemaphore(value: 0)
    /// Pieces that may be begun: what is read and not yet handed on takes memory.
    let room = DispatchSemaphore(value: 0)

    init(count: Int) { results = Mutex([PieceRecords?](repeating: nil, count: count)) }
  }

  /// Hands on what each piece came to, in their order, on the calling thread.
  func read(_ tasks: [PieceTask], _ body: (PieceTask, PieceRecords) -> Void) {
    guard !tasks.isEmpty else { return }
    let board = Board(count: tasks.count)
    let threads = max(1, min(workers, tasks.count))
    for _ in 0..<(2 * threads) { board.room.signal() }
    for _ in 0..<threads {
      DispatchQueue.global().async { work(tasks, board, isAhead: threads < workers) }
    }
    for (turn, task) in tasks.enumerated() {
      while true {
        if let records = board.results.withLock({ $0[turn].take() }) {
          body(task, records)
          break
        }
        board.finished.wait()
      }
      board.room.signal()
    }
  }

  private func work(_ tasks: [PieceTask], _ board: Board, isAhead: Bool) {
    var sink = RecordSink(
      timeline: empty, matcher: RuleMatcher(rules), takesCensus: takesCensus,
      thinning: thinning)
    while true {
      board.room.wait()
      let turn = board.next.add(1, ordering: .relaxed).oldValue
      guard turn < tasks.count else { break }
      let records = read(tasks[turn], &sink, isAhead: isAhead)
      board.results.withLock { $0[turn] = records }
      board.finished.signal()
    }
    // For the next thread that finds nothing left.
    board.room.signal()
  }

  private func read(_ task: PieceTask, _ sink: inout RecordSink, isAhead: Bool) -> PieceRecords {
    var count = PieceCount()
    var assembler = RecordAssembler(zone: zone, reference: task.reference)
    var head: [HeldLine] = []
    var headBytes = 0
    var hasBegun = false
    var lines = 0
    let input = task.piece.file.input
    do throws(ReadError) {
      count.bytes = try readLines(
        piece: task.piece, limits: limits, isAhead: isAhead, counts: &count.skips,
        notices: &count.notices, isStopped: isStopped
      ) { bytes, position in
        lines = position.number
        if !hasBegun {
          hasBegun = headBytes > Limits.headBytes || assembler.begins(bytes)
          guard hasBegun else {
            head.append(HeldLine(bytes, position))
            headBytes += bytes.count + MemoryLayout<HeldLine>.size
            return
          }
        }
        assembler.line(
          bytes, number: position.number, offset: position.offset, arrival: nil, file: task.file
        ) { text, record in sink.take(text, record, input: input) }
      }
    } catch {
      count.failure = error
    }
    return PieceRecords(
      count: count, lines: lines, head: head, assembler: hasBegun ? assembler : nil,
      part: sink.takePart(input: input, next: empty))
  }
}
