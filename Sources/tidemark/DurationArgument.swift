import ArgumentParser

/// A duration on the command line: `500ms`, `10s`, `15m`, `24h`, `7d`.
struct DurationArgument: ExpressibleByArgument, Sendable {
  let nanoseconds: Int64

  private static let units: [(name: String, nanoseconds: Double)] = [
    ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86400e9),
  ]

  init?(argument: String) {
    guard
      let unit = Self.units.first(where: { argument.hasSuffix($0.name) }),
      let number = Double(argument.dropLast(unit.name.count)),
      number >= 0, number.isFinite, number * unit.nanoseconds < 9e18,
      argument.first?.isNumber == true
    else { return nil }
    nanoseconds = Int64(number * unit.nanoseconds)
  }

  init(seconds: Int64) {
    nanoseconds = seconds * 1_000_000_000
  }

  var defaultValueDescription: String {
    guard nanoseconds % 1_000_000_000 == 0 else { return "\(nanoseconds / 1_000_000)ms" }
    let seconds = nanoseconds / 1_000_000_000
    if seconds > 0, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    if seconds > 0, seconds % 60 == 0 { return "\(seconds / 60)m" }
    return "\(seconds)s"
  }
}
