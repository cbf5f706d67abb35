/// Events whose window had no exposure, waiting for the next window that has some.
struct Carry: Sendable {
  /// Events waiting.
  private(set) var events = 0.0

  /// The window as it is judged: (0, 0) while there is no exposure, else with what was carried.
  /// Values that are negative or not a number count as 0.
  mutating func take(events x: Double, exposure u: Double) -> (events: Double, exposure: Double) {
    let x = Limits.bounded(x, by: Limits.windowEventsLimit)
    let u = Limits.bounded(u, by: Limits.windowExposureLimit)
    events = min(events + x, Limits.windowEventsLimit)
    guard u > 0 else { return (0, 0) }
    let taken = events
    events = 0
    return (taken, u)
  }
}
