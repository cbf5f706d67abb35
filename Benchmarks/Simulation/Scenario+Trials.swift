#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Attempts at the weak places of the method: each on its own, against the rule as it is. They are run
/// by name only (`--scenario trial`), and no part of the program.
extension Scenario {
  /// Every variant judges the very same counts.
  static var trials: [Scenario] {
    let quiet = Clustering.bursty.flatMap { clustering in
      [1.0, 10, 100].map { rate in
        trial(
          "\(clustering) \(text(rate))",
          SimulatedWatch.Design(clustering: clustering, rate: rate),
          [.none, .scaledHalf, .twoDispersions, .moderateDispersion, .ownWatchAll])
      }
    }
    let short = Clustering.bursty.flatMap { clustering in
      [30, 60, 120].map { minutes in
        trial(
          "\(clustering) 10, \(minutes) min",
          SimulatedWatch.Design(
            clustering: clustering, rate: 10, baselineWindows: 6 * minutes),
          [.none, .ownWatch, .ownWatchAll])
      }
    }
    let changes = delayReferences.map { reference in
      trial(
        reference.cell,
        SimulatedWatch.Design(
          clustering: reference.clustering, rate: reference.rate,
          changes: [(from: 0, ratio: reference.ratio)]),
        TrialRule.Variant.allCases, measuresDelay: true)
    }
    let lasting: [(Clustering, Double, Double)] = [(.ar, 1, 5), (.ar, 10, 3), (.mmpp, 10, 3)]
    let lastingChanges = lasting.map { clustering, rate, ratio in
      trial(
        "\(clustering) \(text(rate)) x\(text(ratio))",
        SimulatedWatch.Design(
          clustering: clustering, rate: rate, changes: [(from: 0, ratio: ratio)]),
        TrialRule.Variant.allCases, measuresDelay: true)
    }
    let best: [TrialRule.Variant] = [.none, .scaledHalf, .moderateDispersion, .together]
    let safety = Clustering.bursty.flatMap { clustering in
      [1.0, 10, 100].map { rate in
        trial(
          "\(clustering) \(text(rate)), more",
          SimulatedWatch.Design(clustering: clustering, rate: rate), best, watches: 6000)
      }
    }
    let togetherChanges = (delayReferences.map { ($0.clustering, $0.rate, $0.ratio) } + lasting)
      .map { clustering, rate, ratio in
        trial(
          "\(clustering) \(text(rate)) x\(text(ratio)), together",
          SimulatedWatch.Design(
            clustering: clustering, rate: rate, changes: [(from: 0, ratio: ratio)]),
          [.none, .together], measuresDelay: true)
      }
    // Where alarms are least rare; one in six thousand needs many watches.
    let many = [Clustering.ar, .mmpp].map { clustering in
      trial(
        "\(clustering) 1, many", SimulatedWatch.Design(clustering: clustering, rate: 1),
        [.none, .clumped, .moderateDispersion], watches: 15_000)
    }
    let late = trial(
      "nb5 10 x3 after 30 min",
      SimulatedWatch.Design(
        clustering: .nb5, rate: 10, changes: [(from: 180, ratio: 3)]),
      TrialRule.Variant.allCases, measuresDelay: true, from: 180)
    return changes + lastingChanges + [late] + quiet + short + many + togetherChanges + safety
  }

  private static func trial(
    _ cell: String, _ design: SimulatedWatch.Design, _ variants: [TrialRule.Variant],
    watches: Int? = nil, measuresDelay: Bool = false, from start: Int = 0
  ) -> Scenario {
    Scenario(
      table: "trial", cell: cell, watches: watches ?? (measuresDelay ? 300 : 2000)
    ) { run in
      let threshold = log(5000.0)
      let alarms = await run.workers.map(run.watches) { number in
        let row = SimulatedWatch.row(
          design, seed: run.seed, scenario: run.name, number: number, rule: 0)
        return variants.map {
          TrialRule.alarm(
            row, baselineWindows: design.baselineWindows, threshold: threshold, variant: $0)
        }
      }
      return variants.indices.flatMap { position in
        let looks = alarms.map { $0[position] }
        return measuresDelay
          ? Array(times("median, \(variants[position].rawValue)", looks, from: start).dropFirst())
          : [
            Figure(
              "alarms, \(variants[position].rawValue)", count: looks.count { $0 != nil },
              of: looks.count)
          ]
      }
    }
  }
}
