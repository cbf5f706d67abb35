import Records
import Rules
import Statistics
import Windows

/// Signals by route: one route may break while the whole looks well.
extension Judge {
  /// The busiest routes before the release are judged by themselves, if they have so many requests.
  private static let requestsMinimum = 200.0

  /// Rows of the routes that are judged by themselves.
  package var judgedRoutes: [Int] { tracks.compactMap { $0.route?.row } }

  /// One plan for each of the busiest routes in which the signal was seen before the release; of one
  /// without which a watch is not healthy, for each of them.
  func routePlans(
    _ signal: Signal, _ series: SignalSeries, isRequired: Bool, _ timeline: Timeline,
    block: Range<Int>
  ) -> [TrackPlan] {
    guard signal.byRoute, signal.worse == .up, case .counted(let count) = series.form,
      let exposure = series.exposureMeasure, let events = timeline.routes.column(of: count)
    else { return [] }
    let rows = timeline.routes.busiest(
      by: exposure, minimum: Self.requestsMinimum, limit: Limits.routesJudged)
    // The signal of a service with one route is that of the route.
    guard rows.count > 1 else { return [] }
    return rows.compactMap { row in
      let totals = timeline.routes.rows[row]
      guard totals.baseline[events] > 0 || isRequired else { return nil }
      return TrackPlan(
        signal, series,
        route: JudgedRoute(name: String(decoding: totals.route, as: UTF8.self), row: row),
        isRequired: false, isSum: false, timeline: timeline, windows: windows, block: block)
    }
  }

  /// Shares of alpha: a critical signal gets twice what an error gets. A signal that is judged by route
  /// as well shares with its routes, half and half.
  static func severities(_ plans: [TrackPlan]) -> [Double] {
    var routes: [String: Int] = [:]
    for plan in plans where plan.route != nil { routes[plan.signal.id, default: 0] += 1 }
    return plans.map { plan in
      let whole = plan.signal.severity >= .critical ? 4.0 : 2.0
      guard let count = routes[plan.signal.id] else { return whole }
      return plan.route == nil ? whole / 2 : whole / 2 / Double(count)
    }
  }
}
