#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Requests of a service over time; rates per request stay.
enum Traffic: Sendable {
  /// The log shows no requests: rules are judged per second. The wave is that of a day.
  case unseen(wave: Bool)
  /// Steady before the release, `factor` times as many after it.
  case steps(factor: Double)
  /// A daily sine of 60 % either way, released at its steepest.
  case daily

  /// Requests of a window at factor 1.
  static let requestsPerWindow = 1000.0
  private static let windowsPerDay = 8640.0
  private static let swing = 0.6

  var isSeen: Bool {
    if case .unseen = self { return false }
    return true
  }

  /// Traffic of window `index`, as a multiple of the usual.
  func factor(_ index: Int) -> Double {
    switch self {
    case .unseen(let wave): return wave ? Self.wave(index) : 1
    case .steps(let factor): return index < 0 ? 1 : factor
    case .daily: return Self.wave(index)
    }
  }

  private static func wave(_ index: Int) -> Double {
    1 + swing * sin(2 * Double.pi * Double(index) / windowsPerDay)
  }
}
