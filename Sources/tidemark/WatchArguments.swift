import ArgumentParser

/// `--healthy-floor`: `0.5%` of requests, or `1/min`, `2/s`, `10/h`.
struct FloorArgument: ExpressibleByArgument, Sendable {
  enum Rate: Sendable {
    case perRequest(Double)
    case perSecond(Double)
  }

  let rate: Rate

  private static let seconds: [(suffix: String, seconds: Double)] = [
    ("/min", 60), ("/s", 1), ("/h", 3600),
  ]

  init?(argument: String) {
    func number(_ suffix: String) -> Double? {
      guard argument.hasSuffix(suffix), let number = Double(argument.dropLast(suffix.count)),
        number > 0, number.isFinite
      else { return nil }
      return number
    }
    if let percent = number("%"), percent < 100 {
      rate = .perRequest(percent / 100)
    } else if let match = Self.seconds.first(where: { number($0.suffix) != nil }),
      let count = number(match.suffix)
    {
      rate = .perSecond(count / match.seconds)
    } else {
      return nil
    }
  }
}

/// `--exclude FROM..TO`.
struct SpanArgument: ExpressibleByArgument, Sendable {
  let from: TimeArgument
  let to: TimeArgument

  init?(argument: String) {
    guard let dots = argument.firstRange(of: ".."),
      let from = TimeArgument(argument: String(argument[..<dots.lowerBound])),
      let to = TimeArgument(argument: String(argument[dots.upperBound...]))
    else { return nil }
    self.from = from
    self.to = to
  }
}
