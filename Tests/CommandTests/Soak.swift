import Foundation

/// `make soak` sets TIDEMARK_SOAK and gets the long form of what `make test` runs in seconds.
enum Soak {
  static let isOn = ProcessInfo.processInfo.environment["TIDEMARK_SOAK"] != nil
  /// What sizes are multiplied by.
  static let factor = isOn ? 10 : 1
}
