import Judgement
import Rules
import Windows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Signals that are not counts of errors: latency, throughput and shares of hits. A judge that does
/// not judge a kind yet shows 0 of its signals judged, and no alarm of it means anything.
extension Scenario {
  private static let shapeCount = 10
  private static let latencyRules = SimulatedRules(.latency(shapeCount), hasRequests: false)
  private static let throughputRules = SimulatedRules(.throughput(shapeCount), hasRequests: false)
  private static let hitRules = SimulatedRules(.hits(shapeCount), hasRequests: false)

  /// Fills the windows of one series: given a stream and a window's index, adds to the window.
  private typealias Filling = (inout RandomStream, Int, inout Window) -> Void

  static var latencies: [Scenario] {
    [(0.0, 1.0), (0.15, 1), (0.3, 1), (0.0, 1.5)].map { deviation, slower in
      let change = slower == 1 ? "" : ", x\(slower) from the release"
      return Scenario(
        table: "latency", cell: "wandering by \(deviation)\(change)", watches: 20
      ) { run in
        await shaped(latencyRules, run) { position in
          let histogram = latencyRules.signal(latencyRules.signals[position]).histogram ?? 0
          let memory = exp(-10.0 / 60)
          var level = 0.0
          return { random, index, window in
            // Log-normal durations around 100 ms whose median wanders, correlated over a minute.
            level = memory * level + (1 - memory * memory).squareRoot() * random.normal()
            let median = 0.1 * exp(deviation * level) * (index < 0 ? 1 : slower)
            for _ in 0..<50 {
              window.histograms[histogram].add(median * exp(0.8 * random.normal()))
            }
          }
        }
      }
    }
  }

  static var falls: [Scenario] {
    let throughput = [(Clustering.poi, 10.0, 1.0), (.nb5, 100, 1), (.ar, 100, 1), (.nb5, 100, 0.5)]
      .map { clustering, rate, ratio in
        Scenario(
          table: "falling", cell: "throughput \(clustering) \(text(rate)) x\(text(ratio))",
          watches: 20
        ) { run in
          await shaped(throughputRules, run) { position in
            let measure =
              throughputRules.signal(throughputRules.signals[position]).count ?? 0
            var source: EventSource?
            return { random, index, window in
              var events = source ?? EventSource(clustering, random)
              window.measures[measure] += events.count(mean: rate / 6 * (index < 0 ? 1 : ratio))
              source = events
            }
          }
        }
      }
    let hits = [1.0, 0.8].map { ratio in
      Scenario(table: "falling", cell: "hits of 0.9 x\(text(ratio))", watches: 20) { run in
        await shaped(hitRules, run) { position in
          let signal = hitRules.signal(hitRules.signals[position])
          let count = signal.count ?? 0
          var whole = count
          if case .measure(let measure) = signal.exposure { whole = measure }
          return { random, index, window in
            window.measures[whole] += 50
            window.measures[count] += random.binomial(50, index < 0 ? 0.9 : 0.9 * ratio)
          }
        }
      }
    }
    return throughput + hits
  }

  private static func shaped(
    _ rules: SimulatedRules, _ run: Run, _ make: @escaping @Sendable (Int) -> Filling
  ) async -> [Figure] {
    var options = JudgeOptions()
    options.alpha = run.alpha
    let judging = options
    @Sendable func judged(_ number: Int) -> JudgedWatch {
      let design = SimulatedWatch.Design(rate: 0)
      var timeline = SimulatedWatch.timeline(design, rules)
      var streams = rules.signals.indices.map {
        RandomStream(
          seed: run.seed, place: RandomStream.key(run.name), UInt64(number), UInt64($0))
      }
      let fillings = rules.signals.indices.map(make)
      for index in -design.baselineWindows..<design.looks {
        var window = Window()
        window.lines = 100
        window.histograms = [Histogram](
          repeating: Histogram(), count: rules.rules.histogramCount)
        for position in fillings.indices {
          fillings[position](&streams[position], index, &window)
        }
        timeline.merge(window, at: index)
      }
      return JudgedWatch(
        timeline, rules: rules, options: judging, wantsVerdict: number == 0)
    }
    // What is not judged need not be simulated to the end.
    let first = QuietOutcome(judged(0), rules: rules)
    guard first.judged != 0 else { return QuietOutcome.figures([first], peers: []) }
    let others = await run.workers.map(run.watches - 1) { number in
      QuietOutcome(judged(number + 1), rules: rules)
    }
    return QuietOutcome.figures([first] + others, peers: [])
  }
}
