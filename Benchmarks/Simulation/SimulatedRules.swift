import Rules

/// Rule files of the simulated services, compiled as a user's are.
struct SimulatedRules: Sendable {
  let rules: RuleSet
  /// The signals under test, in the order of their names.
  let signals: [String]

  /// What is compared.
  enum Kind: Sendable {
    /// Error rules: counts per request where the service has requests, else per second.
    case counts(Int)
    /// Durations, each of a signal of its own.
    case latency(Int)
    /// Requests per second; worse when they fall.
    case throughput(Int)
    /// Shares of cache hits; worse when they fall.
    case hits(Int)
  }

  init(_ kind: Kind, hasRequests: Bool) {
    var rules = ""
    var signals = ""
    var names: [String] = []
    func name(_ number: Int) -> String { number < 10 ? "r0\(number)" : "r\(number)" }
    func plain(_ name: String) -> String { "  - id: \(name)\n    match: '\(name) happened'\n" }
    if hasRequests {
      rules += "  - id: http.request\n    record: request\n    captures: { status: integer }\n"
    }
    switch kind {
    case .counts(let count):
      for name in (0..<count).map(name) {
        names.append(name)
        rules += plain(name) + "    class: error\n"
      }
    case .latency(let count):
      for name in (0..<count).map(name) {
        names.append("\(name).latency")
        rules += "  - id: \(name)\n    match: '\(name) took (?<time>[0-9.]+)'\n"
        rules += "    captures: { time: { unit: seconds } }\n"
        signals += "  - id: \(name).latency\n    kind: latency\n    value: \(name) time\n"
        signals += "    worse: up\n    severity: error\n"
      }
    case .throughput(let count):
      for name in (0..<count).map(name) {
        names.append("\(name).rate")
        rules += plain(name)
        signals += "  - id: \(name).rate\n    kind: rate\n    count: \(name)\n    per: seconds\n"
        signals += "    worse: down\n    severity: error\n"
      }
    case .hits(let count):
      for name in (0..<count).map(name) {
        names.append("\(name).hits")
        rules += "  - id: \(name)\n    match: '\(name) cache=(?<cache>[A-Z]+)'\n"
        signals += "  - id: \(name).hits\n    kind: proportion\n"
        signals += "    count: \(name) where cache in (HIT)\n    per: \(name) where cache exists\n"
        signals += "    worse: down\n    severity: error\n"
      }
    }
    let text =
      "pack: simulation\nrules:\n\(rules)" + (signals.isEmpty ? "" : "signals:\n\(signals)")
    do {
      self.rules = try RuleSet.load(texts: [(name: "simulation.yaml", text: text)])
    } catch {
      preconditionFailure("the simulated rules must compile:\n\(error)\n\(text)")
    }
    self.signals = names
  }

  /// The signal called `name`.
  func signal(_ name: String) -> Signal {
    guard let index = rules.index(ofSignal: name) else {
      preconditionFailure("no signal \(name) in the simulated rules")
    }
    return rules.signals[index]
  }
}
