/// One figure of the simulation.
struct ResultRow: Sendable {
  /// The table it belongs to.
  var table: String
  /// What was simulated.
  var cell: String
  /// What was counted or measured in it.
  var measure: String
  /// The count, or a measured number such as a median in seconds.
  var value: Double
  /// Out of how many.
  var trials: Int
  var seed: UInt64
  /// Watches asked for, so that a longer run does not take a shorter one's results for its own.
  var watches: Int

  var isMeasured: Bool { value >= 0 }

  /// One line of the file of results.
  var line: String {
    "\(table)\t\(cell)\t\(measure)\t\(value)\t\(trials)\t\(seed)\t\(watches)"
  }

  init(
    table: String, cell: String, measure: String, value: Double, trials: Int, seed: UInt64,
    watches: Int
  ) {
    self.table = table
    self.cell = cell
    self.measure = measure
    self.value = value
    self.trials = trials
    self.seed = seed
    self.watches = watches
  }

  /// Nil for a line that is no result, such as the torn last one of a run that was killed.
  init?(line: Substring) {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 7, let value = Double(fields[3]), let trials = Int(fields[4]),
      let seed = UInt64(fields[5]), let watches = Int(fields[6])
    else { return nil }
    self.init(
      table: fields[0], cell: fields[1], measure: fields[2], value: value, trials: trials,
      seed: seed, watches: watches)
  }
}
