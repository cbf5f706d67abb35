import ArgumentParser
import Records

/// A moment on the command line: ISO 8601 with or without zone, `now`, or relative such as `-15m`.
struct TimeArgument: ExpressibleByArgument, Sendable {
  private enum Form: Sendable {
    case now
    case relative(nanoseconds: Int64)
    case text(String)
  }

  private let form: Form

  init?(argument: String) {
    if argument == "now" {
      form = .now
    } else if let sign = argument.first, sign == "-" || sign == "+",
      let duration = DurationArgument(argument: String(argument.dropFirst()))
    {
      form = .relative(nanoseconds: sign == "-" ? -duration.nanoseconds : duration.nanoseconds)
    } else if Timestamp(rfc3339: argument, zone: .utc) != nil {
      form = .text(argument)
    } else {
      return nil
    }
  }

  /// The only default that an option has.
  var defaultValueDescription: String { "now" }

  /// The moment itself; text without a zone is read in `zone`.
  func resolve(now: Timestamp, zone: LocalZone) -> Timestamp {
    switch form {
    case .now: now
    case .relative(let nanoseconds): now.advanced(byNanoseconds: nanoseconds)
    case .text(let text): Timestamp(rfc3339: text, zone: zone) ?? now
    }
  }
}
