/// Exposure by time of day, for counts that can only be measured against time.
///
/// Windows of the same clock time, +-15 min, from earlier days are the baseline. With C_t the
/// events of those days within 15 min of t, a window at t has the exposure
///
///     u_t = (C_t + 100) / (mean C + 100)
///
/// in units of an average window. The 100 events of shrinkage matter: an unshrunk profile of a rare
/// series failed in simulation. Drift between days is real change to the test: use a margin of 1.25.
package struct DayProfile: Sendable {
  private let near: [Double]
  private let mean: Double

  /// `near[t]` is C_t for every window of the day.
  package init(eventsNear near: [Double]) {
    self.near = near.map { Limits.bounded($0, by: Limits.windowEventsLimit) }
    mean = near.isEmpty ? 0 : self.near.reduce(0, +) / Double(near.count)
  }

  /// u_t; 1, an average window, outside of the profile.
  package func exposure(window: Int) -> Double {
    guard near.indices.contains(window) else { return 1 }
    let shrinkage = Parameters.profileShrinkageEvents
    return (near[window] + shrinkage) / (mean + shrinkage)
  }
}
