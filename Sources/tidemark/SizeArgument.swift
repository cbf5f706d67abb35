import ArgumentParser

/// A size on the command line: `64KiB`, `1MiB`, `4096`.
struct SizeArgument: ExpressibleByArgument, Sendable {
  let bytes: Int

  private static let units: [(name: String, bytes: Int)] = [
    ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("B", 1),
  ]

  init?(argument: String) {
    let unit = Self.units.first { argument.hasSuffix($0.name) } ?? ("", 1)
    guard let number = Int(argument.dropLast(unit.name.count)), number > 0 else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit.bytes)
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  init(bytes: Int) {
    self.bytes = bytes
  }

  var defaultValueDescription: String {
    bytes >= 1 << 20 ? "\(bytes >> 20)MiB" : "\(bytes >> 10)KiB"
  }
}
