/// A line that is meant to cost a pattern as much as it can.
struct HostileLine: CustomStringConvertible {
  enum Shape {
    /// Nothing but a unit, again and again.
    case run(unit: [UInt8])
    /// A sample of the rule, again and again.
    case repeatedSample
    /// A sample without its last bytes.
    case cutSample(bytes: Int)
    /// A sample in which a unit is repeated from some byte on.
    case pumpedSample(at: Int, unit: [UInt8])
  }

  /// What stands behind it.
  enum Ending: CaseIterable {
    case none
    /// A byte that keeps what leads up to it from matching.
    case stop
    /// Behind that byte what the pattern ends with: without it PCRE2 would not even begin, because
    /// no match can lack it.
    case stopAndRest
  }

  let bytes: [UInt8]
  let shape: Shape
  let ending: Ending

  /// - Parameter rest: what `Ending.stopAndRest` puts behind the stop.
  init(_ bytes: [UInt8], _ shape: Shape, _ ending: Ending, rest: [UInt8]) {
    self.shape = shape
    self.ending = ending
    self.bytes =
      switch ending {
      case .none: bytes
      case .stop: bytes + [Self.stop]
      case .stopAndRest: bytes + [Self.stop] + rest
      }
  }

  private static let stop = UInt8(ascii: "!")

  /// What it is, for a report: `10001 bytes: "a" again and again, then "!"`.
  var description: String {
    let end =
      switch ending {
      case .none: ""
      case .stop: ", then \"!\""
      case .stopAndRest: ", then \"!\" and the end"
      }
    let what =
      switch shape {
      case .run(let unit): "\(Self.shown(unit)) again and again"
      case .repeatedSample: "its sample again and again"
      case .cutSample(let count): "its sample cut after byte \(count)"
      case .pumpedSample(let place, let unit):
        "its sample to byte \(place), \(Self.shown(unit)) again and again"
      }
    return "\(bytes.count) bytes: \(what)\(end)"
  }

  private static func shown(_ unit: [UInt8]) -> String {
    switch unit {
    case [0x09]: return "tabs"
    case [0x20]: return "spaces"
    default:
      let text = String(decoding: unit, as: UTF8.self)
        .map { $0 == "\n" ? "\\n" : $0 == "\t" ? "\\t" : String($0) }.joined()
      return text.contains("\"") ? "'\(text)'" : "\"\(text)\""
    }
  }
}
