/// What one watch without a change came to.
struct QuietOutcome: Sendable {
  let rules: Int
  let alarms: Int
  /// Any alarm, that of all rules together included.
  let isFailed: Bool
  /// Rules that are judged at all; nil where nobody asked.
  let judged: Int?
  /// Rules at which a peer alarmed, in the order of the peers.
  private(set) var peerAlarms: [Int] = []
  /// Whether Kayenta's score fell below the usual limit at some minute.
  private(set) var isScoreFailed = false

  /// Share of metrics that must pass, Kayenta's usual marginal limit.
  private static let scoreLimit = 0.75

  init(_ watch: JudgedWatch, rules: SimulatedRules) {
    self.rules = rules.signals.count
    alarms = watch.alarms
    isFailed = watch.alarms > 0 || watch.alarmedTogether
    judged = watch.verdict.map { JudgedWatch.judgedSignals($0, among: rules.signals) }
  }

  /// Lets the peers judge the same counts.
  mutating func ask(_ peers: [Peer], of watch: SimulatedWatch, threshold: Double) {
    let windows = watch.design.baselineWindows
    peerAlarms = peers.map { peer in
      watch.counts.count {
        peer.alarms($0, baselineWindows: windows, threshold: threshold)
      }
    }
    guard peers.contains(.ranks) else { return }
    var raised = [Int](repeating: 0, count: watch.design.looks / 6)
    for row in watch.counts {
      let judge = RankJudge(before: row[..<windows], after: row[windows...])
      for (minute, isRaised) in judge.raisedMinutes.enumerated() where isRaised {
        raised[minute] += 1
      }
    }
    let limit = (1 - Self.scoreLimit) * Double(rules)
    isScoreFailed = raised.contains { Double($0) > limit }
  }

  /// The figures of a cell.
  static func figures(_ outcomes: [QuietOutcome], peers: [Peer]) -> [Scenario.Figure] {
    var figures = [
      Scenario.Figure(
        "rules", count: outcomes.reduce(0) { $0 + $1.alarms },
        of: outcomes.reduce(0) { $0 + $1.rules }),
      Scenario.Figure("watches", count: outcomes.count(where: \.isFailed), of: outcomes.count),
    ]
    if let first = outcomes.first, let judged = first.judged {
      figures.append(Scenario.Figure("judged", count: judged, of: first.rules))
    }
    let asked = outcomes.filter { !$0.peerAlarms.isEmpty }
    guard !asked.isEmpty else { return figures }
    for (position, peer) in peers.enumerated() {
      figures.append(
        Scenario.Figure(
          "rules: \(peer.rawValue)", count: asked.reduce(0) { $0 + $1.peerAlarms[position] },
          of: asked.reduce(0) { $0 + $1.rules }))
      figures.append(
        Scenario.Figure(
          "watches: \(peer.rawValue)", count: asked.count { $0.peerAlarms[position] > 0 },
          of: asked.count))
    }
    figures.append(
      Scenario.Figure(
        "watches: Kayenta's score", count: asked.count(where: \.isScoreFailed), of: asked.count))
    return figures
  }
}
