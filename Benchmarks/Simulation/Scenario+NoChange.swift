import Judgement

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Nothing changes: every alarm is a false one.
extension Scenario {
  /// The rules of a watch; each has 0.8/50 of alpha.
  static let ruleCount = 50
  static let unseenRules = SimulatedRules(.counts(ruleCount), hasRequests: false)
  static let requestRules = SimulatedRules(.counts(ruleCount), hasRequests: true)
  /// Watches of a cell that the peers judge as well.
  private static let peerWatches = 20

  static var noChange: [Scenario] {
    let wave = Traffic.unseen(wave: true)
    let kinds: [(name: String, clustering: Clustering, traffic: Traffic)] =
      Clustering.allCases.map { ($0.rawValue, $0, .unseen(wave: false)) }
      + [
        ("growth-poi", .poi, .steps(factor: 2)), ("growth-nb5", .nb5, .steps(factor: 2)),
        ("diurnal-poi", .poi, .daily), ("diurnal-nb5", .nb5, .daily), ("wave-poi", .poi, wave),
      ]
    return kinds.flatMap { kind in
      rates.map { rate in
        // The wave without requests is there to show what happens, not to be pooled.
        let watches = kind.name.hasPrefix("wave") ? 10 : 300
        return Scenario(
          table: "no-change", cell: "\(kind.name) \(text(rate))", watches: watches
        ) { run in
          await quiet(
            SimulatedWatch.Design(
              clustering: kind.clustering, rate: rate, traffic: kind.traffic), run,
            peers: kind.traffic.isSeen || kind.name.hasPrefix("wave") ? [] : Peer.allCases)
        }
      }
    }
  }

  /// The cells in which alarms are least rare, with the margins that the program has by default.
  static var margins: [Scenario] {
    let cells: [(Clustering, Double)] = [
      (.nb2, 0.1), (.nb20, 1), (.mmpp, 0.1), (.mmpp, 10), (.ar, 1), (.ar, 10),
    ]
    return cells.map { clustering, rate in
      Scenario(table: "margins", cell: "\(clustering) \(text(rate))", watches: 300) { run in
        await quiet(
          SimulatedWatch.Design(clustering: clustering, rate: rate), run, peers: [], margin: nil)
      }
    }
  }

  static var falling: [Scenario] {
    let counts = ([Clustering.poi] + Clustering.bursty).flatMap { clustering in
      [1.0, 10].map { rate in
        Scenario(
          table: "falling", cell: "traffic to 0.3, \(clustering) \(text(rate))", watches: 60
        ) { run in
          await quiet(
            SimulatedWatch.Design(
              clustering: clustering, rate: rate, traffic: .steps(factor: 0.3)), run, peers: [])
        }
      }
    }
    return counts + falls
  }

  static var shortBaselines: [Scenario] {
    Clustering.bursty.flatMap { clustering in
      [1.0, 10].flatMap { rate in
        [30, 60, 120].map { minutes in
          Scenario(
            table: "short", cell: "\(clustering) \(text(rate)), \(minutes) min", watches: 40
          ) { run in
            await quiet(
              SimulatedWatch.Design(
                clustering: clustering, rate: rate, baselineWindows: minutes * 6), run, peers: [])
          }
        }
      }
    }
  }

  static var dependent: [Scenario] {
    func cell(_ name: String, _ sharing: SimulatedWatch.Sharing, _ clustering: Clustering)
      -> Scenario
    {
      Scenario(table: "dependent", cell: "\(name), \(clustering) 3", watches: 200) { run in
        await quiet(
          SimulatedWatch.Design(clustering: clustering, rate: 3, sharing: sharing), run, peers: [])
      }
    }
    return [
      cell("50 copies", .copies(of: 50), .poi), cell("50 copies", .copies(of: 50), .nb5),
      cell("5 groups of 10", .copies(of: 10), .nb20), cell("one rate for all", .rates, .ar),
      cell("one rate for all", .rates, .mmpp),
    ]
  }

  /// False alarms of the judge, at margin 1 where its promise is tight, and of the peers.
  static func quiet(
    _ design: SimulatedWatch.Design, _ run: Run, peers: [Peer], margin: Double? = 1
  ) async -> [Figure] {
    let rules = design.traffic.isSeen ? requestRules : unseenRules
    var options = JudgeOptions()
    options.alpha = run.alpha
    options.minimumEffect = margin
    let judging = options
    // What a judge with one e-value a rule needs: the same share of alpha.
    let threshold = -log(0.01 * 0.8 / Double(ruleCount))
    let outcomes = await run.workers.map(run.watches) { number -> QuietOutcome in
      let watch = SimulatedWatch(
        design, rules: rules, seed: run.seed, scenario: run.name, number: number)
      var outcome = QuietOutcome(
        JudgedWatch(
          watch.timeline, rules: rules, options: judging, wantsVerdict: number == 0),
        rules: rules)
      if number < peerWatches { outcome.ask(peers, of: watch, threshold: threshold) }
      return outcome
    }
    return QuietOutcome.figures(outcomes, peers: peers)
  }
}
