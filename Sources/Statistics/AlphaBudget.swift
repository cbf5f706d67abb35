#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How one false-alarm probability is shared by many rules.
///
/// A rule alarms at E_i >= 1/(alpha w_i) with sum w_i <= 1: family-wise error at most alpha over
/// all rules and looks, under any dependence. Weighted averages of e-values and e-BH: Wang and
/// Ramdas 2022 (arXiv 2009.02824).
package enum AlphaBudget {
  /// Weights of configured rules, in proportion to severity; `reserve` is kept for new kinds.
  /// All 0 when no severity is positive.
  package static func weights(
    severities: [Double], reserve: Double = Parameters.newKindReserve
  ) -> [Double] {
    let sum = severities.reduce(0, +)
    guard sum > 0 else { return severities.map { _ in 0 } }
    return severities.map { (1 - reserve) * $0 / sum }
  }

  /// Weight of the k-th kind (1, 2, ...) first seen after the release: reserve/(k (k+1)). Sums to
  /// the reserve however many appear.
  package static func newKindWeight(
    slot: Int, reserve: Double = Parameters.newKindReserve
  ) -> Double {
    precondition(slot >= 1, "the first new kind has slot 1")
    let k = Double(slot)
    return reserve / (k * (k + 1))
  }

  /// Alpha of the b-th block (1, 2, ...) of an open-ended watch: 6 alpha/(pi^2 b^2), summing to
  /// alpha over all blocks.
  package static func blockAlpha(_ alpha: Double, block: Int) -> Double {
    precondition(block >= 1, "the first block is block 1")
    let b = Double(block)
    return alpha * 6 / (Double.pi * Double.pi * b * b)
  }

  /// Weight of a rule that is restarted after its `alarms`-th alarm has ended: w/2, w/4, ... The
  /// alpha spent stays below twice the rule's own.
  package static func restartedWeight(_ weight: Double, alarms: Int) -> Double {
    precondition(alarms >= 0, "a rule cannot have alarmed a negative number of times")
    return weight / exp2(Double(alarms))
  }

  /// Nats a rule of this weight needs: log(1/(alpha w)); infinite for weight 0.
  package static func threshold(alpha: Double, weight: Double) -> Double {
    precondition(alpha > 0 && alpha < 1, "alpha must be in (0, 1)")
    precondition(weight >= 0 && weight <= 1, "the weight of a rule must be in [0, 1]")
    return -log(alpha * weight)
  }

  /// Evidence against "nothing regressed": log of sum w_i E_i, unused weight counting as e-value
  /// 1. An alarm at log(1/alpha), never later than the rules' own.
  package static func global(logEs: [Double], weights: [Double]) -> Double {
    precondition(logEs.count == weights.count, "every rule needs a log e-value and a weight")
    var sum = LogSum()
    for (logE, weight) in zip(logEs, weights) where weight > 0 {
      sum.add(log(weight) + logE)
    }
    let unused = 1 - weights.reduce(0, +)
    if unused > 0 { sum.add(log(unused)) }
    return sum.value
  }

  /// Indices of the rules that may be named at family-wise error `alpha`.
  package static func eHolm(logEs: [Double], weights: [Double], alpha: Double) -> [Int] {
    precondition(logEs.count == weights.count, "every rule needs a log e-value and a weight")
    return logEs.indices.filter { logEs[$0] >= -log(alpha * weights[$0]) }
  }

  /// Indices on the e-BH list at false-discovery rate `rate`: to order a triage list, never to
  /// decide (it loses its guarantee on running maxima).
  package static func eBH(logEs: [Double], rate: Double) -> [Int] {
    let m = Double(logEs.count)
    let order = logEs.indices.sorted {
      logEs[$0] > logEs[$1] || (logEs[$0] == logEs[$1] && $0 < $1)
    }
    var named = 0
    for (j, i) in order.enumerated() where logEs[i] >= log(m / (rate * Double(j + 1))) {
      named = j + 1
    }
    return order.prefix(named).sorted()
  }
}
