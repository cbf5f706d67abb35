/// One thing to simulate: a cell of a table of the results.
struct Scenario: Sendable {
  let table: String
  let cell: String
  /// Watches of a full run.
  let watches: Int
  private let body: @Sendable (Run) async -> [Figure]

  /// What a run has to know.
  struct Run: Sendable {
    let seed: UInt64
    let watches: Int
    let workers: Workers
    /// The judge's alpha; only tests of the simulation change it.
    var alpha = 0.01
    /// The scenario's name, a part of every random stream's seed.
    var name = ""
  }

  /// A count out of trials, or a measured number.
  struct Figure: Sendable {
    let measure: String
    let value: Double
    let trials: Int

    init(_ measure: String, _ value: Double, of trials: Int) {
      self.measure = measure
      self.value = value
      self.trials = trials
    }

    init(_ measure: String, count: Int, of trials: Int) {
      self.init(measure, Double(count), of: trials)
    }
  }

  init(
    table: String, cell: String, watches: Int, _ body: @escaping @Sendable (Run) async -> [Figure]
  ) {
    self.table = table
    self.cell = cell
    self.watches = watches
    self.body = body
  }

  /// As `--scenario` names it.
  var name: String { "\(table)/\(cell)" }

  func figures(_ run: Run) async -> [Figure] {
    var run = run
    run.name = name
    return await body(run)
  }

  /// Every scenario, in the order of the report.
  static var all: [Scenario] {
    noChange + margins + delays + recoveries + dependent + latencies + healthy + falling
      + shortBaselines + newSignatures
  }

  /// The rates of a table, in events a minute.
  static let rates = [0.1, 1, 10, 100]

  static func text(_ rate: Double) -> String {
    rate == rate.rounded() ? "\(Int(rate))" : "\(rate)"
  }
}

extension Array where Element == Double {
  /// The middle number, or the lower of the two in the middle; nil when empty.
  var median: Double? {
    isEmpty ? nil : sorted()[(count - 1) / 2]
  }
}
