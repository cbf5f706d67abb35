import Rules

/// Which regressed signals are likely to be the consequence of others, as the rule files say: fewer
/// cache hits bring database calls, and those bring latency.
struct Explanations {
  /// By signal, the regressed ones that explain it.
  private let causes: [String: [String]]

  init(_ signals: [Signal], regressed: Set<String>) {
    var causes: [String: [String]] = [:]
    for signal in signals where regressed.contains(signal.id) {
      for consequence in signal.explains where regressed.contains(consequence) {
        causes[consequence, default: []].append(signal.id)
      }
    }
    self.causes = causes
  }

  /// The first cause in a chain, and how long the chain is; nil for a signal that nothing explains.
  func cause(of signal: String) -> (signal: String, depth: Int)? {
    var seen: Set = [signal]
    var depth = 0
    var current = signal
    while let next = causes[current]?.first(where: { !seen.contains($0) }) {
      seen.insert(next)
      current = next
      depth += 1
    }
    return depth > 0 ? (current, depth) : nil
  }
}
