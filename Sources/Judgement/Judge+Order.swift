import Records

/// Which of two signals, or of two alerts, a reader must see first.
extension Judge {
  static func isWorse(_ left: SignalVerdict, _ right: SignalVerdict) -> Bool {
    let ranks = (rank(left), rank(right))
    if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
    if left.severity != right.severity { return left.severity > right.severity }
    if left.explanationDepth != right.explanationDepth {
      return left.explanationDepth < right.explanationDepth
    }
    let excess = (
      left.logEvidence - (left.logThreshold ?? 0), right.logEvidence - (right.logThreshold ?? 0)
    )
    if excess.0 != excess.1 { return excess.0 > excess.1 }
    return left.signal < right.signal
  }

  private static func rank(_ signal: SignalVerdict) -> Int {
    if signal.isAdvisory { return 6 }
    switch signal.state {
    case .regressed: return 0
    case .blind: return 1
    case .undecided: return signal.isRequired ? 2 : 3
    case .improved: return 5
    case .healthy: return 4
    }
  }

  static func isWorse(_ left: Alert, _ right: Alert) -> Bool {
    func rank(_ alert: Alert) -> Int {
      switch alert.state {
      case .firing: 0
      case .noted: 1
      case .resolved: 2
      }
    }
    if rank(left) != rank(right) { return rank(left) < rank(right) }
    if left.severity != right.severity { return left.severity > right.severity }
    if left.at != right.at { return left.at < right.at }
    return left.signal < right.signal
  }
}
