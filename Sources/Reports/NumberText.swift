package import Judgement

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Numbers as a person reads them at night: few digits, a unit, thousands apart.
package enum NumberText {
  /// A whole number with commas between thousands: `90,211`.
  package static func count(_ number: Double) -> String {
    guard number.isFinite else { return "-" }
    guard number == number.rounded() else { return decimal(number, significant: 3) }
    var digits = String(Int64(max(-9e18, min(9e18, number.magnitude))))
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    return (number < 0 ? "-" : "") + groups.joined(separator: ",")
  }

  package static func count(_ number: Int) -> String { count(Double(number)) }

  /// A number with so many significant digits and no trailing zeros: `0.00773`, `58.1`.
  package static func decimal(_ number: Double, significant: Int) -> String {
    guard number.isFinite, number != 0 else { return number == 0 ? "0" : "-" }
    let magnitude = Int(floor(log10(abs(number))))
    let places = max(0, min(12, significant - 1 - magnitude))
    let scale = pow(10.0, Double(places))
    let rounded = (abs(number) * scale).rounded()
    guard rounded < 9e15 else { return number.description }
    let whole = Int64(rounded / scale)
    var text = places == 0 ? count(Double(whole)) : String(whole)
    if places > 0 {
      var fraction = String(Int64(rounded) - whole * Int64(scale))
      fraction = String(repeating: "0", count: places - fraction.count) + fraction
      while fraction.last == "0" { fraction.removeLast() }
      if !fraction.isEmpty { text += "." + fraction }
    }
    return (number < 0 ? "-" : "") + text
  }

  /// A share of requests as a percentage, or events a minute.
  package static func rate(_ counted: Counted, _ unit: ExposureUnit) -> String {
    guard let rate = counted.rate else { return "no data" }
    switch unit {
    case .requests, .units:
      // Several events a request, such as queries, are no share.
      return rate > 1
        ? decimal(rate, significant: 3) + " each" : decimal(rate * 100, significant: 3) + " %"
    case .seconds: return decimal(rate * 60, significant: 3) + "/min"
    }
  }

  /// `18,000 requests`, or `2 h`.
  package static func exposure(_ counted: Counted, _ unit: ExposureUnit) -> String {
    switch unit {
    case .requests: "\(count(counted.exposure)) requests"
    case .units: count(counted.exposure)
    case .seconds: duration(seconds: counted.exposure)
    }
  }

  /// `54 of 18,000 requests`, or `12 in 2 h`.
  package static func fraction(_ counted: Counted, _ unit: ExposureUnit) -> String {
    "\(count(counted.count)) \(unit == .seconds ? "in" : "of") \(exposure(counted, unit))"
  }

  /// `×13.4 (95 % interval 8.1 to 22)`; an end that nothing bounds is said to be open.
  package static func ratio(_ ratio: RatioEstimate) -> String {
    let point = "×\(decimal(ratio.estimate, significant: 3))"
    let low = decimal(ratio.low, significant: 3)
    switch (ratio.low > 0, ratio.high) {
    case (true, .some(let high)):
      return "\(point) (95 % interval \(low) to \(decimal(high, significant: 3)))"
    case (true, .none): return "\(point) (95 % interval \(low) and up)"
    case (false, .some(let high)):
      return "\(point) (95 % interval up to \(decimal(high, significant: 3)))"
    case (false, .none): return "\(point) (too few events for an interval)"
    }
  }

  /// Odds against chance from the logarithm of an e-value, capped where nobody cares any more.
  package static func odds(_ logEvidence: Double) -> String {
    guard logEvidence > 0 else { return "none" }
    let odds = exp(min(logEvidence, 14))
    return odds >= 1e6 ? "over 1,000,000:1" : "\(count(odds.rounded())):1"
  }

  /// `45 s`, `12 min 10 s`, `6 h 5 min`, `3 d 2 h`.
  package static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "-" }
    if seconds < 1 { return decimal(seconds * 1000, significant: 3) + " ms" }
    if seconds < 10, seconds != seconds.rounded() {
      return decimal(seconds, significant: 2) + " s"
    }
    let whole = Int(seconds.rounded())
    let (large, small, units): (Int, Int, (String, String)) =
      switch whole {
      case ..<60: (whole, 0, ("s", ""))
      case ..<3600: (whole / 60, whole % 60, ("min", "s"))
      case ..<86400: (whole / 3600, whole % 3600 / 60, ("h", "min"))
      default: (whole / 86400, whole % 86400 / 3600, ("d", "h"))
      }
    return small == 0 ? "\(large) \(units.0)" : "\(large) \(units.0) \(small) \(units.1)"
  }

  /// A latency in its natural unit: `212 µs`, `12.3 ms`, `1.5 s`.
  package static func latency(seconds: Double) -> String {
    if seconds <= 0 { return "0" }
    if seconds < 1e-3 { return decimal(seconds * 1e6, significant: 3) + " µs" }
    if seconds < 1 { return decimal(seconds * 1e3, significant: 3) + " ms" }
    return decimal(seconds, significant: 3) + " s"
  }
}
