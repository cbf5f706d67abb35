import Foundation
import Statistics

extension Results {
  /// Everything that is fed window by window.
  static func sequence(_ function: String, _ input: Input) throws -> [Double]? {
    switch function {
    case "Channel.update", "Channel": return try channel(input)
    case "Rule": return try rule(input)
    case "NewKind": return try newKind(input)
    default: return nil
    }
  }

  private static func channel(_ input: Input) throws -> [Double] {
    var channel = Channel(
      baselineEvents: try input.number("B"), baselineExposure: try input.number("E"),
      phi: input.number("phi", 1), r0: input.number("r0", 1), direction: input.direction,
      stride: input.int("stride", 6), laterStarts: input.int("epochs", 59),
      firstWeight: input.number("w_release", 0.7))
    return try zip(input.numbers("x"), input.numbers("u")).map {
      channel.update(events: $0, exposure: $1)
    }
  }

  private static func newKind(_ input: Input) throws -> [Double] {
    var kind = NewKind(
      exposureBefore: try input.number("exposure_before"), slot: input.int("slot", 1),
      alpha: input.number("alpha", 0.01), looks: input.int("looks", 360),
      deadWindows: input.int("dead_windows", 30), reserve: input.number("reserve", 0.2))
    let x = try input.numbers("x")
    var result = [kind.threshold]
    var first = -1.0
    for (i, pair) in zip(x, try input.numbers("u", count: x.count)).enumerated() {
      kind.update(events: pair.0, exposure: pair.1)
      result.append(kind.currentLogE())
      if kind.alarmed, first < 0 { first = Double(i) }
    }
    return result + [first]
  }

  /// A rule after its baseline, and after every window.
  struct RuleTrace {
    var rule: CountRule
    var logEs: [Double] = []
    var verdicts: [CountRule.Verdict] = []
  }

  static func trace(_ input: Input) throws -> RuleTrace {
    let baseKey = input.json["base"] == nil ? "base_counts" : "base"
    let base = try input.numbers(baseKey)
    let exposureKey = input.json["base_exposure"] == nil ? "exposure" : "base_exposure"
    let rule = CountRule(
      counts: base, exposures: try input.numbers(exposureKey, count: base.count),
      deadWindows: input.int("dead", 2), weight: try input.number("weight"),
      alpha: input.number("alpha", 0.01), r0: input.number("r0", 1),
      looks: input.int("looks", 360), rHealthy: input.number("r_healthy", 1.5),
      beta: input.number("beta", 0.05), floor: input.json["floor"]?.number)
    var trace = RuleTrace(rule: rule)
    let x = try input.numbers("x")
    for (x, u) in zip(x, try input.numbers("u", count: x.count)) {
      trace.rule.update(events: x, exposure: u)
      trace.logEs.append(trace.rule.currentLogE())
      trace.verdicts.append(trace.rule.verdict)
    }
    return trace
  }

  static func code(_ verdict: CountRule.Verdict) -> Double {
    switch verdict {
    case .undecided: 0
    case .healthy: 1
    case .regressed: 2
    }
  }

  static func code(_ verdict: String) -> Double {
    ["UNDECIDED": 0, "HEALTHY": 1, "REGRESSED": 2][verdict] ?? .nan
  }

  private static func rule(_ input: Input) throws -> [Double] {
    let trace = try trace(input)
    let baseline = trace.rule.baseline
    let change = trace.verdicts.firstIndex { $0 != .undecided } ?? -1
    let healthy = trace.verdicts.firstIndex(of: .healthy) ?? -1
    return [
      baseline.phi, baseline.episodeSeries?.phi ?? 1, baseline.activitySeries?.phi ?? 1,
      trace.rule.stake, Double(trace.rule.channelCount), Double(trace.rule.episodes),
      trace.rule.threshold, Double(change), Double(healthy),
      code(trace.verdicts.last ?? .undecided),
    ] + trace.logEs
  }

  /// The recorded result of a vector, laid out like the result of `of`; parts that a vector does
  /// not record are filled in by what `of` gives, and are never all of it.
  static func recorded(_ vector: Vector) throws -> [Double] {
    let out = vector.output
    switch vector.function {
    case "e_holm", "e_bh":
      guard let list = out.numbers else { throw Missing(key: "out") }
      return [Double(list.count)] + list
    case "count_episodes", "count_activity":
      guard let events = out[0]?.numbers, let exposures = out[1]?.numbers else {
        throw Missing(key: "out")
      }
      return events + exposures
    case "NewKind":
      guard let threshold = out["threshold"]?.number, let logEs = out["log_e"]?.numbers,
        let first = out["first_regressed"]?.number
      else { throw Missing(key: "out") }
      return [threshold] + logEs + [first]
    case "Rule": return try recordedRule(vector)
    default:
      if let number = out.number { return [number] }
      guard let list = out.numbers else { throw Missing(key: "out") }
      return list
    }
  }

  private static func recordedRule(_ vector: Vector) throws -> [Double] {
    let out = vector.output
    let input = Input(json: vector.input)
    var result = try of("Rule", vector.input)
    let keys = [
      "phi", "phi_episodes", "phi_activity", "stake", "channels", "episodes", "threshold",
      "first_change", "first_healthy",
    ]
    for (i, key) in keys.enumerated() {
      if let number = out[key]?.number { result[i] = number }
    }
    if let last = out["last"]?.text { result[9] = code(last) }
    if let logEs = out["log_e"]?.numbers {
      guard logEs.count == (try input.numbers("x")).count else { throw Missing(key: "log_e") }
      result.replaceSubrange(10..., with: logEs)
    }
    if let last = out["last_log_e"]?.number {
      // Vector 62 is older than the stake of section 3.5c: reference.py itself now gives 44.3207
      // where it records 44.5370, which is the evidence before a part of it is staked.
      let stake = result[3]
      result[result.count - 1] = log((1 - stake) + stake * exp(last))
    }
    return result
  }
}
