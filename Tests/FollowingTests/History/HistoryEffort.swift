import Foundation

/// How much the random histories are to do: `TIDEMARK_MODEL_STEPS` steps in all, from the seed
/// `TIDEMARK_MODEL_SEED` on.
enum HistoryEffort {
  static let batches = 8
  static let stepsEach = 400
  static let firstSeed = UInt64(number("TIDEMARK_MODEL_SEED") ?? 0)
  private static let steps = number("TIDEMARK_MODEL_STEPS")

  /// The seeds of one batch of histories, in all so many steps unless more are asked for.
  static func seeds(batch: Int, of batches: Int = batches, steps usual: Int) -> [UInt64] {
    let histories = max((steps ?? usual) / stepsEach / batches, 1)
    return (0..<histories).map { firstSeed + UInt64($0 * batches + batch) }
  }

  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init)
  }
}
