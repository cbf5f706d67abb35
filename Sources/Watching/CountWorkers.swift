import Dispatch
import Following
import Records
import Rules
import Synchronization

/// What counting one piece of an input came to.
struct PieceCount: Sendable {
  var bytes: Int64 = 0
  var skips = SkipCounts()
  var notices: [ReadNotice] = []
  /// Why the rest of it could not be read.
  var failure: ReadError?
}

/// Counts pieces of the inputs on several threads.
///
/// The result does not depend on how many there are: a piece is counted by itself, rules that were
/// suspended in one included, and what is added up is numbers.
struct CountWorkers {
  let rules: RuleSet
  let zone: LocalZone
  let reference: Timestamp
  let limits: ReadLimits
  let isStopped: @Sendable () -> Bool

  /// The sums of all workers.
  struct Sums: Sendable {
    var counts: [Int]
    var lines = 0
    var limitHits: [Int]
  }

  /// Counts the pieces on at most so many threads.
  ///
  /// - Returns: what each piece came to, in their order, and the sums.
  func count(_ pieces: [InputPiece], workers: Int) -> ([PieceCount], Sums) {
    let ruleCount = rules.rules.count
    let results = Mutex([PieceCount](repeating: PieceCount(), count: pieces.count))
    let sums = Mutex(
      Sums(
        counts: [Int](repeating: 0, count: ruleCount),
        limitHits: [Int](repeating: 0, count: ruleCount)))
    let next = Atomic(0)
    let threads = max(1, min(workers, pieces.count))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      var counter = LineCounter(rules: rules, zone: zone, reference: reference)
      while true {
        let turn = next.add(1, ordering: .relaxed).oldValue
        guard turn < pieces.count else { break }
        // A thread that is left over inflates.
        let count = Self.count(
          pieces[turn], &counter, limits, isAhead: threads < workers, isStopped)
        counter.endPiece()
        results.withLock { $0[turn] = count }
      }
      let found = counter.sums
      sums.withLock { $0.add(found) }
    }
    return (results.withLock { $0 }, sums.withLock { $0 })
  }

  private static func count(
    _ piece: InputPiece, _ counter: inout LineCounter, _ limits: ReadLimits, isAhead: Bool,
    _ isStopped: () -> Bool
  ) -> PieceCount {
    var count = PieceCount()
    do throws(ReadError) {
      count.bytes = try readBlocks(
        piece: piece, limits: limits, isAhead: isAhead, counts: &count.skips,
        notices: &count.notices, isStopped: isStopped
      ) { block, lines in
        counter.take(block, lines: lines)
      }
    } catch {
      count.failure = error
    }
    return count
  }
}

extension CountWorkers.Sums {
  mutating func add(_ other: CountWorkers.Sums) {
    for rule in counts.indices {
      counts[rule] += other.counts[rule]
      limitHits[rule] += other.limitHits[rule]
    }
    lines += other.lines
  }
}
