import Records
import Rules
import Windows

/// The counts of a number of rules around one release, and the timeline that holds them.
struct SimulatedWatch {
  /// How a watch is made.
  struct Design: Sendable {
    var clustering = Clustering.poi
    /// Events of a rule a minute at factor 1.
    var rate: Double
    var traffic = Traffic.unseen(wave: false)
    var baselineWindows = 2160
    var looks = 360
    /// What the rate after the release is multiplied by, from the given looks on, in order.
    var changes: [(from: Int, ratio: Double)] = []
    var sharing = Sharing.none
  }

  /// How rules depend on each other.
  enum Sharing: Sendable {
    case none
    /// Groups of rules that match the very same records.
    case copies(of: Int)
    /// All rules share the rate of each window, not the events.
    case rates
  }

  static let windowSeconds: Int64 = 10
  static let release = Timestamp(seconds: 1_800_000_000)

  let design: Design
  /// Events by rule; the windows of the baseline come first.
  private(set) var counts: [[Double]] = []
  private(set) var timeline: Timeline

  /// - Parameter place: what tells this watch from all others of the run.
  init(_ design: Design, rules: SimulatedRules, seed: UInt64, scenario: String, number: Int) {
    self.design = design
    timeline = Self.timeline(design, rules)
    let key = RandomStream.key(scenario)
    var shared: [Double] = []
    for rule in rules.signals.indices {
      if case .copies(let size) = design.sharing, rule % size != 0 {
        counts.append(counts[rule - 1])
        continue
      }
      guard case .rates = design.sharing else {
        counts.append(
          Self.row(design, seed: seed, scenario: scenario, number: number, rule: rule))
        continue
      }
      var source = EventSource(
        design.clustering,
        RandomStream(seed: seed, place: key, UInt64(number), UInt64(rule)))
      var row: [Double] = []
      row.reserveCapacity(design.baselineWindows + design.looks)
      for index in -design.baselineWindows..<design.looks {
        let mean = design.rate / 6 * Self.ratio(design, index)
        let traffic = design.traffic.factor(index)
        if rule == 0 { shared.append(source.rate(mean: mean) * traffic) }
        row.append(source.count(rate: shared[index + design.baselineWindows]))
      }
      counts.append(row)
    }
    fill(rules)
  }

  /// The counts of one rule alone, the baseline first.
  static func row(
    _ design: Design, seed: UInt64, scenario: String, number: Int, rule: Int
  ) -> [Double] {
    var source = EventSource(
      design.clustering,
      RandomStream(
        seed: seed, place: RandomStream.key(scenario), UInt64(number), UInt64(rule)))
    return (-design.baselineWindows..<design.looks).map {
      source.count(
        mean: design.rate / 6 * ratio(design, $0), traffic: design.traffic.factor($0))
    }
  }

  /// A timeline without windows for such a watch.
  static func timeline(_ design: Design, _ rules: SimulatedRules) -> Timeline {
    let second: Int64 = 1_000_000_000
    return Timeline(
      plan: WindowPlan(
        release: release, widthNanoseconds: windowSeconds * second,
        baselineSpan: Int64(design.baselineWindows) * windowSeconds * second, settle: 0,
        length: Int64(design.looks) * windowSeconds * second),
      rules: rules.rules)
  }

  private static func ratio(_ design: Design, _ index: Int) -> Double {
    index < 0 ? 1 : design.changes.last { $0.from <= index }?.ratio ?? 1
  }

  private mutating func fill(_ rules: SimulatedRules) {
    let measures = rules.signals.map { rules.signal($0).count }
    let requests = rules.rules.requestMeasure
    for index in -design.baselineWindows..<design.looks {
      var window = Window()
      // Any line will do: without one a window would look silent.
      window.lines = 100
      for (row, measure) in zip(counts, measures) {
        if let measure { window.measures[measure] = row[index + design.baselineWindows] }
      }
      if let requests, design.traffic.isSeen {
        window.measures[requests] =
          (Traffic.requestsPerWindow * design.traffic.factor(index)).rounded()
      }
      timeline.merge(window, at: index)
    }
  }

  /// The first second of a watch at which look number `look` (from 0) is over.
  static func seconds(look: Int) -> Double { Double((look + 1)) * Double(windowSeconds) }
}
