package import Rules

/// What part of the requests goes to each route on two sides, and what of each side is kept so that
/// both have the same mix.
///
/// Where a route has a larger share on one side, some of its requests there are left out: those that
/// remain on each side are distributed over the routes as the smaller of the two shares are. Whether a
/// request is left out has nothing to do with how it ended, so every rate of a route stays what it is.
package struct RouteMix: Sendable {
  package struct Route: Sendable {
    package let route: [UInt8]
    package let baselineRequests: Double
    package let candidateRequests: Double
    package let baselineShare: Double
    package let candidateShare: Double
  }

  /// Those that both sides have, the one whose share differs most first.
  package private(set) var shared: [Route] = []
  /// Those of one side only, the most frequent first.
  package private(set) var baselineOnly: [Route] = []
  package private(set) var candidateOnly: [Route] = []
  /// Part of each side's requests on routes that the other has too.
  package private(set) var overlap = 0.0

  /// From the tables of two sides, whichever column of each holds its counts.
  package init(baseline: RouteTable, candidate: RouteTable, requestMeasure: MeasureID) {
    let before = Self.requests(baseline, requestMeasure)
    let after = Self.requests(candidate, requestMeasure)
    let total = (before.values.reduce(0, +), after.values.reduce(0, +))
    guard total.0 > 0, total.1 > 0 else { return }
    for route in Set(before.keys).union(after.keys) {
      let counts = (before[route] ?? 0, after[route] ?? 0)
      let item = Route(
        route: route, baselineRequests: counts.0, candidateRequests: counts.1,
        baselineShare: counts.0 / total.0, candidateShare: counts.1 / total.1)
      overlap += min(item.baselineShare, item.candidateShare)
      if counts.0 == 0 {
        candidateOnly.append(item)
      } else if counts.1 == 0 {
        baselineOnly.append(item)
      } else {
        shared.append(item)
      }
    }
    func sort(_ routes: inout [Route], by size: (Route) -> Double) {
      routes.sort {
        let (one, other) = (size($0), size($1))
        return one != other ? one > other : $0.route.lexicographicallyPrecedes($1.route)
      }
    }
    sort(&shared) { abs($0.candidateShare - $0.baselineShare) }
    sort(&baselineOnly) { $0.baselineShare }
    sort(&candidateOnly) { $0.candidateShare }
  }

  private static func requests(_ table: RouteTable, _ measure: MeasureID) -> [[UInt8]: Double] {
    guard let column = table.column(of: measure) else { return [:] }
    var requests: [[UInt8]: Double] = [:]
    for row in table.routes + (table.other.map { [$0] } ?? []) {
      let count = row.baseline[column] + row.candidate[column]
      if count > 0 { requests[row.route, default: 0] += count }
    }
    return requests
  }

  /// Part of the requests of each route that is kept on one side. A route of one side only is left out:
  /// there is nothing that it could be compared with, and it is named.
  package func kept(ofBaseline isBaseline: Bool) -> [[UInt8]: Double] {
    var kept: [[UInt8]: Double] = [:]
    for route in shared {
      let own = isBaseline ? route.baselineShare : route.candidateShare
      let others = isBaseline ? route.candidateShare : route.baselineShare
      if others < own { kept[route.route] = others / own }
    }
    for route in isBaseline ? baselineOnly : candidateOnly { kept[route.route] = 0 }
    return kept
  }

  /// Events of a measure per request over the shared routes, each side as it stands and both at the mix
  /// that is kept; nil where a side has no such request.
  package func rates(
    of count: MeasureID, per requests: MeasureID, baseline: RouteTable, candidate: RouteTable
  ) -> (asTheyStand: (Double, Double), atOneMix: (Double, Double))? {
    let events = (Self.requests(baseline, count), Self.requests(candidate, count))
    var stand = (0.0, 0.0)
    var mixed = (0.0, 0.0)
    var weight = 0.0
    for route in shared {
      let rate = (
        (events.0[route.route] ?? 0) / route.baselineRequests,
        (events.1[route.route] ?? 0) / route.candidateRequests
      )
      let least = min(route.baselineShare, route.candidateShare)
      stand.0 += route.baselineShare * rate.0
      stand.1 += route.candidateShare * rate.1
      mixed.0 += least * rate.0
      mixed.1 += least * rate.1
      weight += least
    }
    guard weight > 0 else { return nil }
    return (stand, (mixed.0 / weight, mixed.1 / weight))
  }
}
