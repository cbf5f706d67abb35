import Synchronization

/// Runs the watches of a scenario on several threads.
struct Workers: Sendable {
  let threads: Int

  /// The results of `body` for the numbers 0..<count, in their order.
  func map<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) -> Result
  ) async -> [Result] {
    let next = Counter()
    return await withTaskGroup(of: [(Int, Result)].self) { group in
      for _ in 0..<max(1, min(threads, count)) {
        group.addTask {
          var results: [(Int, Result)] = []
          while true {
            let number = next.take()
            guard number < count else { return results }
            results.append((number, body(number)))
          }
        }
      }
      var all: [(Int, Result)] = []
      for await some in group { all += some }
      return all.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func take() -> Int { value.add(1, ordering: .relaxed).oldValue }
  }
}
